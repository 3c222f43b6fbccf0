using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>A range of the events that a room remembers, read page by page, oldest first. For one answer to one client.</summary>
/// <remarks>Between two pages, the room may forget events of the range. The next page skips them.</remarks>
public sealed class HistoryRange
{
    /// <summary>
    /// The largest number of events searched for messages to show: 10,000, which takes a tenth of a millisecond. A room may remember a
    /// hundred times as many, and its last message may be older than all of them.
    /// </summary>
    internal const int MaxLookedThrough = 10_000;

    // Bytes that an event may take on the wire in addition to its names, text and tags, and the factor by which those
    // may grow. JSON writes some characters of 4 bytes as 12.
    private const int EventOverheadBytes = 192;
    private const int MaxGrowth = 3;

    private readonly long _end;
    private readonly bool _saidOnly;
    private readonly bool _isCut;
    private long _next;

    private HistoryRange(Room room, int first, int end, bool saidOnly, bool isCut)
    {
        Room = room;
        _next = room.FirstSeq + first;
        _end = room.FirstSeq + end;
        _saidOnly = saidOnly;
        _isCut = isCut;
    }

    /// <summary>The room.</summary>
    public Room Room { get; }

    /// <summary>Whether more events follow the pages read so far, in this range or because a limit has cut it short.</summary>
    public bool HasMore => _isCut || HasPages;

    /// <summary>Whether another page of this range is left.</summary>
    internal bool HasPages => _next < _end;

    /// <summary>Returns the last lines said before an event.</summary>
    /// <param name="room">The room.</param>
    /// <param name="beforeSeq">The event's number.</param>
    /// <param name="lines">The largest number of lines.</param>
    /// <param name="maxBytes">Their largest size, by <see cref="SizeOf"/>.</param>
    /// <param name="after">The number of an event after which they begin; 0 for any.</param>
    internal static HistoryRange LastSaid(Room room, long beforeSeq, int lines, int maxBytes, long after = 0)
    {
        var end = (int)Math.Clamp(beforeSeq - room.FirstSeq, 0, room.Log.Count);
        var first = end;
        var min = Math.Max((int)Math.Clamp(after + 1 - room.FirstSeq, 0, end), first - MaxLookedThrough);
        var bytes = 0;
        while (first > min && lines > 0)
        {
            if (EventKinds.Of(room.Log.KindOf(first - 1, out var length)).IsSaid)
            {
                bytes += SizeOf(length);
                if (bytes > maxBytes)
                {
                    break;
                }

                lines--;
            }

            first--;
        }

        return new HistoryRange(room, first, end, saidOnly: true, isCut: false);
    }

    /// <summary>Returns the events after one number and up to another.</summary>
    /// <param name="room">The room.</param>
    /// <param name="after">The number before the first.</param>
    /// <param name="upTo">The last number.</param>
    /// <param name="limit">The largest number of events.</param>
    /// <param name="maxBytes">Their largest size, by <see cref="SizeOf"/>. The first event is in the range whatever its size.</param>
    internal static HistoryRange After(Room room, long after, long upTo, int limit, int maxBytes)
    {
        var first = (int)Math.Clamp(after - room.FirstSeq + 1, 0, room.Log.Count);
        var last = (int)Math.Clamp(upTo - room.FirstSeq + 1, first, room.Log.Count);
        var bytes = 0;
        var end = first;
        while (end < last && end - first < limit)
        {
            room.Log.KindOf(end, out var length);
            bytes += SizeOf(length);
            if (bytes > maxBytes && end > first)
            {
                break;
            }

            end++;
        }

        return new HistoryRange(room, first, end, saidOnly: false, isCut: end < last);
    }

    /// <summary>Returns what a client missed of a room; null if the room no longer holds all of it.</summary>
    /// <param name="room">The room.</param>
    /// <param name="membership">The client's membership, before which the range ends; null if it is not in the room.</param>
    /// <param name="command">The request, with the epoch and number of the last event that the client knows.</param>
    /// <param name="maxBytes">The largest size of the range, by <see cref="SizeOf"/>.</param>
    internal static HistoryRange? Missed(Room room, Membership? membership, in Command command, int maxBytes)
    {
        var upTo = membership is null ? room.LastSeq : membership.EnteredSeq - 1;
        return room.Log.HoldsAllAfter(command.Epoch, command.After) ? After(room, command.After, upTo, int.MaxValue, maxBytes) : null;
    }

    /// <summary>Reads the next page, which is empty if no event is left.</summary>
    /// <param name="maxBytes">Its largest size, by <see cref="SizeOf"/>. A page shows one event at least, whatever its size.</param>
    internal HistoryPage ReadPage(int maxBytes)
    {
        var first = IndexOf(_next);
        var end = IndexOf(_end);
        var next = first;
        var bytes = 0;
        while (next < end)
        {
            var kind = Room.Log.KindOf(next, out var length);
            var size = _saidOnly && !EventKinds.Of(kind).IsSaid ? 0 : SizeOf(length);
            if (size > 0 && bytes > 0 && bytes + size > maxBytes)
            {
                break;
            }

            bytes += size;
            next++;
        }

        _next = Room.FirstSeq + next;
        return new HistoryPage(Room, first, next, _saidOnly);
    }

    /// <summary>Returns the largest size of an event on the wire, in bytes, from the size of its names, text and tags in the log.</summary>
    internal static int SizeOf(int bytes) => EventOverheadBytes + (MaxGrowth * bytes);

    private int IndexOf(long seq) => (int)Math.Clamp(seq - Room.FirstSeq, 0, Room.Log.Count);
}

/// <summary>Events of one room's past, oldest first. Valid until the room's next event.</summary>
public readonly struct HistoryPage
{
    private readonly Room? _room;
    private readonly int _first;
    private readonly int _end;
    private readonly bool _saidOnly;

    internal HistoryPage(Room room, int first, int end, bool saidOnly)
    {
        _room = room;
        _first = first;
        _end = end;
        _saidOnly = saidOnly;
    }

    /// <summary>Moves to the next event.</summary>
    /// <param name="index">Position from the last call; 0 for the first call.</param>
    /// <param name="past">The event.</param>
    /// <returns>False if no event is left.</returns>
    public bool TryNext(ref int index, out StoredEvent past)
    {
        while (_room is not null && _first + index < _end)
        {
            var at = _first + index++;
            if (!_saidOnly || EventKinds.Of(_room.Log.KindOf(at, out _)).IsSaid)
            {
                past = _room.Log.Read(at, _room.Name);
                return true;
            }
        }

        past = default;
        return false;
    }
}
