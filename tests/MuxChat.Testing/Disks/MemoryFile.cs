using MuxChat.Storage.Disks;


namespace MuxChat.Testing.Disks;

/// <summary>An open file of a <see cref="MemoryDisk"/>.</summary>
internal sealed class MemoryFile(MemoryDisk disk, string name, MemoryContent content) : IDiskFile
{
    public DiskResult GetLength(out long length)
    {
        length = content.Length;
        return DiskResult.Done;
    }

    public DiskResult Read(long offset, Span<byte> into, out int count)
    {
        count = 0;
        if (disk.Faults.Failing?.Invoke("read " + name) is { } failed)
        {
            return failed;
        }

        var from = content.Bytes[(int)Math.Min(offset, content.Length)..];
        count = Math.Min(from.Length, into.Length);
        from[..count].CopyTo(into);
        disk.CountRead(count);
        return DiskResult.Done;
    }

    public DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written) =>
        disk.Write(name, content, offset, bytes, out written);

    public DiskResult Sync()
    {
        var result = disk.Change("sync " + name);
        if (result.IsOk)
        {
            content.Sync();
        }
        else
        {
            content.FailSync();
        }

        return result;
    }

    public DiskResult Truncate(long length)
    {
        var result = disk.Change("truncate " + name);
        if (result.IsOk)
        {
            content.Truncate((int)length);
        }

        return result;
    }

    public void Dispose()
    {
    }
}
