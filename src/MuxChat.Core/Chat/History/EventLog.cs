using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat.History;

/// <summary>Holds the last events of one room in memory, in two rings: one of entries, one of their names, tags and texts.</summary>
/// <remarks>
/// Invariants: the held events are numbered without a gap, the last of them is the room's last, and the budget bounds their number. The
/// names, tags and text of an entry are contiguous. The rings grow to what the room needs; once they have grown, appending allocates
/// nothing.
/// </remarks>
internal sealed partial class EventLog(HistoryBudget budget) : HistoryBudget.Share
{
    private const int MinEntries = 8;
    private const int MinBytes = 512;

    // The largest power of two that an array can have as its length. A room that needs more drops its oldest events.
    private const int MaxBytes = 1 << 30;

    private static readonly int EntryBytes = Marshal.SizeOf<LogEntry>();

    private readonly List<EpochStart> _epochs = new(1);
    private LogEntry[] _entries = [];
    private byte[] _bytes = [];
    private int _head;

    // Position of the next text. Positions only grow; the ring's length, a power of two, masks them.
    private long _end;

    /// <summary>The number of events held.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the room's last event, held or not.</summary>
    public long LastSeq { get; private set; }

    /// <summary>The number of the first event held; one more than <see cref="LastSeq"/> if none is held.</summary>
    public long FirstSeq => LastSeq - Count + 1;

    /// <summary>
    /// The time of the room's last event, held or not, in milliseconds since 1970-01-01 UTC; <see cref="long.MinValue"/> before the first.
    /// </summary>
    public long LastUnixMs { get; private set; } = long.MinValue;

    /// <summary>The epoch of the next event; 0 before the first epoch.</summary>
    public long Epoch => _epochs.Count == 0 ? 0 : _epochs[^1].Epoch;

    /// <summary>Returns the time of an event that happens now: the clock, or a millisecond after the last event if that is later.</summary>
    /// <remarks>
    /// So times rise strictly, whatever the clock does and however much happens in one tick. A client that
    /// pages by time neither misses an event nor sees one twice.
    /// </remarks>
    /// <param name="nowUnixMs">The clock, in milliseconds since 1970-01-01 UTC.</param>
    public long TimeOfNext(long nowUnixMs) => Math.Max(nowUnixMs, Math.Min(LastUnixMs + 1, EventRecord.MaxUnixMs));

    /// <summary>Begins a new epoch with the next event.</summary>
    public void BeginEpoch(long epoch)
    {
        _epochs.Add(new EpochStart(LastSeq + 1, epoch));
        ForgetEpochs();
    }

    /// <summary>Drops all events and continues after the given one. The next event does not follow those that were held.</summary>
    /// <param name="lastSeq">The event's number.</param>
    /// <param name="epoch">The event's epoch.</param>
    /// <param name="lastUnixMs">The event's time; <see cref="long.MinValue"/> if unknown.</param>
    public void Restart(long lastSeq, long epoch, long lastUnixMs)
    {
        Count = 0;
        _epochs.Clear();
        LastSeq = lastSeq;
        LastUnixMs = lastUnixMs;
        BeginEpoch(epoch);
    }

    /// <summary>
    /// Appends the room's next event, and drops the oldest ones if they leave no room for it. Its number is then <see cref="LastSeq"/>.
    /// </summary>
    /// <returns>The time of the event, see <see cref="TimeOfNext"/>.</returns>
    public long Append(EventKind kind, long unixMs, ReadOnlySpan<byte> nick, ReadOnlySpan<byte> newNick, ReadOnlySpan<byte> text,
        EventMarks marks = EventMarks.None, ReadOnlySpan<byte> tags = default)
    {
        unixMs = TimeOfNext(unixMs);
        LastUnixMs = unixMs;
        var past = new StoredEvent
        {
            Kind = kind,
            UnixMs = unixMs,
            Nick = nick,
            NewNick = newNick,
            Text = text,
            Marks = marks,
            Tags = tags,
        };
        var entry = LogEntry.Of(past);
        var length = entry.Length;
        var isHeld = MakeRoom(length);
        LastSeq++;
        if (!isHeld)
        {
            Count = 0;
            ForgetEpochs();
            return unixMs;
        }

        var at = PlaceFor(length);
        LogEntry.Write(past, _bytes.AsSpan((int)(at & (_bytes.Length - 1)), length));
        _entries[(_head + Count) & (_entries.Length - 1)] = entry with { At = at };
        Count++;
        _end = at + length;
        return unixMs;
    }

    /// <summary>Returns a held event; index 0 is the oldest. Its spans are valid until the next event is appended.</summary>
    public StoredEvent Read(int index, ReadOnlySpan<byte> room)
    {
        var entry = EntryAt(index);
        var past = entry.Read(_bytes.AsSpan((int)(entry.At & (_bytes.Length - 1)), entry.Length));
        past.Room = room;
        past.Seq = FirstSeq + index;
        past.Epoch = EpochOf(past.Seq);
        return past;
    }

    /// <summary>Returns the kind of a held event, and the number of bytes of its names, text and tags.</summary>
    public EventKind KindOf(int index, out int bytes)
    {
        var entry = EntryAt(index);
        bytes = entry.ContentLength;
        return (EventKind)entry.Kind;
    }

    /// <summary>Whether all events after the given one are held.</summary>
    /// <remarks>
    /// False also if the given event is not part of this room's past. The number just before the first event of an epoch counts as part.
    /// </remarks>
    public bool HoldsAllAfter(long epoch, long seq) =>
        TryFindEpoch(epoch, out var first, out var last) && seq >= first - 1 && seq <= last && seq >= FirstSeq - 1;

    /// <summary>
    /// Returns the index of an event of this room's past; 0 is the oldest held. Returns -1 if the event
    /// is no longer held, null if there was no such event.
    /// </summary>
    public int? Find(long epoch, long seq) =>
        TryFindEpoch(epoch, out var first, out var last) && seq >= first && seq <= last ? (int)Math.Max(-1, seq - FirstSeq) : null;

    /// <summary>Returns the time of a held event, in milliseconds since 1970-01-01 UTC.</summary>
    public long TimeOf(int index) => EntryAt(index).UnixMs;

    /// <inheritdoc/>
    public override void Halve()
    {
        var (entries, bytes) = (Math.Max(MinEntries, _entries.Length / 2), Math.Max(MinBytes, _bytes.Length / 2));
        var held = TextBytes();
        while (Count > entries || held > bytes)
        {
            held -= EntryAt(0).Length;
            DropOldest();
        }

        MoveEntries(entries);
        MoveBytes(bytes);
        budget.Return(this, HeldBytes - ((long)entries * EntryBytes) - bytes);
    }

    /// <summary>Drops all events and returns all memory to the budget.</summary>
    public void Release()
    {
        budget.Return(this, ((long)_entries.Length * EntryBytes) + _bytes.Length);
        _entries = [];
        _bytes = [];
        _head = 0;
        _end = 0;
        Count = 0;
        ForgetEpochs();
    }

    /// <summary>
    /// Returns the new length of the ring of texts: at least double, and at least
    /// <paramref name="wanted"/> bytes; 0 if no array can be that long.
    /// </summary>
    internal static int RingBytes(int current, long wanted)
    {
        var size = Math.Max(MinBytes, 2L * current);
        while (size < wanted)
        {
            size *= 2;
        }

        return size > MaxBytes ? 0 : (int)size;
    }

    private ref LogEntry EntryAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref _entries[(_head + index) & (_entries.Length - 1)];
    }

    private bool TryFindEpoch(long epoch, out long first, out long last)
    {
        var at = _epochs.FindIndex(start => start.Epoch == epoch);
        first = at < 0 ? 0 : _epochs[at].FirstSeq;
        last = at < 0 || at + 1 == _epochs.Count ? LastSeq : _epochs[at + 1].FirstSeq - 1;
        return at >= 0;
    }

    private long EpochOf(long seq)
    {
        var i = _epochs.Count - 1;
        while (i > 0 && _epochs[i].FirstSeq > seq)
        {
            i--;
        }

        return _epochs[i].Epoch;
    }

    private bool MakeRoom(int length)
    {
        var capacity = budget.EventsPerRoom;
        if (capacity == 0)
        {
            return false;
        }

        while (Count >= capacity)
        {
            DropOldest();
        }

        while ((Count == _entries.Length && !TryGrowEntries()) || (!Fits(length) && !TryGrowBytes(length)))
        {
            if (Count == 0)
            {
                return false;
            }

            DropOldest();
        }

        return true;
    }

    private bool Fits(int length)
    {
        var start = Count == 0 ? PlaceFor(length) : EntryAt(0).At;
        return length <= _bytes.Length && PlaceFor(length) + length - start <= _bytes.Length;
    }

    // A text is contiguous. If it would pass the end of the ring, it goes to the beginning.
    private long PlaceFor(int length)
    {
        var rest = _bytes.Length - (_end & (_bytes.Length - 1));
        return length <= rest ? _end : _end + rest;
    }

    private void DropOldest()
    {
        _head = (_head + 1) & (_entries.Length - 1);
        Count--;
        ForgetEpochs();
    }

    // An epoch is needed while one of its events is held, or while its last event directly precedes the first held one.
    private void ForgetEpochs()
    {
        while (_epochs.Count > 1 && _epochs[1].FirstSeq < FirstSeq)
        {
            _epochs.RemoveAt(0);
        }
    }

    private bool TryGrowEntries()
    {
        var length = Math.Max(MinEntries, _entries.Length * 2);
        if (!budget.TryReserve(this, (long)(length - _entries.Length) * EntryBytes))
        {
            return false;
        }

        MoveEntries(length);
        return true;
    }

    private void MoveEntries(int length)
    {
        var moved = new LogEntry[length];
        for (var i = 0; i < Count; i++)
        {
            moved[i] = EntryAt(i);
        }

        _entries = moved;
        _head = 0;
    }

    private int TextBytes()
    {
        var held = 0;
        for (var i = 0; i < Count; i++)
        {
            held += EntryAt(i).Length;
        }

        return held;
    }

    private bool TryGrowBytes(int length)
    {
        // A doubled ring holds all current texts and as much again, so they are counted only for an event longer
        // than the ring. A full room gets here with each event.
        var held = length > _bytes.Length ? TextBytes() : 0;
        var size = RingBytes(_bytes.Length, (long)held + length);
        if (size == 0 || !budget.TryReserve(this, size - _bytes.Length))
        {
            return false;
        }

        MoveBytes(size);
        return true;
    }

    private void MoveBytes(int size)
    {
        var grown = new byte[size];
        var end = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var entry = ref _entries[(_head + i) & (_entries.Length - 1)];
            _bytes.AsSpan((int)(entry.At & (_bytes.Length - 1)), entry.Length).CopyTo(grown.AsSpan(end));
            entry = entry with { At = end };
            end += entry.Length;
        }

        _bytes = grown;
        _end = end;
    }

    private readonly record struct EpochStart(long FirstSeq, long Epoch);
}
