using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat.History;

/// <summary>
/// The last events of one room, in memory: two rings, one of entries and one of their names and texts, which grow to what the room needs.
/// </summary>
/// <remarks>
/// Invariants: the events held are numbered without a gap and the last of them is the room's last; they are at most the capacity, and as many as the budget
/// allows. What an entry says lies in one piece. No allocation once the rings have grown.
/// </remarks>
internal sealed class EventLog(HistoryBudget budget, int capacity)
{
    private const int LeastEntries = 8;
    private const int LeastBytes = 512;

    // The longest array whose length is a power of two. A room with more to remember lets its oldest go.
    private const int MostBytes = 1 << 30;

    private static readonly int EntryBytes = Marshal.SizeOf<Entry>();

    private readonly List<EpochStart> _epochs = new(1);
    private Entry[] _entries = [];
    private byte[] _bytes = [];
    private int _head;

    // Where the next text goes. Places grow for ever; the ring's length, a power of two, folds them.
    private long _end;

    /// <summary>How many events are held.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the room's last event, held or not.</summary>
    public long LastSeq { get; private set; }

    /// <summary>The number of the first event held; one more than the last when there is none.</summary>
    public long FirstSeq => LastSeq - Count + 1;

    /// <summary>The epoch that the next event belongs to; 0 before the first epoch.</summary>
    public long Epoch => _epochs.Count == 0 ? 0 : _epochs[^1].Epoch;

    /// <summary>From the next event on, events belong to another epoch.</summary>
    public void BeginEpoch(long epoch)
    {
        _epochs.Add(new EpochStart(LastSeq + 1, epoch));
        ForgetEpochs();
    }

    /// <summary>Forgets everything, and goes on behind a number: what comes next is not the continuation of what was held.</summary>
    public void Restart(long lastSeq, long epoch)
    {
        Count = 0;
        _epochs.Clear();
        LastSeq = lastSeq;
        BeginEpoch(epoch);
    }

    /// <summary>Holds the room's next event, and lets the oldest go for it when there is no room for both. The number it has is <see cref="LastSeq"/> then.</summary>
    public void Append(EventKind kind, long unixMs, ReadOnlySpan<byte> nick, ReadOnlySpan<byte> newNick, ReadOnlySpan<byte> text)
    {
        var length = nick.Length + newNick.Length + text.Length;
        var isHeld = MakeRoom(length);
        LastSeq++;
        if (!isHeld)
        {
            Count = 0;
            ForgetEpochs();
            return;
        }

        var at = PlaceFor(length);
        var bytes = _bytes.AsSpan((int)(at & (_bytes.Length - 1)), length);
        nick.CopyTo(bytes);
        newNick.CopyTo(bytes[nick.Length..]);
        text.CopyTo(bytes[(nick.Length + newNick.Length)..]);
        _entries[(_head + Count) & (_entries.Length - 1)] = new Entry(at, unixMs, text.Length, (byte)kind, (byte)nick.Length, (byte)newNick.Length);
        Count++;
        _end = at + length;
    }

    /// <summary>An event held, the oldest being 0. It holds until the next one is appended.</summary>
    public PastEvent Read(int index, ReadOnlySpan<byte> room)
    {
        var entry = EntryAt(index);
        var bytes = _bytes.AsSpan((int)(entry.At & (_bytes.Length - 1)), entry.Length);
        var seq = FirstSeq + index;
        return new PastEvent
        {
            Kind = (EventKind)entry.Kind,
            Room = room,
            Epoch = EpochOf(seq),
            Seq = seq,
            UnixMs = entry.UnixMs,
            Nick = bytes[..entry.NickLength],
            NewNick = bytes.Slice(entry.NickLength, entry.NewNickLength),
            Text = bytes[(entry.NickLength + entry.NewNickLength)..],
        };
    }

    /// <summary>The kind of an event held, and how many bytes its names and text have.</summary>
    public EventKind KindOf(int index, out int bytes)
    {
        var entry = EntryAt(index);
        bytes = entry.Length;
        return (EventKind)entry.Kind;
    }

    /// <summary>
    /// Whether everything after an event is held: the event is one of this room's past (or the moment before its epoch's first), and the next one is here.
    /// </summary>
    public bool HoldsAllAfter(long epoch, long seq)
    {
        for (var i = 0; i < _epochs.Count; i++)
        {
            if (_epochs[i].Epoch == epoch)
            {
                var last = i + 1 < _epochs.Count ? _epochs[i + 1].FirstSeq - 1 : LastSeq;
                return seq >= _epochs[i].FirstSeq - 1 && seq <= last && seq >= FirstSeq - 1;
            }
        }

        return false;
    }

    /// <summary>Where an event of this room's past is, 0 being the oldest held: -1 when it is not held any more, null when there was no such event.</summary>
    public int? Find(long epoch, long seq)
    {
        for (var i = 0; i < _epochs.Count; i++)
        {
            if (_epochs[i].Epoch == epoch)
            {
                var end = i + 1 < _epochs.Count ? _epochs[i + 1].FirstSeq : LastSeq + 1;
                return seq < _epochs[i].FirstSeq || seq >= end ? null : (int)Math.Max(-1, seq - FirstSeq);
            }
        }

        return null;
    }

    /// <summary>When an event held happened, in milliseconds since 1970-01-01 UTC.</summary>
    public long TimeOf(int index) => EntryAt(index).UnixMs;

    /// <summary>Gives all memory back.</summary>
    public void Release()
    {
        budget.Return(((long)_entries.Length * EntryBytes) + _bytes.Length);
        _entries = [];
        _bytes = [];
        _head = 0;
        _end = 0;
        Count = 0;
        ForgetEpochs();
    }

    /// <summary>How long the ring of texts becomes: at least twice what it is, and long enough; 0 when no array can be that long.</summary>
    internal static int RingBytes(int current, long wanted)
    {
        var size = Math.Max(LeastBytes, 2L * current);
        while (size < wanted)
        {
            size *= 2;
        }

        return size > MostBytes ? 0 : (int)size;
    }

    private ref readonly Entry EntryAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref _entries[(_head + index) & (_entries.Length - 1)];
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
        if (capacity == 0)
        {
            return false;
        }

        if (Count == capacity)
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

    // In one piece: what would pass the end of the ring begins at its beginning.
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

    // An epoch is of use while an event of it is held, or the one before the first held may be.
    private void ForgetEpochs()
    {
        while (_epochs.Count > 1 && _epochs[1].FirstSeq < FirstSeq)
        {
            _epochs.RemoveAt(0);
        }
    }

    private bool TryGrowEntries()
    {
        var length = Math.Max(LeastEntries, _entries.Length * 2);
        if (!budget.TryTake((long)(length - _entries.Length) * EntryBytes))
        {
            return false;
        }

        var grown = new Entry[length];
        for (var i = 0; i < Count; i++)
        {
            grown[i] = EntryAt(i);
        }

        _entries = grown;
        _head = 0;
        return true;
    }

    private bool TryGrowBytes(int length)
    {
        // Twice the ring holds all that is held and as much again: only what is longer than the ring needs a count of it. (This is asked for each event of a
        // room that is full.)
        var held = 0;
        for (var i = 0; i < Count && length > _bytes.Length; i++)
        {
            held += EntryAt(i).Length;
        }

        var size = RingBytes(_bytes.Length, (long)held + length);
        if (size == 0 || !budget.TryTake(size - _bytes.Length))
        {
            return false;
        }

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
        return true;
    }

    private readonly record struct Entry(long At, long UnixMs, int TextLength, byte Kind, byte NickLength, byte NewNickLength)
    {
        public int Length => TextLength + NickLength + NewNickLength;
    }

    private readonly record struct EpochStart(long FirstSeq, long Epoch);
}
