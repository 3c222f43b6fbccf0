namespace MuxChat.Storage.Format;

/// <summary>Reads a segment record by record, and stops at the first invalid one.</summary>
internal sealed class RecordReader(SegmentWindow window, long segment)
{
    private readonly RecordFrame _frame = new(segment);
    private int _length;

    /// <summary>Offset of the current record, or of the bytes in its place.</summary>
    public long Offset { get; private set; } = SegmentHeader.Bytes;

    /// <summary>Offset of the next record.</summary>
    public long NextOffset { get; private set; } = SegmentHeader.Bytes;

    /// <summary>The kind of the current record.</summary>
    public RecordKind Kind { get; private set; }

    /// <summary>The record after its kind. Valid until the next read.</summary>
    public ReadOnlySpan<byte> Body => window.At(Offset + RecordFrame.HeaderBytes + 1, _length - 1);

    /// <summary>The number of the last batch that began; 0 before the first.</summary>
    public long Batch { get; private set; }

    /// <summary>The offset up to which all bytes were durable when the last batch was written; 0 before the first.</summary>
    public long SyncedUpTo { get; private set; }

    /// <summary>The problem, in words, after <see cref="ReadStep.Bad"/>.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Continues with the record at <paramref name="offset"/>, within a batch.</summary>
    public void GoTo(long offset)
    {
        NextOffset = offset;
        Batch = 1;
    }

    /// <summary>Reads the next record.</summary>
    public ReadStep Next()
    {
        Offset = NextOffset;
        var header = window.At(Offset, RecordFrame.HeaderBytes);
        if (header.Length < RecordFrame.HeaderBytes)
        {
            return header.Length == 0 && Offset == window.Length ? ReadStep.End : NotWhole("the file ends within a record");
        }

        _length = RecordFrame.LengthOf(header);
        if (_length is < 1 or > RecordFrame.MaxPayloadBytes)
        {
            return NotWhole($"{_length} is not a record length");
        }

        var record = window.At(Offset, RecordFrame.HeaderBytes + _length);
        if (record.Length < RecordFrame.HeaderBytes + _length)
        {
            return NotWhole("the file ends within a record");
        }

        if (!_frame.IsWhole(record))
        {
            return NotWhole("the checksum does not match");
        }

        return Accept(record[RecordFrame.HeaderBytes..]);
    }

    private ReadStep Accept(ReadOnlySpan<byte> payload)
    {
        Kind = (RecordKind)payload[0];
        if (Kind is RecordKind.None or > RecordKind.Standing)
        {
            return NotWhole($"{payload[0]} is not a kind of record");
        }

        if (Kind == RecordKind.Batch)
        {
            if (!BatchHeader.TryRead(payload, Offset, out var header) || header.Number <= Batch)
            {
                return NotWhole("a batch cannot begin with this header here");
            }

            Batch = header.Number;
            SyncedUpTo = header.SyncedUpTo;
        }
        else if (Batch == 0)
        {
            return NotWhole("a record is outside a batch");
        }

        NextOffset = Offset + RecordFrame.HeaderBytes + _length;
        return ReadStep.Record;
    }

    private ReadStep NotWhole(string reason)
    {
        Kind = RecordKind.None;
        Reason = window.Trouble.IsOk ? reason : window.Trouble.Message;
        return window.Trouble.IsOk ? ReadStep.Bad : ReadStep.Unreadable;
    }
}

/// <summary>The result of reading at the offset of the next record.</summary>
internal enum ReadStep
{
    /// <summary>A valid record.</summary>
    Record,

    /// <summary>The end of the segment.</summary>
    End,

    /// <summary>Bytes that are no valid record.</summary>
    Bad,

    /// <summary>The disk could not be read.</summary>
    Unreadable,
}

/// <summary>The kinds of records, as stored in their first byte. The numbers must not change.</summary>
internal enum RecordKind : byte
{
    /// <summary>No record.</summary>
    None = 0,

    /// <summary>The header of a batch; see <see cref="BatchHeader"/>.</summary>
    Batch = 1,

    /// <summary>An event, in the form of Core's EventRecord. Marks and tags since version 3.</summary>
    Event = 2,

    /// <summary>A server began to write here: 8 bytes of time, in milliseconds since 1970-01-01 UTC.</summary>
    Start = 3,

    /// <summary>A server stopped here, and all its events are stored: 8 bytes of time, in milliseconds since 1970-01-01 UTC.</summary>
    CleanEnd = 4,

    /// <summary>A room's standing, or a note that the room was forgotten, in the form of Core's StandingRecord. Since version 2.</summary>
    Standing = 5,
}
