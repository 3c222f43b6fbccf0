using MuxChat.Core.Chat.Text;

namespace MuxChat.Storage.Recovery;

/// <summary>Finds the last events of each room, from the newest segment to the oldest.</summary>
internal sealed class RestorePlan(int tailEvents)
{
    private readonly Dictionary<byte[], long> _found = new(AsciiCaseInsensitive.Instance);

    /// <summary>Plans the next older segment, by room; empty when all tails are complete without it.</summary>
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

/// <summary>The events of one room in one segment that belong to the room's tail.</summary>
/// <param name="from">Offset of the first candidate.</param>
/// <param name="skip">Candidates from there on that do not belong to the tail.</param>
internal sealed record RoomPlan(long from, long skip)
{
    private long _skip = skip;

    /// <summary>Offset of the first event that may be in the tail.</summary>
    public long From => from;

    /// <summary>Whether the room's next event, at this offset, is in its tail. Call it once per event, in order.</summary>
    public bool Takes(long offset) => offset >= from && --_skip < 0;
}
