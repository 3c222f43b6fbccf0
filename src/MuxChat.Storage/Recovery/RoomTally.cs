using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Storage.Recovery;

/// <summary>
/// Counts the events of one segment by room, and remembers the offsets of each room's last ones: the contents of an index.
/// </summary>
internal sealed class RoomTally(int tailEvents)
{
    private readonly Dictionary<byte[], Tail> _rooms = new(AsciiCaseInsensitive.Instance);
    private long _events;
    private long _newestUnixMs;

    /// <summary>Counts an event. Events must come in their order in the segment.</summary>
    /// <returns>False when the bytes are no event.</returns>
    public bool Add(long offset, ReadOnlySpan<byte> body)
    {
        if (!EventRecord.TryRead(body, out var past))
        {
            return false;
        }

        var rooms = _rooms.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!rooms.TryGetValue(past.Room, out var tail))
        {
            tail = new(tailEvents);
            rooms[past.Room] = tail;
        }

        tail.Add(offset);
        _events++;
        _newestUnixMs = Math.Max(_newestUnixMs, past.UnixMs);
        return true;
    }

    /// <summary>Returns the segment's index, after all its events were counted.</summary>
    public SegmentIndex ToIndex(long segment, long segmentBytes) => new(
        segment,
        segmentBytes,
        _events,
        _newestUnixMs,
        tailEvents,
        [.. _rooms.Select(room => new IndexedRoom(room.Key, room.Value.Events, room.Value.OldestAt))]);

    /// <summary>The offsets of a room's last events: a ring that grows to its maximum.</summary>
    private sealed class Tail(int max)
    {
        private readonly List<long> _ring = [];

        public long Events { get; private set; }

        public long OldestAt => _ring.Count == 0 ? 0 : _ring[_ring.Count < max ? 0 : (int)(Events % max)];

        public void Add(long offset)
        {
            if (_ring.Count < max)
            {
                _ring.Add(offset);
            }
            else if (max > 0)
            {
                _ring[(int)(Events % max)] = offset;
            }

            Events++;
        }
    }
}
