namespace MuxChat.Core.Chat.Rooms;

/// <summary>The rooms without members, in the order in which they are forgotten.</summary>
/// <remarks>
/// Order: first the rooms with a default standing and no messages, then the others. Within each group, rooms made from the same address as
/// the room that needs the place go first. Among those, the longest dormant goes first. Invariant: a room is in one of the two lists
/// exactly while its <see cref="Room.Dormancy"/> is not null.
/// </remarks>
internal sealed class DormantRooms
{
    private readonly LinkedList<Room> _silent = new();
    private readonly LinkedList<Room> _others = new();

    private bool _isUnsorted;

    public int Count => _silent.Count + _others.Count;

    /// <summary>Adds a room that has just lost its last member.</summary>
    public void Add(Room room) => room.Dormancy = ListOf(room).AddLast(room);

    /// <summary>Adds a room while the journal is being restored, in any order.</summary>
    /// <remarks>
    /// Restored rooms are ordered by their last event; a room without events comes before all others. The lists are sorted when
    /// <see cref="Sort()"/> is called or a room is removed. Finding each place at once would take time quadratic in the number of rooms.
    /// </remarks>
    public void AddRestored(Room room)
    {
        Add(room);
        _isUnsorted = true;
    }

    /// <summary>Sorts the restored rooms, once the whole journal has been read.</summary>
    public void Sort()
    {
        if (_isUnsorted)
        {
            _isUnsorted = false;
            Sort(_silent);
            Sort(_others);
        }
    }

    /// <summary>Removes a room that a person is about to enter. Does nothing if the room is not dormant.</summary>
    public static void Remove(Room room)
    {
        room.Dormancy?.List!.Remove(room.Dormancy);
        room.Dormancy = null;
    }

    /// <summary>Removes the room to forget first among those with a default standing and no messages. Null if there are none.</summary>
    public Room? RemoveSilent(byte[] madeFrom) => RemoveFirst(_silent, madeFrom);

    /// <summary>Removes the room to forget first among the other rooms. Null if there are none.</summary>
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

    // The first room that was made from that address, or else the first of the list.
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
