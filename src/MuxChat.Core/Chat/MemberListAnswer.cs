using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat;

/// <summary>
/// The members of a room, in parts. The last part of the list comes first, since who leaves meanwhile gives its place to the last one:
/// nobody who stays is left out, and somebody may be named twice.
/// </summary>
internal sealed class MemberListAnswer(Session session, Room room, int membersPerPart) : ILongAnswer
{
    private readonly int _total = Seen(session, room, room.Members).Length;
    private int _left = room.MemberCount;

    public bool WritePart()
    {
        // The room may have become secret, and the client have left it.
        _left = room.IsSeenBy(session) ? Math.Min(_left, room.MemberCount) : 0;
        var first = Math.Max(0, _left - membersPerPart);
        var part = Seen(session, room, room.Members[first.._left]);
        _left = first;
        session.Recipient.Receive(new ChatEvent
        {
            Kind = EventKind.MemberList,
            Room = room,
            Members = part,
            Total = _total,
            More = _left > 0,
        });
        return _left > 0;
    }

    // Copied only where somebody is to be left out: invisible people are seen from within.
    private static ReadOnlySpan<Membership> Seen(Session session, Room room, ReadOnlySpan<Membership> members)
    {
        if (session.Find(room) is not null)
        {
            return members;
        }

        var seen = new List<Membership>(members.Length);
        foreach (var member in members)
        {
            if (room.ShowsMember(member, session))
            {
                seen.Add(member);
            }
        }

        return CollectionsMarshal.AsSpan(seen);
    }
}
