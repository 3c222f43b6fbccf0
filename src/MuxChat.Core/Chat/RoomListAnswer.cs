using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat;

/// <summary>A list of rooms, as they were when it was asked for, in parts.</summary>
internal sealed class RoomListAnswer(Session session, List<Room> rooms, int total, int roomsPerPart) : ILongAnswer
{
    private int _next;

    public bool WritePart()
    {
        var part = CollectionsMarshal.AsSpan(rooms)[_next..Math.Min(_next + roomsPerPart, rooms.Count)];
        _next += part.Length;
        session.Recipient.Receive(new ChatEvent
        {
            Kind = EventKind.RoomList,
            Rooms = part,
            Total = total,
            More = _next < rooms.Count,
        });
        return _next < rooms.Count;
    }
}
