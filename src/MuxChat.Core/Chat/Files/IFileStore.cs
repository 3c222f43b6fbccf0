namespace MuxChat.Core.Chat.Files;

/// <summary>Keeps the bytes of shared files, on a disk or in memory, as the event loop sees it.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>No member waits: a thread of the store does the work, in the order of the calls, and wakes the loop for its outcomes.</item>
/// <item>All members are called on the loop's thread. The store copies the bytes that it gets.</item>
/// <item>A file is readable only once it is sealed. A crash before that leaves nothing of it.</item>
/// <item>Each <see cref="Seal"/> and each accepted <see cref="TryRead"/> has exactly one outcome. A failed append has one as well: the file
/// is gone, and its seal has no further outcome.</item>
/// </list>
/// </remarks>
public interface IFileStore
{
    /// <summary>Begins a file, which holds no bytes yet. Its id is new.</summary>
    /// <param name="id">The file.</param>
    /// <param name="hash">The hash that its content must have.</param>
    /// <param name="caller">Gets the outcomes of the file's appends and of its seal.</param>
    void Create(FileId id, in FileHash hash, IFileCaller caller);

    /// <summary>Whether <see cref="TryAppend"/> would accept the next bytes of the file now.</summary>
    bool HasRoom(FileId id);

    /// <summary>Appends bytes to a file that was begun.</summary>
    /// <returns>False if too much of this file, or of all files, waits for the disk. The caller then tries again later: the store calls
    /// <see cref="IFileCaller.OnRoom"/> once it has room again.</returns>
    bool TryAppend(FileId id, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Ends a file: checks its hash, makes it durable together with its record, and from then on serves it. The outcome is
    /// <see cref="FileStatus.Ok"/>, or the file is gone.
    /// </summary>
    /// <param name="record">The facts about the file, for the next start. The store adds the SHA-256.</param>
    void Seal(SharedFile record);

    /// <summary>Removes a file in any state. A read that waits fails, and so does a later one. There is no outcome.</summary>
    void Delete(FileId id);

    /// <summary>Reads a part of a sealed file.</summary>
    /// <param name="id">The file.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">The number of bytes, from 1 to <see cref="MaxReadBytes"/>, all within the file.</param>
    /// <param name="caller">Gets the bytes.</param>
    /// <returns>False if too many reads wait. The caller tries again at a later tick.</returns>
    bool TryRead(FileId id, long offset, int length, IFileCaller caller);

    /// <summary>Calls the callers whose outcomes are ready. Called once a tick.</summary>
    void Collect();

    /// <summary>The longest read, in bytes: 64 KiB.</summary>
    const int MaxReadBytes = 64 * 1024;
}

/// <summary>Gets the outcomes of the store, on the loop's thread, within <see cref="IFileStore.Collect"/>.</summary>
public interface IFileCaller
{
    /// <summary>The file is sealed, or could not be written or sealed and is gone.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="sha256">The SHA-256 of the content (RFC 6234), in 32 bytes; empty unless the file is sealed.</param>
    void OnStored(FileStatus status, byte[] sha256)
    {
    }

    /// <summary>The store accepts bytes of the file again.</summary>
    void OnRoom()
    {
    }

    /// <summary>A read ended. The bytes are valid only during the call, and empty unless it succeeded.</summary>
    void OnRead(FileStatus status, ReadOnlySpan<byte> bytes)
    {
    }
}

/// <summary>The outcome of work on a file.</summary>
public enum FileStatus
{
    /// <summary>The work is done.</summary>
    Ok,

    /// <summary>The content has another hash than the one that was given.</summary>
    WrongHash,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The disk failed.</summary>
    Failed,

    /// <summary>The file does not exist, or exists no longer.</summary>
    Missing,
}

/// <summary>The hash that the content of a file must have.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Value">The value; empty for none.</param>
public readonly record struct FileHash(FileHashKind Kind, byte[] Value)
{
    /// <summary>Any content is right.</summary>
    public static readonly FileHash None = new(FileHashKind.None, []);

    /// <summary>Reads a hash from hexadecimal digits, in either case; its length decides the function.</summary>
    /// <returns>False if the text is neither empty nor 32 or 64 digits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out FileHash hash)
    {
        hash = None;
        if (text.IsEmpty)
        {
            return true;
        }

        var value = new byte[text.Length / 2];
        if (text.Length is not (32 or 64)
            || Convert.FromHexString(text, value, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        hash = new FileHash(text.Length == 32 ? FileHashKind.Md5 : FileHashKind.Sha256, value);
        return true;
    }
}

/// <summary>The hash functions that a client may choose.</summary>
public enum FileHashKind
{
    /// <summary>None: the length alone is checked.</summary>
    None,

    /// <summary>MD5 (RFC 1321): finds accidents, not attacks.</summary>
    Md5,

    /// <summary>SHA-256 (RFC 6234).</summary>
    Sha256,
}
