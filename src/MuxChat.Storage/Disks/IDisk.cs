namespace MuxChat.Storage.Disks;

/// <summary>One directory of files, real or simulated. An error is a value.</summary>
/// <remarks>
/// A file's contents are durable only after a sync of the file. A created, removed or changed
/// name is durable only after a sync of the directory.
/// </remarks>
public interface IDisk
{
    /// <summary>Returns a file's name with its path, for messages.</summary>
    string PathOf(string name);

    /// <summary>Adds the names of all files to <paramref name="names"/>, in no particular order.</summary>
    DiskResult List(ICollection<string> names);

    /// <summary>Opens a file, which the caller disposes. Only this user can read and write a file that this creates.</summary>
    /// <returns><see cref="DiskStatus.Missing"/> if the file does not exist;
    /// <see cref="DiskStatus.NotOpened"/> if it could not be opened.</returns>
    DiskResult Open(string name, DiskOpening opening, out IDiskFile? file);

    /// <summary>Removes a file. Returns <see cref="DiskStatus.Missing"/> if it does not exist.</summary>
    DiskResult Delete(string name);

    /// <summary>Renames a file, replacing a file that has the new name.</summary>
    DiskResult Rename(string name, string newName);

    /// <summary>Makes all changes of names durable.</summary>
    DiskResult SyncDirectory();

    /// <summary>
    /// Locks the directory for this server until <paramref name="held"/> is disposed or the process ends. Returns
    /// <see cref="DiskStatus.InUse"/> if another process holds the lock.
    /// </summary>
    DiskResult Lock(out IDisposable? held);
}

/// <summary>An open file. One thread at a time may use it.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Gets the length, in bytes.</summary>
    DiskResult GetLength(out long length);

    /// <summary>Reads at an offset. May return fewer bytes than requested, and returns none at the end of the file.</summary>
    DiskResult Read(long offset, Span<byte> into, out int count);

    /// <summary>
    /// Writes at an offset. May write fewer bytes than given, after which the caller writes the
    /// rest. On failure, some bytes may be in the file.
    /// </summary>
    DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written);

    /// <summary>Makes the contents and the length durable (fdatasync).</summary>
    DiskResult Sync();

    /// <summary>Truncates the file to a length in bytes.</summary>
    DiskResult Truncate(long length);
}

/// <summary>The outcome of a call to the disk.</summary>
/// <param name="Status">The kind of outcome.</param>
/// <param name="Message">The system's error text, for people; empty on success.</param>
public readonly record struct DiskResult(DiskStatus Status, string Message)
{
    /// <summary>The call succeeded.</summary>
    public static readonly DiskResult Done = new(DiskStatus.Ok, "");

    /// <summary>The file does not exist.</summary>
    public static readonly DiskResult Missing = new(DiskStatus.Missing, "there is no such file");

    /// <summary>Whether the call succeeded.</summary>
    public bool IsOk => Status == DiskStatus.Ok;

    /// <summary>Returns a result of <see cref="DiskStatus.Failed"/>.</summary>
    public static DiskResult Failed(string message) => new(DiskStatus.Failed, message);
}

/// <summary>The kinds of outcome of a call to the disk.</summary>
public enum DiskStatus
{
    /// <summary>The call succeeded.</summary>
    Ok,

    /// <summary>No space or quota is left. A later call may succeed.</summary>
    Full,

    /// <summary>Any other failure.</summary>
    Failed,

    /// <summary>The file does not exist.</summary>
    Missing,

    /// <summary>
    /// The file could not be opened, so nothing was read or written. A later call may succeed, for example once the system has descriptors.
    /// </summary>
    NotOpened,

    /// <summary>Another process holds the lock.</summary>
    InUse,
}

/// <summary>The ways to open a file.</summary>
public enum DiskOpening
{
    /// <summary>For reading. The file must exist.</summary>
    Read,

    /// <summary>For reading and writing. The file must exist.</summary>
    Change,

    /// <summary>For reading and writing. Creates the file, or empties an existing one.</summary>
    Create,
}
