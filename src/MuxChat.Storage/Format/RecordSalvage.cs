using MuxChat.Core.Chat.History;

namespace MuxChat.Storage.Format;

/// <summary>
/// Finds every valid record of a segment, even between damaged bytes. After damage, tries each following byte as the start of a record.
/// </summary>
internal sealed class RecordSalvage(SegmentWindow window, long segment)
{
    private readonly RecordFrame _frame = new(segment);
    private int _length;
    private long _next;

    /// <summary>Offset of the current record.</summary>
    public long Offset { get; private set; }

    /// <summary>The kind of the current record.</summary>
    public RecordKind Kind { get; private set; }

    /// <summary>The record with its frame. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Record => window.At(Offset, RecordFrame.HeaderBytes + _length);

    /// <summary>The record after its kind. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Body => Record[(RecordFrame.HeaderBytes + 1)..];

    /// <summary>Bytes so far that belong to no valid record.</summary>
    public long LostBytes { get; private set; }

    /// <summary>Offset of the first of those bytes; -1 when there are none.</summary>
    public long FirstLostAt { get; private set; } = -1;

    /// <summary>Begins after the header, or at the first byte when the header is invalid.</summary>
    public void Begin(bool hasHeader) => _next = hasHeader ? SegmentHeader.Bytes : 0;

    /// <summary>Moves to the next valid record. Returns false at the end, or when the disk cannot be read.</summary>
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

    // The checksum comes last, because length and kind rule out nearly every offset.
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
