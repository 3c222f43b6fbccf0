namespace MuxChat.Storage.Disks;

/// <summary>
/// One directory of files, as the journal sees it: real or simulated. What goes wrong is a value. Nothing of a file is durable before it was synced, and no
/// name (made, removed or changed) before the directory was.
/// </summary>
public interface IDisk
{
    /// <summary>The name of a file with its path, for messages.</summary>
    string PathOf(string name);

    /// <summary>Adds the names of all files to <paramref name="names"/>, in no particular order.</summary>
    DiskResult List(ICollection<string> names);

    /// <summary>
    /// Opens a file. The caller disposes it. Without the file the status is <see cref="DiskStatus.Missing"/>, where it could not be opened
    /// <see cref="DiskStatus.NotOpened"/>. What it makes only this user can read and write.
    /// </summary>
    DiskResult Open(string name, DiskOpening opening, out IDiskFile? file);

    /// <summary>Removes a file. Without it the status is <see cref="DiskStatus.Missing"/>.</summary>
    DiskResult Delete(string name);

    /// <summary>Gives a file another name, in place of the file that had it.</summary>
    DiskResult Rename(string name, string newName);

    /// <summary>Makes all names durable.</summary>
    DiskResult SyncDirectory();

    /// <summary>Takes the directory for this server alone, until the lock is disposed or the process ends. Else the status is <see cref="DiskStatus.InUse"/>.</summary>
    DiskResult Lock(out IDisposable? held);
}
