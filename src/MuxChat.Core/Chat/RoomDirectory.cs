namespace MuxChat.Core.Chat;

/// <summary>All rooms by name. Invariant: every room here has members, but for the lobby, which always is.</summary>
internal sealed class RoomDirectory
{
    private readonly Dictionary<byte[], Room> _rooms = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Room>.AlternateLookup<ReadOnlySpan<byte>> _byName;
    private readonly IDelivery _delivery;
    private readonly int _maxRooms;

    public RoomDirectory(IDelivery delivery, byte[] lobby, int maxRooms)
    {
        _delivery = delivery;
        _maxRooms = maxRooms;
        _byName = _rooms.GetAlternateLookup<ReadOnlySpan<byte>>();
        Lobby = Create(lobby);
    }

    public Room Lobby { get; }

    public int Count => _rooms.Count;

    public bool IsFull => _rooms.Count >= _maxRooms;

    public Room? Find(ReadOnlySpan<byte> name) => _byName.TryGetValue(name, out var room) ? room : null;

    public Room Create(ReadOnlySpan<byte> name)
    {
        var room = new Room(name.ToArray(), _delivery.CreateAudience());
        _rooms.Add(room.Name, room);
        return room;
    }

    public void RemoveIfEmpty(Room room)
    {
        if (room.MemberCount == 0 && !ReferenceEquals(room, Lobby))
        {
            _rooms.Remove(room.Name);
        }
    }

    /// <summary>The largest rooms, by members and then by name, at most <paramref name="count"/>.</summary>
    public Room[] Largest(int count)
    {
        var all = new Room[_rooms.Count];
        _rooms.Values.CopyTo(all, 0);
        Array.Sort(all, static (a, b) =>
            a.MemberCount != b.MemberCount ? b.MemberCount.CompareTo(a.MemberCount) : a.Name.AsSpan().SequenceCompareTo(b.Name));
        return all.Length <= count ? all : all[..count];
    }
}
