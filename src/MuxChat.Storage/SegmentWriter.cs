using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>The current segment. A batch is stored in it as a whole or not at all, unless the disk breaks its promises.</summary>
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

    /// <summary>The frame for records of this segment.</summary>
    public RecordFrame Frame { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes from the beginning that are durable.</summary>
    public long SyncedUpTo { get; private set; }

    /// <summary>Continues an existing segment that is durable up to its length.</summary>
    public static SegmentWriter Continue(IDiskFile file, SegmentHeader header, long length) => new(file, header, length);

    /// <summary>Creates a segment, which is durable when this returns.</summary>
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

    /// <summary>Completes a batch with its number, and appends it.</summary>
    public DiskResult Append(JournalBatch batch, long number)
    {
        batch.Complete(new(number, SyncedUpTo), Frame);
        return Append(batch.Bytes);
    }

    /// <summary>Appends a completed batch. If the disk is full, restores the previous length durably.</summary>
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

    /// <summary>Truncates the segment durably.</summary>
    public DiskResult Cut(long length) => RollBack(length, DiskResult.Done);

    /// <summary>Makes the whole segment durable. A failure is final, because the system does not say which bytes it has dropped.</summary>
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

    // Sync the cut, because after a power cut the dropped bytes could reappear after newer ones.
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

    // After a failed sync, even for lack of space, the system may have dropped unwritten bytes.
    private static DiskResult NeverAgain(DiskResult result) =>
        result.IsOk ? result : DiskResult.Failed($"the sync failed: {result.Message}");
}
