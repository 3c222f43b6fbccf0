namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// The rooms without members, in the order in which they are forgotten: those in which nothing was said and nothing decided before the
/// others; of those, what was made from the same address as the room that needs the place; of those, the one that has been dormant longest.
/// </summary>
/// <remarks>Invariant: a room is in one of the two lists exactly while its <see cref="Room.Dormancy"/> is not null.</remarks>
internal sealed class DormantRooms
{
    private readonly LinkedList<Room> _silent = new();
    private readonly LinkedList<Room> _others = new();

    private bool _isUnsorted;

    public int Count => _silent.Count + _others.Count;

    /// <summary>A room has no members any more.</summary>
    public void Add(Room room) => room.Dormancy = ListOf(room).AddLast(room);

    /// <summary>
    /// The same while the past is restored, in any order: a room stands by its last event, and one without before all others. Sorted when
    /// one is taken out, or <see cref="Sort()"/> is called: to look for each place at once would take the square of the rooms' number.
    /// </summary>
    public void AddRestored(Room room)
    {
        Add(room);
        _isUnsorted = true;
    }

    /// <summary>All of the past is restored.</summary>
    public void Sort()
    {
        if (_isUnsorted)
        {
            _isUnsorted = false;
            Sort(_silent);
            Sort(_others);
        }
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
    public Room? RemoveSilent(byte[] madeFrom) => RemoveFirst(_silent, madeFrom);

    /// <summary>The same of the others.</summary>
    public Room? RemoveOther(byte[] madeFrom) => RemoveFirst(_others, madeFrom);

    private LinkedList<Room> ListOf(Room room) => room.HasDefaultStanding && room.IsSilent() ? _silent : _others;

    private static void Sort(LinkedList<Room> resting)
    {
        var sorted = resting.OrderBy(static room => room.RestoredAt).ToArray();
        resting.Clear();
        foreach (var room in sorted)
        {
            room.Dormancy = resting.AddLast(room);
        }
    }

    // The first of those that were made from there; else the first of all.
    private Room? RemoveFirst(LinkedList<Room> resting, byte[] madeFrom)
    {
        Sort();
        var victim = resting.First;
        for (var place = madeFrom.Length > 0 ? victim : null; place is not null; place = place.Next)
        {
            if (place.Value.MadeFrom.AsSpan().SequenceEqual(madeFrom))
            {
                victim = place;
                break;
            }
        }

        var taken = victim?.Value;
        if (taken is not null)
        {
            Remove(taken);
        }

        return taken;
    }
}
