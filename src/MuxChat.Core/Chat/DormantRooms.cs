namespace MuxChat.Core.Chat;

/// <summary>
/// The rooms without members, in the order in which they are forgotten: those in which nothing was said and nothing decided before the
/// others; of those, what was made from the same address as the room that needs the place; of those, the one that has been dormant longest.
/// </summary>
/// <remarks>Invariant: a room is in one of the two lists exactly while its <see cref="Room.Dormancy"/> is not null.</remarks>
internal sealed class DormantRooms
{
    private readonly LinkedList<Room> _silent = new();
    private readonly LinkedList<Room> _others = new();

    public int Count => _silent.Count + _others.Count;

    /// <summary>A room has no members any more.</summary>
    public void Add(Room room) => room.Dormancy = ListOf(room).AddLast(room);

    /// <summary>The same while the past is restored: behind those whose last event was before its own. A standing is no event.</summary>
    public void AddInOrder(Room room)
    {
        var resting = ListOf(room);
        var before = resting.Last;
        while (before is not null && before.Value.RestoredAt > room.RestoredAt)
        {
            before = before.Previous;
        }

        room.Dormancy = before is null ? resting.AddFirst(room) : resting.AddAfter(before, room);
    }

    /// <summary>Somebody enters a room. Does nothing for one that is not dormant.</summary>
    public static void Remove(Room room)
    {
        room.Dormancy?.List!.Remove(room.Dormancy);
        room.Dormancy = null;
    }

    /// <summary>
    /// Takes out the room that is to be forgotten first, of those in which nothing was said and nothing decided; null without any.
    /// </summary>
    public Room? TakeSilent(byte[] madeFrom) => Take(_silent, madeFrom);

    /// <summary>The same of the others.</summary>
    public Room? TakeOther(byte[] madeFrom) => Take(_others, madeFrom);

    private LinkedList<Room> ListOf(Room room) => room.HasDefaultStanding && room.IsSilent() ? _silent : _others;

    // The first of those that were made from there; else the first of all.
    private static Room? Take(LinkedList<Room> resting, byte[] madeFrom)
    {
        var victim = resting.First;
        for (var place = madeFrom.Length > 0 ? victim : null; place is not null; place = place.Next)
        {
            if (place.Value.MadeFrom.AsSpan().SequenceEqual(madeFrom))
            {
                victim = place;
                break;
            }
        }

        if (victim is not null)
        {
            resting.Remove(victim);
        }

        return victim?.Value;
    }
}
