using MuxChat.Core.Chat.History;

namespace MuxChat.Storage.Format;

/// <summary>
/// Finds every whole record of a segment, whatever lies between them: where one is damaged, it looks at each following byte
/// whether another one begins there.
/// </summary>
internal sealed class RecordSalvage(SegmentWindow window, long segment)
{
    private readonly RecordFrame _frame = new(segment);
    private int _length;
    private long _next;

    /// <summary>Where the record begins.</summary>
    public long Offset { get; private set; }

    /// <summary>What the record is.</summary>
    public RecordKind Kind { get; private set; }

    /// <summary>The record, frame and all. It holds until the next call.</summary>
    public ReadOnlySpan<byte> Record => window.At(Offset, RecordFrame.HeaderBytes + _length);

    /// <summary>The record after its kind. It holds until the next call.</summary>
    public ReadOnlySpan<byte> Body => Record[(RecordFrame.HeaderBytes + 1)..];

    /// <summary>Bytes so far that belong to no whole record.</summary>
    public long LostBytes { get; private set; }

    /// <summary>Where the first of them is; -1 when there are none.</summary>
    public long FirstLostAt { get; private set; } = -1;

    /// <summary>Begins after the header, or, when that is not whole, at the first byte.</summary>
    public void Begin(bool hasHeader) => _next = hasHeader ? SegmentHeader.Bytes : 0;

    /// <summary>Goes to the next whole record. False at the end, or when the disk cannot be read.</summary>
    public bool Next()
    {
        for (var at = _next; at < window.Length && window.Trouble.IsOk; at++)
        {
            if (IsRecord(at))
            {
                Lose(at);
                Offset = at;
                _next = at + RecordFrame.HeaderBytes + _length;
                return true;
            }
        }

        Lose(window.Length);
        _next = window.Length;
        return false;
    }

    // The checksum last: nearly all places are told by their length and kind.
    private bool IsRecord(long at)
    {
        var header = window.At(at, RecordFrame.HeaderBytes + 1);
        if (header.Length <= RecordFrame.HeaderBytes)
        {
            return false;
        }

        _length = RecordFrame.LengthOf(header);
        Kind = (RecordKind)header[RecordFrame.HeaderBytes];
        if (_length is < 1 or > RecordFrame.MaxPayloadBytes || Kind is RecordKind.None or > RecordKind.Standing)
        {
            return false;
        }

        var record = window.At(at, RecordFrame.HeaderBytes + _length);
        return _frame.IsWhole(record) && Kind switch
        {
            RecordKind.Event => EventRecord.TryRead(record[(RecordFrame.HeaderBytes + 1)..], out _),
            RecordKind.Standing => StandingRecord.TryRead(record[(RecordFrame.HeaderBytes + 1)..], out _),
            _ => true,
        };
    }

    private void Lose(long upTo)
    {
        if (upTo > _next)
        {
            FirstLostAt = FirstLostAt < 0 ? _next : FirstLostAt;
            LostBytes += upTo - _next;
        }
    }
}
