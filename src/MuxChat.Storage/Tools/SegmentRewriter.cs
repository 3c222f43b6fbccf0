using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Tools;

/// <summary>
/// Rewrites a segment: all valid records of the old one in one batch, then an empty batch whose header says that they are durable.
/// </summary>
internal sealed class SegmentRewriter(IDiskFile file, long segment)
{
    private const int BufferBytes = 4 * RecordFrame.MaxPayloadBytes;

    private readonly RecordFrame _frame = new(segment);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _buffered;

    /// <summary>Events written.</summary>
    public long Events { get; private set; }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Writes the whole segment, and syncs it.</summary>
    public DiskResult Write(SegmentHeader header, RecordSalvage salvage)
    {
        header.Write(ReserveBytes(SegmentHeader.Bytes));
        new BatchHeader(header.FirstBatch, SegmentHeader.Bytes).Write(ReserveBytes(BatchHeader.Bytes), _frame);
        var lastBatch = header.FirstBatch;
        var result = DiskResult.Done;
        while (result.IsOk && salvage.Next())
        {
            if (salvage.Kind == RecordKind.Batch)
            {
                lastBatch = Math.Max(lastBatch, BatchHeader.NumberOf(salvage.Record));
            }
            else if (salvage.Kind != RecordKind.CleanEnd)
            {
                // Leave out the clean end: lost events may have had numbers, which must not be given to others.
                Events += salvage.Kind == RecordKind.Event ? 1 : 0;
                result = Append(salvage.Record);
            }
        }

        result = result.IsOk ? Flush() : result;
        result = result.IsOk ? file.Sync() : result;
        new BatchHeader(lastBatch + 1, Length).Write(ReserveBytes(BatchHeader.Bytes), _frame);
        result = result.IsOk ? Flush() : result;
        return result.IsOk ? file.Sync() : result;
    }

    private DiskResult Append(ReadOnlySpan<byte> record)
    {
        var result = _buffered + record.Length > BufferBytes ? Flush() : DiskResult.Done;
        record.CopyTo(ReserveBytes(record.Length));
        return result;
    }

    private Span<byte> ReserveBytes(int bytes)
    {
        _buffered += bytes;
        return _buffer.AsSpan(_buffered - bytes, bytes);
    }

    private DiskResult Flush()
    {
        var result = file.WriteAll(Length, _buffer.AsSpan(0, _buffered));
        Length += _buffered;
        _buffered = 0;
        return result;
    }
}
