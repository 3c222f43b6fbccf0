using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>The rooms with members, and the lobby: largest first, rooms of the same size by name.</summary>
/// <remarks>
/// Joins and leaves keep the order, so that listing rooms needs no sorting. Invariant: a room is in the list exactly while
/// <see cref="Room.IsListed"/>; it is removed before its size changes and added again afterwards. Owner: the directory.
/// </remarks>
internal sealed class RoomOrder
{
    private static readonly Comparer<Room> BySize = Comparer<Room>.Create(static (a, b) =>
        a.MemberCount != b.MemberCount ? b.MemberCount.CompareTo(a.MemberCount) : a.Name.AsSpan().SequenceCompareTo(b.Name));

    private readonly List<Room> _rooms = [];
    private Room[]? _snapshot;

    /// <summary>The number of listed rooms.</summary>
    public int Count => _rooms.Count;

    /// <summary>The rooms in order, valid until a person enters or leaves one.</summary>
    public ReadOnlySpan<Room> Rooms => CollectionsMarshal.AsSpan(_rooms);

    /// <summary>Returns a copy of the list. Calls share one array until a person enters or leaves a room.</summary>
    public Room[] Snapshot() => _snapshot ??= [.. _rooms];

    /// <summary>Inserts a room at its place, if it is to be listed.</summary>
    public void Add(Room room)
    {
        if (room.IsListed)
        {
            _snapshot = null;
            _rooms.Insert(~_rooms.BinarySearch(room, BySize), room);
        }
    }

    /// <summary>Removes a room whose size is about to change.</summary>
    public void Remove(Room room)
    {
        if (room.IsListed)
        {
            _snapshot = null;
            _rooms.RemoveAt(_rooms.BinarySearch(room, BySize));
        }
    }
}
