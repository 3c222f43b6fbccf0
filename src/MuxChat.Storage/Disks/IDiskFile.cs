namespace MuxChat.Storage.Disks;

/// <summary>An open file. For one thread at a time.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>The length in bytes.</summary>
    DiskResult GetLength(out long length);

    /// <summary>Reads at an offset. Fewer bytes than asked for may come; none at the end of the file.</summary>
    DiskResult Read(long offset, Span<byte> into, out int count);

    /// <summary>
    /// Writes at an offset. Fewer bytes than given may be written: the caller goes on with the rest. When it fails, some of them may be in the file
    /// all the same.
    /// </summary>
    DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written);

    /// <summary>Makes the contents and the length durable (fdatasync).</summary>
    DiskResult Sync();

    /// <summary>Cuts the file.</summary>
    DiskResult Truncate(long length);
}
