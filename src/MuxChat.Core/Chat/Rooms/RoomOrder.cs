using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// The rooms that people are in, and the lobby: largest first, those of the same size by name. Kept in order as people come and go, so that
/// a list of rooms costs no sorting.
/// </summary>
/// <remarks>
/// Owned by the directory. Invariant: a room stands here exactly while <see cref="Room.IsListed"/>; it is taken out before its size
/// changes.
/// </remarks>
internal sealed class RoomOrder
{
    private static readonly Comparer<Room> BySize = Comparer<Room>.Create(static (a, b) =>
        a.MemberCount != b.MemberCount ? b.MemberCount.CompareTo(a.MemberCount) : a.Name.AsSpan().SequenceCompareTo(b.Name));

    private readonly List<Room> _rooms = [];
    private Room[]? _snapshot;

    /// <summary>How many rooms there are.</summary>
    public int Count => _rooms.Count;

    /// <summary>The rooms in order, until somebody enters or leaves one.</summary>
    public ReadOnlySpan<Room> Rooms => CollectionsMarshal.AsSpan(_rooms);

    /// <summary>The rooms as they are now. All who ask before somebody enters or leaves one share the array.</summary>
    public Room[] Snapshot() => _snapshot ??= [.. _rooms];

    /// <summary>Puts a room where it belongs, if it is to stand here.</summary>
    public void Add(Room room)
    {
        if (room.IsListed)
        {
            _snapshot = null;
            _rooms.Insert(~_rooms.BinarySearch(room, BySize), room);
        }
    }

    /// <summary>Takes a room out whose size is about to change.</summary>
    public void Remove(Room room)
    {
        if (room.IsListed)
        {
            _snapshot = null;
            _rooms.RemoveAt(_rooms.BinarySearch(room, BySize));
        }
    }
}
