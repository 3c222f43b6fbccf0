using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>
/// Events on their way to the disk, already in the stored format. The writer adds the batch header and the
/// checksums. The loop or the writer owns it, never both.
/// </summary>
internal sealed class JournalBatch(int capacity)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);
    private int _length = BatchHeader.Bytes;

    /// <summary>The position of the last event in the batch.</summary>
    public long UpTo { get; private set; }

    /// <summary>Size of the events and standings, in bytes.</summary>
    public int EventBytes => _length - BatchHeader.Bytes;

    /// <summary>The outcome, set by the writer.</summary>
    public JournalStatus Status { get; set; }

    /// <summary>Microseconds that the disk took to make the batch durable, set by the writer; null if there was no sync.</summary>
    public long? SyncUs { get; set; }

    /// <summary>The header and the records.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The room standings in the batch.</summary>
    public List<RoomStanding> Standings { get; } = [];

    /// <summary>Returns the bytes that an event takes, including its standing.</summary>
    public static int SizeOf(in StoredEvent past) =>
        RecordFrame.HeaderBytes + 1 + EventRecord.SizeOf(past) + (past.Standing is null ? 0 : SizeOf(past.Standing));

    /// <summary>Returns the bytes that a standing takes.</summary>
    public static int SizeOf(RoomStanding standing) => RecordFrame.HeaderBytes + 1 + StandingRecord.SizeOf(standing);

    /// <summary>Whether a record of this size fits. An empty batch fits any event that the journal accepts.</summary>
    public bool Fits(int size) => size <= _bytes.Length - _length;

    /// <summary>Adds an event that fits. Its standing comes first, because a reader of the event may rely on it.</summary>
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

    /// <summary>Empties the batch for reuse.</summary>
    public void Clear()
    {
        _length = BatchHeader.Bytes;
        Standings.Clear();
        SyncUs = null;
    }

    /// <summary>Writes the header and the checksums.</summary>
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
