using MuxChat.Core.Chat.Text;

namespace MuxChat.Storage.Recovery;

/// <summary>Finds, from the newest segment to the oldest, where the last events of each room are.</summary>
internal sealed class RestorePlan(int tailEvents)
{
    private readonly Dictionary<byte[], long> _found = new(AsciiCaseInsensitive.Instance);

    /// <summary>What to take from the next older segment, by room; empty when all tails are complete without it.</summary>
    public Dictionary<byte[], RoomPlan> Next(SegmentIndex index)
    {
        var plans = new Dictionary<byte[], RoomPlan>(AsciiCaseInsensitive.Instance);
        foreach (var room in index.Rooms)
        {
            var missing = tailEvents - _found.GetValueOrDefault(room.Name);
            var there = Math.Min(room.Events, index.TailEvents);
            var taken = Math.Min(missing, there);
            if (taken > 0)
            {
                _found[room.Name] = tailEvents - missing + taken;
                plans[room.Name] = new(room.TailAt, there - taken);
            }
        }

        return plans;
    }
}

/// <summary>Which events of a room in one segment are in the room's tail.</summary>
/// <param name="from">No event before this offset.</param>
/// <param name="skip">And not the first so many from there on.</param>
internal sealed record RoomPlan(long from, long skip)
{
    private long _skip = skip;

    /// <summary>Where the first event is that may be in the tail.</summary>
    public long From => from;

    /// <summary>Whether the next event of the room, at this offset, is in its tail.</summary>
    public bool Takes(long offset) => offset >= from && --_skip < 0;
}
