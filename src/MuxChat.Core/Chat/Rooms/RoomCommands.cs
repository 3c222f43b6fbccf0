using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>Commands that change memberships, topics and nicks.</summary>
internal sealed class RoomCommands(ChatState state)
{
    /// <summary>Enters a room. If the person is in it already, makes it the current room.</summary>
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

    /// <summary>
    /// Enters a room, under a new nick if one is given. First hands the room's events since the given one to
    /// <see cref="Command.ShowMissed"/>.
    /// </summary>
    public CommandResult Resume(Person person, in Command command)
    {
        if (command.Room.IsEmpty || command.Epoch == 0)
        {
            return CommandResult.Error(ErrorCode.MissingField, command.Room.IsEmpty ? "the room is missing" : "the epoch is missing");
        }

        if (!command.Nick.IsEmpty && !Nickname.IsValid(command.Nick))
        {
            return CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
        }

        var allowed = MayEnter(person, command.Room, command.Key, command.Nick);
        if (allowed.IsOk && !command.Nick.IsEmpty)
        {
            allowed = Rename(person, command);
        }

        if (!allowed.IsOk)
        {
            return allowed;
        }

        var room = Open(person, command.Room, out var price);
        var membership = person.Find(room);
        try
        {
            command.ShowMissed?.Invoke(room, HistoryRange.Missed(room, membership, command, state.Limits.HistoryAnswerBytes));
        }
        catch
        {
            state.Rooms.RestIfEmpty(room);
            throw;
        }

        if (membership is null)
        {
            return CommandResult.Ok(Enter(person, room)) with { Price = price };
        }

        TurnTo(person, room);
        return CommandResult.Ok(room.LastSeq) with { Price = price };
    }

    /// <summary>
    /// Returns the room of that name, and makes it if there is none; <paramref name="price"/> is the price of making
    /// it, or 0. The caller has checked <see cref="MayEnter"/>.
    /// </summary>
    private Room Open(Person person, ReadOnlySpan<byte> name, out int price)
    {
        var known = state.Rooms.FindDormantToo(name);
        price = known is null ? state.Limits.MakingRoomPrice : 0;
        return known is { Dormancy: null } ? known : state.Rooms.Open(name, known is null ? person.DescribeIdentity().Host : []);
    }

    /// <summary>
    /// Whether a person may enter a room, under <paramref name="nick"/> if one is given. True also if they are in it already.
    /// </summary>
    private CommandResult MayEnter(Person person, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nick = default)
    {
        // No person is in a dormant room, but its bans, key and other limits still apply.
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

    /// <summary>Adds a person to a room and announces it there. Sends the person the room's state.</summary>
    /// <returns>The number of the event by which the person entered.</returns>
    public long Enter(Person person, Room room)
    {
        // The first person in a room becomes its operator, unless earlier operators have changed its rules or topic. The lobby, where every
        // person starts, has no operators except the server's.
        var isFirst = room.MemberCount == 0 && room.HasDefaultStanding && !room.IsLobby;
        var membership = new Membership(person, room) { Rank = isFirst ? MemberRank.Operator : MemberRank.None };
        var subscription = room.Rules.ConsumeInvitation(person);
        person.Enter(membership);
        person.Session?.Current = room;
        room.Enter(membership);
        state.Publish(room, EventKind.Joined, person, []);
        membership.EnteredSeq = room.LastSeq;
        Tell(person, room);

        // Announced after the join. A person appointed as operator of the lobby must not lose that by entering another room.
        if ((subscription & ~membership.Rank) != 0)
        {
            membership.Rank |= subscription;
            state.Publish(room, EventKind.ModeSet, person, [.. "+o "u8, .. person.Nick]);
        }
        else if (room.IsLobby)
        {
            state.RankInLobby(person);
        }

        ProfileCommands.AnnounceAway(state, membership);
        return membership.EnteredSeq;
    }

    /// <summary>Makes a room that the person is in their current one, and sends them its state.</summary>
    private void TurnTo(Person person, Room room)
    {
        person.Session?.Current = room;
        Tell(person, room);
    }

    /// <summary>Leaves a room. If it was the current one, the last joined of the remaining rooms becomes current.</summary>
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

    /// <summary>Removes a person from a room. The caller has already announced it there.</summary>
    public void Leave(Membership membership)
    {
        var (person, room) = (membership.Person, membership.Room);
        person.Leave(membership);
        if (ReferenceEquals(person.Session?.Current, room))
        {
            person.Session?.Current = person.Memberships.Count > 0 ? person.Memberships[^1].Room : null;
        }

        room.Leave(membership);
        state.Heard.Note(person, room);
        state.Rooms.RestIfEmpty(room);
    }

    /// <summary>Sets the topic if a text is given; an empty text removes it. Without a text, sends the person the room's state.</summary>
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

        // Every member reads the topic, so setting it is one more way to speak.
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

    /// <summary>Changes a person's nick. A change of case only is allowed.</summary>
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

        // A guest did not choose their first nick, so a moderated room such as the lobby does not keep them from choosing one.
        var allowed = RoomAccess.MayTakeAnother(person, "nick", isShownWhereModerated: person.HasChosenNick);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var renamed = command.Nick.ToArray();
        if (person.Memberships.Count == 0)
        {
            person.Receive(new ChatEvent
            {
                Kind = EventKind.Renamed,
                UnixMs = state.Clock.UnixMs,
                Actor = person,
                Nick = person.Nick,
                NewNick = renamed
            });
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
