using MuxChat.Storage.Disks;

namespace MuxChat.Simulation.Disk;

/// <summary>An open file of the simulated disk.</summary>
internal sealed class SimDiskFile(SimDisk disk, string name, IDiskFile inner, SegmentWatch? watch) : IDiskFile
{
    public DiskResult GetLength(out long length) => inner.GetLength(out length);

    public DiskResult Read(long offset, Span<byte> into, out int count)
    {
        count = 0;
        return disk.DrawFailedRead() ?? inner.Read(offset, into, out count);
    }

    public DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        disk.Change(true, name, "writes to the file");
        var result = disk.DrawWrite(bytes.Length, out var max);
        if (result.IsOk)
        {
            result = inner.Write(offset, bytes[..max], out written);
            watch?.Write(offset, bytes[..written]);
        }

        return result;
    }

    public DiskResult Sync()
    {
        disk.Change(true, name, "syncs the file");
        if (disk.DrawFailedSync() is { } failed)
        {
            disk.FailSync(inner, failed);
            watch?.FailSync();
            return failed;
        }

        var result = inner.Sync();
        if (result.IsOk)
        {
            watch?.Sync();
            watch?.Tell();
        }

        return result;
    }

    public DiskResult Truncate(long length)
    {
        disk.Change(true, name, "cuts the file");
        var result = disk.DrawFailedCut() ?? inner.Truncate(length);
        if (result.IsOk)
        {
            watch?.Truncate(length);
        }

        return result;
    }

    public void Dispose() => inner.Dispose();
}
