namespace MuxChat.Storage.Disks;

/// <summary>
/// One directory of files, as the journal sees it: real or simulated. What goes wrong is a value. Nothing of a file is durable before it
/// was synced, and no name (made, removed or changed) before the directory was.
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

    /// <summary>
    /// Takes the directory for this server alone, until the lock is disposed or the process ends. Else the status is
    /// <see cref="DiskStatus.InUse"/>.
    /// </summary>
    DiskResult Lock(out IDisposable? held);
}

/// <summary>An open file. For one thread at a time.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>The length in bytes.</summary>
    DiskResult GetLength(out long length);

    /// <summary>Reads at an offset. Fewer bytes than asked for may come; none at the end of the file.</summary>
    DiskResult Read(long offset, Span<byte> into, out int count);

    /// <summary>
    /// Writes at an offset. Fewer bytes than given may be written: the caller goes on with the rest. When it fails, some of them
    /// may be in the file all the same.
    /// </summary>
    DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written);

    /// <summary>Makes the contents and the length durable (fdatasync).</summary>
    DiskResult Sync();

    /// <summary>Cuts the file.</summary>
    DiskResult Truncate(long length);
}

/// <summary>How a call to the disk went, and what the system said when it did not work.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Message">What the system said, for people; empty when it worked.</param>
public readonly record struct DiskResult(DiskStatus Status, string Message)
{
    /// <summary>It was done.</summary>
    public static readonly DiskResult Done = new(DiskStatus.Ok, "");

    /// <summary>There is no such file.</summary>
    public static readonly DiskResult Missing = new(DiskStatus.Missing, "there is no such file");

    /// <summary>Whether it was done.</summary>
    public bool IsOk => Status == DiskStatus.Ok;

    /// <summary>It failed.</summary>
    public static DiskResult Failed(string message) => new(DiskStatus.Failed, message);
}

/// <summary>How a call to the disk went.</summary>
public enum DiskStatus
{
    /// <summary>It was done.</summary>
    Ok,

    /// <summary>There is no room, or no quota left. It may work later.</summary>
    Full,

    /// <summary>It failed in any other way.</summary>
    Failed,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>
    /// The file could not be opened: nothing was read or written. It may work later, as when the system has no descriptors at the moment.
    /// </summary>
    NotOpened,

    /// <summary>Somebody else holds the lock that was asked for.</summary>
    InUse,
}

/// <summary>What a file is opened for.</summary>
public enum DiskOpening
{
    /// <summary>To be read. It must exist.</summary>
    Read,

    /// <summary>To be written and read. It must exist.</summary>
    Change,

    /// <summary>To be written and read, and empty: made when it does not exist, emptied when it does.</summary>
    Create,
}
