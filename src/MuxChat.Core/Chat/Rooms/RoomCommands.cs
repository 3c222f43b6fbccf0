using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>Entering and leaving rooms, their topics, and nicks: what changes who is where and under which name.</summary>
internal sealed class RoomCommands(ChatState state)
{
    /// <summary>Enters a room, or turns to it when the client is in it already.</summary>
    public CommandResult Join(Session session, in Command command)
    {
        if (command.Room.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the room is missing");
        }

        var allowed = MayEnter(session, command.Room, command.Key);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var room = state.Rooms.Find(command.Room);
        if (room is not null && session.Find(room) is not null)
        {
            TurnTo(session, room);
            return CommandResult.Ok();
        }

        room = Open(session, command.Room, out var price);
        return CommandResult.Ok(Enter(session, room)) with { Price = price };
    }

    /// <summary>The room of that name for a session that may enter it; made if there is none, which has a price.</summary>
    public Room Open(Session session, ReadOnlySpan<byte> name, out int price)
    {
        var known = state.Rooms.FindDormantToo(name);
        price = known is null ? state.Limits.MakingRoomPrice : 0;
        return known is { Dormancy: null } ? known : state.Rooms.Open(name, known is null ? session.DescribeIdentity().Host : []);
    }

    /// <summary>Whether a session may enter a room, under a nick that it is to take before if one is given, or is in it already.</summary>
    public CommandResult MayEnter(Session session, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nick = default)
    {
        // Nobody is in a dormant room, and what keeps people out of it holds all the same.
        var room = state.Rooms.FindDormantToo(name);
        if (room is not null && session.Find(room) is not null)
        {
            return CommandResult.Ok();
        }

        if (room is null && !RoomName.IsValid(name))
        {
            return CommandResult.Error(ErrorCode.BadRoom, RoomName.Rule);
        }

        if (session.Memberships.Count >= state.Limits.RoomsPerClient)
        {
            return CommandResult.Error(ErrorCode.TooManyRooms,
                $"you are in {state.Limits.RoomsPerClient} rooms, the maximum: leave one first");
        }

        if (room is not { Dormancy: null } && state.Rooms.IsFull)
        {
            return CommandResult.Error(ErrorCode.ServerRoomsFull,
                $"the server has {state.Limits.Rooms} rooms, the maximum: join one of them");
        }

        return room is null ? CommandResult.Ok() : RoomAccess.MayEnter(session, room, key, nick);
    }

    /// <summary>Puts a session into a room, tells the room, and tells the session how the room stands and what was said there.</summary>
    /// <returns>The number of the event by which it entered.</returns>
    public long Enter(Session session, Room room)
    {
        // The first in a room is its operator, unless its operators have decided something about it before; the lobby, where everybody
        // begins, has none but the server's.
        var isFirst = room.MemberCount == 0 && room.HasDefaultStanding && !room.IsLobby;
        var membership = new Membership(session, room) { Rank = isFirst ? MemberRank.Operator : MemberRank.None };
        var subscription = room.Rules.ConsumeInvitation(session);
        session.Enter(membership);
        session.Current = room;
        room.Enter(membership);
        state.Publish(room, EventKind.Joined, session, []);
        membership.EnteredSeq = room.LastSeq;
        Tell(session, room);
        HistoryCommands.Replay(state, session, membership);

        // Behind the news that it is in. Whoever was made an operator of the lobby is not to lose that by entering another room.
        if ((subscription & ~membership.Rank) != 0)
        {
            membership.Rank |= subscription;
            state.Publish(room, EventKind.ModeSet, session, [.. "+o "u8, .. session.Nick]);
        }
        else if (room.IsLobby)
        {
            state.RankInLobby(session);
        }

        return membership.EnteredSeq;
    }

    /// <summary>Makes a room that a session is in its current one, and tells it how the room stands.</summary>
    public void TurnTo(Session session, Room room)
    {
        session.Current = room;
        Tell(session, room);
    }

    /// <summary>Leaves a room; the last one joined of those that remain becomes the current one.</summary>
    public CommandResult Part(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        var membership = session.Find(room);
        if (membership is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}");
        }

        var reason = state.CheckOptionalText(command.Text, "the reason");
        if (!reason.IsOk)
        {
            return reason;
        }

        state.Publish(room, EventKind.Left, session, RoomAccess.LastWord(membership, command.Text));
        Leave(membership);
        return CommandResult.Ok(room.LastSeq);
    }

    /// <summary>Takes a session out of a room, which has been told.</summary>
    public void Leave(Membership membership)
    {
        var (session, room) = (membership.Session, membership.Room);
        session.Leave(membership);
        if (ReferenceEquals(session.Current, room))
        {
            session.Current = session.Memberships.Count > 0 ? session.Memberships[^1].Room : null;
        }

        room.Leave(membership);
        state.Rooms.RestIfEmpty(room);
    }

    /// <summary>Sets the topic when a text is given (an empty one removes it), else tells how the room stands.</summary>
    public CommandResult Topic(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        if (!command.HasText)
        {
            Tell(session, room);
            return CommandResult.Ok();
        }

        var membership = session.Find(room);
        if (membership is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        if ((room.Rules.Modes & RoomModes.TopicByOperators) != 0 && (membership.Rank & MemberRank.Operator) == 0)
        {
            return CommandResult.Error(ErrorCode.NotRoomOperator, $"only operators of {ChatState.Text(room.Name)} may set its topic");
        }

        // A topic is read by everybody there: it is one more way to speak.
        var allowed = RoomAccess.MaySpeak(session, room, membership);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var text = state.CheckOptionalText(command.Text, "the topic");
        if (!text.IsOk)
        {
            return text;
        }

        room.SetTopic(command.Text, session.Nick, room.Log.TimeOfNext(state.Clock.UnixMs));
        state.Publish(room, EventKind.TopicSet, session, command.Text);
        return CommandResult.Ok(room.LastSeq) with { Price = room.StandingPrice };
    }

    /// <summary>Takes another nick; changing only its case is allowed.</summary>
    public CommandResult Rename(Session session, in Command command)
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
        if (owner is not null && !ReferenceEquals(owner, session))
        {
            return CommandResult.Error(ErrorCode.NickTaken,
                $"the nick {ChatState.Text(owner.Nick)} is taken: choose another");
        }

        if (command.Nick.SequenceEqual(session.Nick))
        {
            return CommandResult.Ok();
        }

        // A guest was put into the lobby under a nick that it did not choose: it may choose one there.
        var allowed = RoomAccess.MayTakeAnother(session, "nick", isShownWhereModerated: session.HasChosenNick);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var renamed = command.Nick.ToArray();
        if (session.Memberships.Count == 0)
        {
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Renamed, UnixMs = state.Clock.UnixMs, Actor = session, Nick = session.Nick, NewNick = renamed });
        }

        state.Delivery.BeginAnnouncement();
        foreach (var membership in session.Memberships)
        {
            state.Publish(membership.Room, EventKind.Renamed, session, [], renamed);
            membership.IsMuted = null;
        }

        state.Nicks.Rename(session, renamed);
        session.HasChosenNick = true;
        return CommandResult.Ok();
    }

    private void Tell(Session session, Room room) => session.Recipient.Receive(new ChatEvent
    {
        Kind = EventKind.RoomState,
        Room = room,
        Seq = room.LastSeq,
        UnixMs = state.Clock.UnixMs,
        Nick = ReferenceEquals(room, session.Current) ? session.Nick : [],
        Text = room.Topic,
        Total = room.MemberCount,
    });
}
