using MuxChat.Core.Chat.Files;

namespace MuxChat.Storage.Files;

/// <summary>One piece of work. The loop gives it to the worker, and gets it back with its outcome.</summary>
internal sealed class FileWork(FileWorkKind kind, FileId id)
{
    /// <summary>The kind of work.</summary>
    public FileWorkKind Kind { get; } = kind;

    /// <summary>The file.</summary>
    public FileId Id { get; } = id;

    /// <summary>The hash that a new file's content must have.</summary>
    public FileHash Hash { get; init; } = FileHash.None;

    /// <summary>The record of a file to seal.</summary>
    public SharedFile? Record { get; init; }

    /// <summary>The bytes to append, or room for those to read.</summary>
    public byte[] Block { get; init; } = [];

    /// <summary>How many bytes of the block count.</summary>
    public int Length { get; init; }

    /// <summary>The first byte to read.</summary>
    public long Offset { get; init; }

    /// <summary>The loop's state of the file, while it is uploaded. The worker leaves it alone.</summary>
    public FileUpload? Upload { get; init; }

    /// <summary>Gets the bytes that are read. The worker leaves it alone.</summary>
    public IFileCaller? Reader { get; init; }

    /// <summary>Whether the file to read was deleted since. The worker leaves it alone.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>The outcome.</summary>
    public FileStatus Status { get; set; }

    /// <summary>The SHA-256 of a file that was sealed.</summary>
    public byte[] Sha256 { get; set; } = [];
}

/// <summary>The kinds of work on files.</summary>
internal enum FileWorkKind
{
    /// <summary>Begin a file.</summary>
    Create,

    /// <summary>Append a block to a file.</summary>
    Append,

    /// <summary>Seal a file.</summary>
    Seal,

    /// <summary>Remove a file.</summary>
    Delete,

    /// <summary>Read a part of a file.</summary>
    Read,
}
