namespace MuxChat.Core.Chat;

/// <summary>Say, act, and private messages.</summary>
internal sealed class TalkCommands(ChatState state)
{
    /// <summary>Says or acts in a room the client is in.</summary>
    public CommandResult Say(Session session, in Command command, EventKind kind)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        if (!found.IsDone)
        {
            return found;
        }

        // A client's current room is always one it is in: only a room that was named, or where not all may speak, needs the look.
        if (!ReferenceEquals(room, session.Current) || room.Rules.RestrictsSpeech)
        {
            var allowed = RoomAccess.MaySpeak(session, room, session.Find(room));
            if (!allowed.IsDone)
            {
                return allowed;
            }
        }

        var text = state.CheckText(command.Text, "the text");
        if (!text.IsDone)
        {
            return text;
        }

        state.LinesIn++;
        session.SpokeMs = state.Clock.NowMs;
        state.LinesDelivered += state.Publish(room, kind, session, command.Text, isNotice: command.IsNotice);
        return CommandResult.Done(room.LastSeq);
    }

    /// <summary>Sends a text to one person.</summary>
    public CommandResult Message(Session session, in Command command)
    {
        if (command.Nick.IsEmpty)
        {
            return CommandResult.Refused(ErrorCode.MissingField, "the nick is missing");
        }

        if (command.Nick.Length > 1 && command.Nick[1] == (byte)'#' && command.Nick[0] is (byte)'@' or (byte)'+')
        {
            return MessageToRank(session, command);
        }

        var found = state.FindSession(command.Nick, out var to);
        if (!found.IsDone)
        {
            return found;
        }

        var text = state.CheckText(command.Text, "the text");
        if (!text.IsDone)
        {
            return text;
        }

        state.LinesIn++;
        session.SpokeMs = state.Clock.NowMs;
        state.LinesDelivered++;
        to.Recipient.Receive(new ChatEvent
        {
            Kind = EventKind.Message,
            UnixMs = state.Clock.UnixMs,
            Actor = session,
            Nick = session.Nick,
            NewNick = to.Nick,
            Text = command.Text,
            IsAction = command.IsAction,
            IsNotice = command.IsNotice,
        });
        if (to.Away is not null && command.TellsAway)
        {
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Away, UnixMs = state.Clock.UnixMs, Actor = to, Nick = to.Nick, Text = to.Away });
        }

        return CommandResult.Done();
    }

    /// <summary>Sends a text to a room's operators (<c>@#room</c>), or to those and the ones with a voice (<c>+#room</c>). It is not remembered.</summary>
    private CommandResult MessageToRank(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Nick[1..], out var room);
        var result = found.IsDone ? RoomAccess.MaySpeak(session, room, session.Find(room)) : found;
        result = result.IsDone ? state.CheckText(command.Text, "the text") : result;
        if (!result.IsDone)
        {
            return result;
        }

        state.LinesIn++;
        session.SpokeMs = state.Clock.NowMs;
        var ranks = command.Nick[0] == (byte)'@' ? MemberRank.Operator : MemberRank.Operator | MemberRank.Voice;
        var message = new ChatEvent
        {
            Kind = EventKind.Message,
            UnixMs = state.Clock.UnixMs,
            Actor = session,
            Nick = session.Nick,
            NewNick = [command.Nick[0], .. room.Name],
            Text = command.Text,
            IsAction = command.IsAction,
            IsNotice = command.IsNotice,
        };
        foreach (var member in room.Members)
        {
            if ((member.Rank & ranks) != 0 && !ReferenceEquals(member.Session, session))
            {
                state.LinesDelivered++;
                member.Session.Recipient.Receive(message);
            }
        }

        return CommandResult.Done();
    }

    /// <summary>Says something to the programs of a room's members, where the room allows that.</summary>
    public CommandResult Signal(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        var result = found.IsDone ? RoomAccess.MaySpeak(session, room, session.Find(room)) : found;
        result = result.IsDone ? state.CheckText(command.Text, "the text") : result;
        if (!result.IsDone)
        {
            return result;
        }

        if ((room.Rules.Modes & RoomModes.NoProgramTalk) != 0)
        {
            return CommandResult.Refused(ErrorCode.CannotSpeak, $"programs do not talk to programs in {ChatState.Text(room.Name)} (mode C)");
        }

        var signal = new ChatEvent
        {
            Kind = EventKind.Signal,
            Room = room,
            UnixMs = state.Clock.UnixMs,
            Actor = session,
            Nick = session.Nick,
            Text = command.Text,
            IsNotice = command.IsNotice,
        };
        room.Audience.Publish(signal, session.Recipient);
        return CommandResult.Done();
    }

    /// <summary>Says why somebody is away; an empty text says that it is back.</summary>
    public CommandResult Away(Session session, in Command command)
    {
        var text = state.CheckOptionalText(command.Text, "the reason");
        if (text.IsDone)
        {
            session.Away = command.Text.IsEmpty ? null : command.Text.ToArray();
            state.Delivery.BeginAnnouncement();
            foreach (var membership in session.Memberships)
            {
                var away = new ChatEvent { Kind = EventKind.Away, UnixMs = state.Clock.UnixMs, Actor = session, Nick = session.Nick, Text = command.Text };
                membership.Room.Audience.Publish(away, session.Recipient);
            }
        }

        return text;
    }
}
