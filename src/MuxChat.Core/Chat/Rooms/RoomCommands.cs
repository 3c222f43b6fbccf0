using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>Entering and leaving rooms, their topics, and nicks: what changes who is where and under which name.</summary>
internal sealed class RoomCommands(ChatState state)
{
    /// <summary>Enters a room, or turns to it when the client is in it already.</summary>
    public CommandResult Join(Person person, in Command command)
    {
        if (command.Room.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the room is missing");
        }

        var allowed = MayEnter(person, command.Room, command.Key);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var room = state.Rooms.Find(command.Room);
        if (room is not null && person.Find(room) is not null)
        {
            TurnTo(person, room);
            return CommandResult.Ok();
        }

        room = Open(person, command.Room, out var price);
        return CommandResult.Ok(Enter(person, room)) with { Price = price };
    }

    /// <summary>The room of that name for a person who may enter it; made if there is none, which has a price.</summary>
    public Room Open(Person person, ReadOnlySpan<byte> name, out int price)
    {
        var known = state.Rooms.FindDormantToo(name);
        price = known is null ? state.Limits.MakingRoomPrice : 0;
        return known is { Dormancy: null } ? known : state.Rooms.Open(name, known is null ? person.DescribeIdentity().Host : []);
    }

    /// <summary>Whether a person may enter a room, under a new nick if one is given, or is in it already.</summary>
    public CommandResult MayEnter(Person person, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nick = default)
    {
        // Nobody is in a dormant room, and what keeps people out of it holds all the same.
        var room = state.Rooms.FindDormantToo(name);
        if (room is not null && person.Find(room) is not null)
        {
            return CommandResult.Ok();
        }

        if (room is null && !RoomName.IsValid(name))
        {
            return CommandResult.Error(ErrorCode.BadRoom, RoomName.Rule);
        }

        if (person.Memberships.Count >= state.Limits.RoomsPerClient)
        {
            return CommandResult.Error(ErrorCode.TooManyRooms,
                $"you are in {state.Limits.RoomsPerClient} rooms, the maximum: leave one first");
        }

        if (room is not { Dormancy: null } && state.Rooms.IsFull)
        {
            return CommandResult.Error(ErrorCode.ServerRoomsFull,
                $"the server has {state.Limits.Rooms} rooms, the maximum: join one of them");
        }

        return room is null ? CommandResult.Ok() : RoomAccess.MayEnter(person, room, key, nick);
    }

    /// <summary>Puts a person into a room, tells the room, and tells the person how the room stands and what was said there.</summary>
    /// <returns>The number of the event by which it entered.</returns>
    public long Enter(Person person, Room room)
    {
        // The first in a room is its operator, unless its operators have decided something about it before; the lobby, where everybody
        // begins, has none but the server's.
        var isFirst = room.MemberCount == 0 && room.HasDefaultStanding && !room.IsLobby;
        var membership = new Membership(person, room) { Rank = isFirst ? MemberRank.Operator : MemberRank.None };
        var subscription = room.Rules.ConsumeInvitation(person);
        person.Enter(membership);
        person.Session?.Current = room;
        room.Enter(membership);
        state.Publish(room, EventKind.Joined, person, []);
        membership.EnteredSeq = room.LastSeq;
        Tell(person, room);
        if (person.Session is { } session)
        {
            HistoryCommands.Replay(state, session, membership);
        }

        // Behind the news that it is in. Whoever was made an operator of the lobby is not to lose that by entering another room.
        if ((subscription & ~membership.Rank) != 0)
        {
            membership.Rank |= subscription;
            state.Publish(room, EventKind.ModeSet, person, [.. "+o "u8, .. person.Nick]);
        }
        else if (room.IsLobby)
        {
            state.RankInLobby(person);
        }

        return membership.EnteredSeq;
    }

    /// <summary>Makes a room that a person is in its current one, and tells it how the room stands.</summary>
    public void TurnTo(Person person, Room room)
    {
        person.Session?.Current = room;
        Tell(person, room);
    }

    /// <summary>Leaves a room; the last one joined of those that remain becomes the current one.</summary>
    public CommandResult Part(Person person, in Command command)
    {
        var found = state.FindRoom(person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        var membership = person.Find(room);
        if (membership is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}");
        }

        var reason = state.CheckOptionalText(command.Text, "the reason");
        if (!reason.IsOk)
        {
            return reason;
        }

        state.Publish(room, EventKind.Left, person, RoomAccess.LastWord(membership, command.Text));
        Leave(membership);
        return CommandResult.Ok(room.LastSeq);
    }

    /// <summary>Takes a person out of a room, which has been told.</summary>
    public void Leave(Membership membership)
    {
        var (person, room) = (membership.Person, membership.Room);
        person.Leave(membership);
        if (ReferenceEquals(person.Session?.Current, room))
        {
            person.Session?.Current = person.Memberships.Count > 0 ? person.Memberships[^1].Room : null;
        }

        room.Leave(membership);
        state.Rooms.RestIfEmpty(room);
    }

    /// <summary>Sets the topic when a text is given (an empty one removes it), else tells how the room stands.</summary>
    public CommandResult Topic(Person person, in Command command)
    {
        var found = state.FindRoom(person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        if (!command.HasText)
        {
            Tell(person, room);
            return CommandResult.Ok();
        }

        var membership = person.Find(room);
        if (membership is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        if ((room.Rules.Modes & RoomModes.TopicByOperators) != 0 && (membership.Rank & MemberRank.Operator) == 0)
        {
            return CommandResult.Error(ErrorCode.NotRoomOperator, $"only operators of {ChatState.Text(room.Name)} may set its topic");
        }

        // A topic is read by everybody there: it is one more way to speak.
        var allowed = RoomAccess.MaySpeak(person, room, membership);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var text = state.CheckOptionalText(command.Text, "the topic");
        if (!text.IsOk)
        {
            return text;
        }

        room.SetTopic(command.Text, person.Nick, room.Log.TimeOfNext(state.Clock.UnixMs));
        state.Publish(room, EventKind.TopicSet, person, command.Text);
        return CommandResult.Ok(room.LastSeq) with { Price = room.StandingPrice };
    }

    /// <summary>Takes another nick; changing only its case is allowed.</summary>
    public CommandResult Rename(Person person, in Command command)
    {
        if (command.Nick.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the nick is missing");
        }

        if (!Nickname.IsValid(command.Nick))
        {
            return CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
        }

        var owner = state.Nicks.Find(command.Nick);
        if (owner is not null && !ReferenceEquals(owner, person))
        {
            return CommandResult.Error(ErrorCode.NickTaken,
                $"the nick {ChatState.Text(owner.Nick)} is taken: choose another");
        }

        if (command.Nick.SequenceEqual(person.Nick))
        {
            return CommandResult.Ok();
        }

        // A guest was put into the lobby under a nick that it did not choose: it may choose one there.
        var allowed = RoomAccess.MayTakeAnother(person, "nick", isShownWhereModerated: person.HasChosenNick);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var renamed = command.Nick.ToArray();
        if (person.Memberships.Count == 0)
        {
            person.Receive(new ChatEvent { Kind = EventKind.Renamed, UnixMs = state.Clock.UnixMs, Actor = person, Nick = person.Nick, NewNick = renamed });
        }

        state.Delivery.BeginAnnouncement();
        foreach (var membership in person.Memberships)
        {
            state.Publish(membership.Room, EventKind.Renamed, person, [], renamed);
            membership.IsMuted = null;
        }

        state.Nicks.Rename(person, renamed);
        person.HasChosenNick = true;
        return CommandResult.Ok();
    }

    private void Tell(Person person, Room room) => person.Receive(new ChatEvent
    {
        Kind = EventKind.RoomState,
        Room = room,
        Seq = room.LastSeq,
        UnixMs = state.Clock.UnixMs,
        Nick = ReferenceEquals(room, person.Session?.Current) ? person.Nick : [],
        Text = room.Topic,
        Total = room.MemberCount,
    });
}
