using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Clients;

/// <summary>What one client believes: its nick, the rooms it is in, and how far it has seen them. It learns only from what it is sent.</summary>
internal sealed class Picture(Link link)
{
    private readonly Dictionary<string, long> _rooms = new(StringComparer.Ordinal);

    public string Nick { get; set; } = "";

    public bool IsInside(string room) => _rooms.ContainsKey(room);

    public int RoomCount => _rooms.Count;

    public void Enter(string room, long seq) => _rooms[room] = seq;

    /// <summary>The next event was seen; it must be of a room that the client is in.</summary>
    public void See(LoggedEvent seen)
    {
        var isOwn = seen.Actor == link;
        if (seen.Kind == EventKind.Joined && isOwn)
        {
            _rooms[seen.Room] = seen.Seq;
            return;
        }

        Check.Fail(!_rooms.ContainsKey(seen.Room), CheckNames.Membership, $"client {link.ClientNumber} sees an event of {seen.Room}, in which it is not: {seen}");
        if (isOwn && seen.Kind == EventKind.Left)
        {
            _rooms.Remove(seen.Room);
        }
        else if (isOwn && seen.Kind == EventKind.Renamed)
        {
            Nick = seen.NewNick;
        }
    }

    /// <summary>For who is told numbers: the next one in a room.</summary>
    public void Count(string room, long seq)
    {
        if (_rooms.TryGetValue(room, out var last))
        {
            Check.Fail(seq != last + 1, CheckNames.Views, $"client {link.ClientNumber} sees number {seq} of {room} after {last}");
            _rooms[room] = seq;
        }
    }

    /// <summary>The last number seen in a room; -1 for a room that the client is not in.</summary>
    public long LastSeq(string room) => _rooms.TryGetValue(room, out var last) ? last : -1;
}
