using System.Buffers.Binary;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Past;

namespace MuxChat.Simulation.Disk;

/// <summary>
/// Looks for events in what is written to a segment, and notes on each whether it is written and whether it is durable. It reads the format
/// by its description, and takes for an event only what is, byte for byte, something that was published.
/// </summary>
internal sealed class SegmentWatch(Chronicle chronicle)
{
    private const int SegmentHeaderBytes = 48;
    private const int RecordHeaderBytes = 8;
    private const int MaxPayloadBytes = 256 * 1024;
    private const byte EventKindByte = 2;
    private const int EpochAt = 9;
    private const int SeqAt = 17;
    private const int LengthsAt = 25;
    private const int NamesAt = 32;
    private const byte MarkedFlag = 0x40;
    private const int MarkBytes = 3;

    private readonly List<(long End, LoggedEvent Event)> _events = [];
    private byte[] _bytes = new byte[1024];
    private int _length;
    private int _walked;
    private int _synced;
    private int _told;

    // From where to where a sync that failed has lost what was written.
    private int _lostFrom = int.MaxValue;
    private int _lostTo;

    /// <summary>The file is found under its name after a power cut.</summary>
    public bool IsNameDurable { get; set; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var end = (int)offset + bytes.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, 2 * _bytes.Length));
        }

        // What a sync lost is on its way again from here on, if it is written from its beginning.
        _lostFrom = offset <= _lostFrom ? Math.Max(_lostFrom, end) : _lostFrom;
        if (end <= _length && _bytes.AsSpan((int)offset, bytes.Length).SequenceEqual(bytes))
        {
            return;
        }

        if (offset < _walked)
        {
            Truncate(offset);
        }

        bytes.CopyTo(_bytes.AsSpan((int)offset));
        _length = Math.Max(_length, end);
        Walk();
    }

    public void Sync()
    {
        _synced = Math.Min(_lostFrom, _length);
        if (_lostFrom >= _lostTo)
        {
            (_synced, _lostFrom, _lostTo) = (_length, int.MaxValue, 0);
        }
    }

    /// <summary>A sync failed: what lay between is on the disk only once it was written again, and synced.</summary>
    public void FailSync()
    {
        if (_length > _synced)
        {
            (_lostFrom, _lostTo) = (_synced, _length);
        }
    }

    public void Truncate(long length)
    {
        _length = (int)Math.Min(length, _length);
        _lostTo = Math.Min(_lostTo, _length);
        _synced = Math.Min(_synced, _length);
        while (_events.Count > 0 && _events[^1].End > _length)
        {
            _events[^1].Event.IsWritten = false;
            _events.RemoveAt(_events.Count - 1);
        }

        _told = Math.Min(_told, _events.Count);
        _walked = 0;
        for (var at = 0; at <= _length && Next(at) is var next && next > at; at = next)
        {
            _walked = next;
        }
    }

    /// <summary>Notes on the events what is durable by now.</summary>
    public void Tell()
    {
        for (; IsNameDurable && _told < _events.Count && _events[_told].End <= _synced; _told++)
        {
            _events[_told].Event.IsDurable = true;
        }
    }

    private void Walk()
    {
        while (Next(_walked) is var next && next > _walked)
        {
            var payload = _walked == 0 ? default : _bytes.AsSpan(_walked + RecordHeaderBytes, next - _walked - RecordHeaderBytes);
            if (payload.Length > NamesAt && payload[0] == EventKindByte && Find(payload[1..]) is { } found)
            {
                found.IsWritten = true;
                _events.Add((next, found));
            }

            _walked = next;
        }
    }

    // Where the record ends that begins here; the place itself when it is not whole.
    private int Next(int at)
    {
        if (at == 0)
        {
            return _length >= SegmentHeaderBytes ? SegmentHeaderBytes : 0;
        }

        if (_length < at + RecordHeaderBytes)
        {
            return at;
        }

        var payload = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at));
        var end = at + RecordHeaderBytes + (long)payload;
        return payload is > 0 and <= MaxPayloadBytes && end <= _length ? (int)end : at;
    }

    private LoggedEvent? Find(ReadOnlySpan<byte> record)
    {
        int room = record[LengthsAt], nick = record[LengthsAt + 1], newNick = record[LengthsAt + 2];
        var isMarked = (record[0] & MarkedFlag) != 0;
        var namesAt = NamesAt + (isMarked ? MarkBytes : 0);
        if (record.Length < namesAt + room + nick + newNick)
        {
            return null;
        }

        var marks = isMarked ? record[NamesAt] : 0;
        var tags = isMarked ? BinaryPrimitives.ReadUInt16LittleEndian(record[(NamesAt + 1)..]) : 0;
        if (record.Length < namesAt + room + nick + newNick + tags)
        {
            return null;
        }

        var rest = record[namesAt..^tags];
        var found = chronicle.Find(
            System.Text.Encoding.UTF8.GetString(rest[..room]),
            BinaryPrimitives.ReadInt64LittleEndian(record[EpochAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[SeqAt..]));
        return found is not null && found.IsSame(
            BinaryPrimitives.ReadInt64LittleEndian(record[1..]),
            rest.Slice(room, nick),
            rest.Slice(room + nick, newNick),
            rest[(room + nick + newNick)..])
            && found.IsSaidSo(marks, record[^tags..])
            ? found
            : null;
    }
}
