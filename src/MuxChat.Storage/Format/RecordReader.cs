namespace MuxChat.Storage.Format;

/// <summary>Reads a segment record by record and stops at the first that is not whole.</summary>
internal sealed class RecordReader(SegmentWindow window, long segment)
{
    private readonly RecordFrame _frame = new(segment);
    private int _length;

    /// <summary>Where the record begins, or what stands in its place.</summary>
    public long Offset { get; private set; } = SegmentHeader.Bytes;

    /// <summary>Where the next record begins.</summary>
    public long NextOffset { get; private set; } = SegmentHeader.Bytes;

    /// <summary>What the record is.</summary>
    public RecordKind Kind { get; private set; }

    /// <summary>The record after its kind. It holds until the reader moves on.</summary>
    public ReadOnlySpan<byte> Body => window.At(Offset + RecordFrame.HeaderBytes + 1, _length - 1);

    /// <summary>The number of the last batch that began; 0 before the first.</summary>
    public long Batch { get; private set; }

    /// <summary>Everything before this offset was durable when the last batch that began was written; 0 before the first.</summary>
    public long SyncedUpTo { get; private set; }

    /// <summary>What is wrong, in words, after <see cref="ReadStep.Bad"/>.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Goes on at the record at <paramref name="offset"/>, within a batch.</summary>
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

/// <summary>What a reader found where the next record should be.</summary>
internal enum ReadStep
{
    /// <summary>A whole record.</summary>
    Record,

    /// <summary>The end of the segment.</summary>
    End,

    /// <summary>Something that is no whole record.</summary>
    Bad,

    /// <summary>The disk could not be read.</summary>
    Unreadable,
}

/// <summary>What a record is: its first byte. The numbers are stored and do not change.</summary>
internal enum RecordKind : byte
{
    /// <summary>No record.</summary>
    None = 0,

    /// <summary>The beginning of a batch, see <see cref="BatchHeader"/>.</summary>
    Batch = 1,

    /// <summary>An event, in the form of Core's EventRecord.</summary>
    Event = 2,

    /// <summary>A server began to write here: 8 bytes of time in milliseconds since 1970-01-01 UTC.</summary>
    Start = 3,

    /// <summary>A server ended here, and everything it was given is stored: 8 bytes of time.</summary>
    CleanEnd = 4,

    /// <summary>How a room stands, or that it was forgotten, in the form of Core's StandingRecord. Since version 2.</summary>
    Standing = 5,
}
