using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// What one client believes: its nick, the rooms it is in, and how far it has seen them. It learns only from what it is sent.
/// </summary>
internal sealed class Picture(Link link)
{
    private readonly Dictionary<string, RoomPicture> _rooms = new(StringComparer.Ordinal);

    public string Nick { get; set; } = "";

    public bool IsInside(string room) => _rooms.ContainsKey(room);

    public int RoomCount => _rooms.Count;

    public void Enter(string room, long seq, long index = 0) =>
        _rooms[room] = new RoomPicture { Last = seq, Entered = seq, EnteredIndex = index };

    /// <summary>The room as it is seen; null for one that the client is not in.</summary>
    public RoomPicture? Of(string room) => _rooms.GetValueOrDefault(room);

    /// <summary>The next event was seen; it must be of a room that the client is in.</summary>
    public void See(LoggedEvent seen)
    {
        var isOwn = seen.Author == link;
        link.LastSeen = seen.Index;
        if (seen.Kind is EventKind.Away or EventKind.Invited)
        {
            // Told once for all the rooms that are shared: the one it is told in may have been left since. Who is invited is not in.
            return;
        }

        if (seen.Kind == EventKind.Joined && isOwn)
        {
            Enter(seen.Room, seen.Seq, seen.Index);
            return;
        }

        Check.Fail(!_rooms.ContainsKey(seen.Room), CheckNames.Membership,
            $"client {link.ClientNumber} sees an event of {seen.Room}, in which it is not: {seen}");
        if ((isOwn && seen.Kind == EventKind.Left) || (seen.Kind == EventKind.Kicked && seen.Other == link))
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
        if (_rooms.TryGetValue(room, out var picture))
        {
            PassOwn(room, picture, seq - 1);
            Check.Fail(seq != picture.Last + 1, CheckNames.Views,
                $"client {link.ClientNumber} sees number {seq} of {room} after {picture.Last}");
            Remember(room, picture, seq);
        }
    }

    /// <summary>The number of something of its own, which it learns later where there is a journal.</summary>
    public void CountOwn(LoggedEvent own)
    {
        // What it did before it left and entered again may have any number: the room may have been forgotten meanwhile.
        if (_rooms.TryGetValue(own.Room, out var picture) && own.Index > picture.EnteredIndex && !picture.Passed.Remove(own.Seq))
        {
            Count(own.Room, own.Seq);
        }
    }

    /// <summary>
    /// The last number seen in a room, and after it those of its own up to a number that were not told yet; -1 for a
    /// room that the client is not in.
    /// </summary>
    public long LastSeq(string room, long upTo)
    {
        if (!_rooms.TryGetValue(room, out var picture))
        {
            return -1;
        }

        PassOwn(room, picture, upTo);
        return picture.Last;
    }

    /// <summary>The room's epoch was told.</summary>
    public void NoteEpoch(string room, long epoch)
    {
        if (_rooms.TryGetValue(room, out var picture))
        {
            Check.Fail(picture.Epoch != 0 && picture.Epoch != epoch, CheckNames.Epochs,
                $"client {link.ClientNumber} is in {room}, whose epoch was {picture.Epoch} and is {epoch}");
            picture.Epoch = epoch;
            Remember(room, picture, picture.Last);
        }
    }

    private void PassOwn(string room, RoomPicture picture, long upTo)
    {
        while (picture.Last < upTo && link.IsOwnAndLate(room, picture.Last + 1, picture.EnteredIndex))
        {
            picture.Passed.Add(++picture.Last);
        }
    }

    private void Remember(string room, RoomPicture picture, long seq)
    {
        picture.Last = seq;
        if (picture.Epoch != 0)
        {
            link.Client.Marks[room] = (picture.Epoch, seq);
        }
    }
}
