using System.Buffers.Binary;

namespace MuxChat.Storage.Format;

/// <summary>The record before each batch: kind (1 byte) and mark (7), batch number (8), and synced offset (8).</summary>
/// <remarks>No event can contain the mark, so a reader can find batches after damage.</remarks>
/// <param name="Number">The batch's number. It grows by at least 1 from batch to batch, through all segments.</param>
/// <param name="SyncedUpTo">Every byte of the segment before this offset was durable when the batch was written.</param>
internal readonly record struct BatchHeader(long Number, long SyncedUpTo)
{
    /// <summary>Size of the record with its frame, in bytes.</summary>
    public const int Bytes = RecordFrame.HeaderBytes + PayloadBytes;

    private const int PayloadBytes = 24;
    private const int NumberAt = 8;
    private const int SyncedAt = 16;

    /// <summary>
    /// The first 8 bytes of the payload. No text, name or number of an event contains them, because UTF-8 never contains 0xF8 to 0xFF.
    /// </summary>
    public static ReadOnlySpan<byte> Mark => [(byte)RecordKind.Batch, 0xFF, (byte)'B', 0xFE, (byte)'A', 0xFD, (byte)'T', 0xFC];

    /// <summary>Writes the record with its frame.</summary>
    public void Write(Span<byte> to, RecordFrame frame)
    {
        var payload = to[RecordFrame.HeaderBytes..Bytes];
        Mark.CopyTo(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload[NumberAt..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(payload[SyncedAt..], SyncedUpTo);
        frame.Complete(to[..Bytes]);
    }

    /// <summary>Returns the number in a record whose checksum is valid; 0 when the record is no batch header.</summary>
    public static long NumberOf(ReadOnlySpan<byte> record) =>
        record.Length == Bytes ? BinaryPrimitives.ReadInt64LittleEndian(record[(RecordFrame.HeaderBytes + NumberAt)..]) : 0;

    /// <summary>Reads a payload whose checksum is valid. Returns false when it is no batch header, or not valid at this offset.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, long offset, out BatchHeader header)
    {
        header = default;
        if (payload.Length != PayloadBytes || !payload.StartsWith(Mark))
        {
            return false;
        }

        header = new(BinaryPrimitives.ReadInt64LittleEndian(payload[NumberAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[SyncedAt..]));
        return header.Number > 0 && header.SyncedUpTo >= SegmentHeader.Bytes && header.SyncedUpTo <= offset;
    }
}
