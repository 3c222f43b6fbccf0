using MuxChat.Core.Chat.History;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>Events on their way to the disk, in the form they have there; the writer fills in the batch's header and the sums. One owner at a time.</summary>
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

    /// <summary>How many bytes an event takes.</summary>
    public static int SizeOf(in PastEvent past) => RecordFrame.HeaderBytes + 1 + EventRecord.SizeOf(past);

    /// <summary>Whether an event of this size still fits. Into an empty batch every event fits that the journal takes.</summary>
    public bool Fits(int size) => size <= _bytes.Length - _length;

    /// <summary>Adds an event that fits.</summary>
    public void Add(in PastEvent past, int size, long position)
    {
        var record = _bytes.AsSpan(_length, size);
        RecordFrame.WriteLength(record, size - RecordFrame.HeaderBytes);
        record[RecordFrame.HeaderBytes] = (byte)RecordKind.Event;
        EventRecord.Write(past, record[(RecordFrame.HeaderBytes + 1)..]);
        _length += size;
        UpTo = position;
    }

    /// <summary>Makes it an empty one.</summary>
    public void Clear() => _length = BatchHeader.Bytes;

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
}
