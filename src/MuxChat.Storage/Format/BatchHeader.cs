using System.Buffers.Binary;

namespace MuxChat.Storage.Format;

/// <summary>
/// The record before each batch: kind (1) and a mark (7) that stands in no event, so that batches are found beyond damage; the batch's
/// number (8); and how far the segment was known to be durable when the batch was written (8).
/// </summary>
/// <param name="Number">The batch's number. It grows by at least 1 from batch to batch, through all segments.</param>
/// <param name="SyncedUpTo">Everything in the segment before this offset was durable.</param>
internal readonly record struct BatchHeader(long Number, long SyncedUpTo)
{
    /// <summary>Bytes of the record with its frame.</summary>
    public const int Bytes = RecordFrame.HeaderBytes + PayloadBytes;

    private const int PayloadBytes = 24;
    private const int NumberAt = 8;
    private const int SyncedAt = 16;

    /// <summary>How the payload begins. No text, name or number of an event looks like this: 0xF8 to 0xFF are never in UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => [(byte)RecordKind.Batch, 0xFF, (byte)'B', 0xFE, (byte)'A', 0xFD, (byte)'T', 0xFC];

    /// <summary>Writes the record, frame and all.</summary>
    public void Write(Span<byte> to, RecordFrame frame)
    {
        var payload = to[RecordFrame.HeaderBytes..Bytes];
        Mark.CopyTo(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload[NumberAt..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(payload[SyncedAt..], SyncedUpTo);
        frame.Complete(to[..Bytes]);
    }

    /// <summary>The number in a record whose sum was right.</summary>
    public static long NumberOf(ReadOnlySpan<byte> record) => record.Length == Bytes ? BinaryPrimitives.ReadInt64LittleEndian(record[(RecordFrame.HeaderBytes + NumberAt)..]) : 0;

    /// <summary>Reads a payload whose sum was right. False when it is no batch header, or one that cannot stand at this offset.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, long offset, out BatchHeader header)
    {
        header = default;
        if (payload.Length != PayloadBytes || !payload.StartsWith(Mark))
        {
            return false;
        }

        header = new(BinaryPrimitives.ReadInt64LittleEndian(payload[NumberAt..]), BinaryPrimitives.ReadInt64LittleEndian(payload[SyncedAt..]));
        return header.Number > 0 && header.SyncedUpTo >= SegmentHeader.Bytes && header.SyncedUpTo <= offset;
    }
}
