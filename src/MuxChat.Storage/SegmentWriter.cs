using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>The segment that is written to. Whole batches are in it, or nothing of them, as far as the disk does what it says.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly IDiskFile _file;

    private SegmentWriter(IDiskFile file, SegmentHeader header, long length)
    {
        _file = file;
        Header = header;
        Length = length;
        SyncedUpTo = length;
        Frame = new(header.Segment);
    }

    /// <summary>The segment's header.</summary>
    public SegmentHeader Header { get; }

    /// <summary>How records of this segment are framed.</summary>
    public RecordFrame Frame { get; }

    /// <summary>Bytes in it.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes in it that are durable.</summary>
    public long SyncedUpTo { get; private set; }

    /// <summary>Goes on with a segment that is there and durable up to its length.</summary>
    public static SegmentWriter Continue(IDiskFile file, SegmentHeader header, long length) => new(file, header, length);

    /// <summary>Makes a new segment. When this returns, it is durable.</summary>
    public static DiskResult Create(IDisk disk, SegmentHeader header, out SegmentWriter? writer)
    {
        writer = null;
        var result = disk.Open(JournalNames.Segment(header.Segment), DiskOpening.Create, out var file);
        if (!result.IsOk)
        {
            return result;
        }

        Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
        header.Write(bytes);
        result = file!.WriteAll(0, bytes);
        result = result.IsOk ? NeverAgain(file!.Sync()) : result;
        result = result.IsOk ? NeverAgain(disk.SyncDirectory()) : result;
        if (!result.IsOk)
        {
            file!.Dispose();
            return result;
        }

        writer = new(file!, header, SegmentHeader.Bytes);
        return result;
    }

    /// <summary>Completes a batch, under the next number, and appends it.</summary>
    public DiskResult Append(JournalBatch batch, long number)
    {
        batch.Complete(new(number, SyncedUpTo), Frame);
        return Append(batch.Bytes);
    }

    /// <summary>Appends a completed batch. When the disk is full, the segment is as long as before, and durably so.</summary>
    public DiskResult Append(ReadOnlySpan<byte> batch)
    {
        var result = _file.WriteAll(Length, batch);
        if (result.IsOk)
        {
            Length += batch.Length;
            return result;
        }

        return result.Status == DiskStatus.Full ? RollBack(Length, result) : result;
    }

    /// <summary>Cuts the segment, durably.</summary>
    public DiskResult Cut(long length) => RollBack(length, DiskResult.Done);

    /// <summary>Makes everything in it durable. A failure is final: what the system has dropped then, nobody knows.</summary>
    public DiskResult Sync()
    {
        if (SyncedUpTo == Length)
        {
            return DiskResult.Done;
        }

        var result = NeverAgain(_file.Sync());
        SyncedUpTo = result.IsOk ? Length : SyncedUpTo;
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Bytes that were cut off must not come back after a power cut behind newer ones, so the cut is made durable.
    private DiskResult RollBack(long length, DiskResult why)
    {
        var result = _file.Truncate(length);
        result = result.IsOk ? _file.Sync() : result;
        if (!result.IsOk)
        {
            return DiskResult.Failed($"a partial write could not be cut off: {result.Message}");
        }

        Length = length;
        SyncedUpTo = length;
        return why;
    }

    // After a sync that failed, be it for want of room, the system may have dropped what it should have written.
    private static DiskResult NeverAgain(DiskResult result) => result.IsOk ? result : DiskResult.Failed($"the sync failed: {result.Message}");
}
