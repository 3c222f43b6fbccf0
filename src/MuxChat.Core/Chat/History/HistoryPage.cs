using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>Events of one room's past, oldest first. Valid until the room's next event.</summary>
public readonly struct HistoryPage
{
    /// <summary>
    /// The largest number of events searched for messages to show: 10,000, which takes a tenth of a millisecond. A room may remember a
    /// hundred times as many, and its last message may be older than all of them.
    /// </summary>
    internal const int MaxLookedThrough = 10_000;

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

/// <summary>Finds a room's held events by their time.</summary>
internal static class TimeIndex
{
    /// <summary>Counts the held events before a time. Times rise from event to event.</summary>
    /// <param name="log">The events.</param>
    /// <param name="unixMs">The time, in milliseconds since 1970-01-01 UTC.</param>
    public static int CountBefore(EventLog log, long unixMs)
    {
        int first = 0, end = log.Count;
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (log.TimeOf(middle) < unixMs)
            {
                first = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return first;
    }
}
