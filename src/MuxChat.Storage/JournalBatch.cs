using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>
/// Events on their way to the disk, in the form they have there; the writer fills in the batch's header and the sums. One owner at a time.
/// </summary>
internal sealed class JournalBatch(int capacity)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);
    private int _length = BatchHeader.Bytes;

    /// <summary>The position of the last event in it.</summary>
    public long UpTo { get; private set; }

    /// <summary>Bytes of the events.</summary>
    public int EventBytes => _length - BatchHeader.Bytes;

    /// <summary>How it went, once the writer is done with it.</summary>
    public JournalStatus Status { get; set; }

    /// <summary>Header and events.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The standings of rooms in it.</summary>
    public List<RoomStanding> Standings { get; } = [];

    /// <summary>How many bytes an event takes, with the standing that comes with it.</summary>
    public static int SizeOf(in StoredEvent past) =>
        RecordFrame.HeaderBytes + 1 + EventRecord.SizeOf(past) + (past.Standing is null ? 0 : SizeOf(past.Standing));

    /// <summary>How many bytes a standing takes.</summary>
    public static int SizeOf(RoomStanding standing) => RecordFrame.HeaderBytes + 1 + StandingRecord.SizeOf(standing);

    /// <summary>Whether an event of this size still fits. Into an empty batch every event fits that the journal takes.</summary>
    public bool Fits(int size) => size <= _bytes.Length - _length;

    /// <summary>Adds an event that fits. The standing first: who reads the event may rely on it.</summary>
    public void Add(in StoredEvent past, long position)
    {
        if (past.Standing is not null)
        {
            Add(past.Standing);
        }

        EventRecord.Write(past, Begin(RecordKind.Event, EventRecord.SizeOf(past)));
        UpTo = position;
    }

    /// <summary>Adds a standing that fits.</summary>
    public void Add(RoomStanding standing)
    {
        StandingRecord.Write(standing, Begin(RecordKind.Standing, StandingRecord.SizeOf(standing)));
        Standings.Add(standing);
    }

    /// <summary>Makes it an empty one.</summary>
    public void Clear()
    {
        _length = BatchHeader.Bytes;
        Standings.Clear();
    }

    /// <summary>Fills in header and sums.</summary>
    public void Complete(BatchHeader header, RecordFrame frame)
    {
        header.Write(_bytes, frame);
        for (var at = BatchHeader.Bytes; at < _length;)
        {
            var size = RecordFrame.HeaderBytes + RecordFrame.LengthOf(_bytes.AsSpan(at));
            frame.Complete(_bytes.AsSpan(at, size));
            at += size;
        }
    }

    private Span<byte> Begin(RecordKind kind, int bytes)
    {
        var record = _bytes.AsSpan(_length, RecordFrame.HeaderBytes + 1 + bytes);
        RecordFrame.WriteLength(record, bytes + 1);
        record[RecordFrame.HeaderBytes] = (byte)kind;
        _length += record.Length;
        return record[(RecordFrame.HeaderBytes + 1)..];
    }
}
