using MuxChat.Core.Chat.Files;

namespace MuxChat.Storage.Files;

/// <summary>A file that is uploaded, as the loop sees it.</summary>
internal sealed class FileUpload(FileId id, IFileCaller caller)
{
    /// <summary>The file.</summary>
    public FileId Id { get; } = id;

    /// <summary>Gets the outcomes.</summary>
    public IFileCaller Caller { get; } = caller;

    /// <summary>The blocks that wait for the disk.</summary>
    public int Blocks { get; set; }

    /// <summary>Whether the caller waits for room.</summary>
    public bool WantsRoom { get; set; }

    /// <summary>Whether the file is being sealed, and takes no further bytes.</summary>
    public bool IsSealing { get; set; }

    /// <summary>Whether the file was deleted before its outcome came.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether the caller has the outcome.</summary>
    public bool IsOver { get; set; }
}
