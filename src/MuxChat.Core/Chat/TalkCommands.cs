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

        // A client's current room is always one it is in: only a room that was named needs the look.
        if (!ReferenceEquals(room, session.Current) && session.Find(room) is null)
        {
            return CommandResult.Refused(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
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

        var to = state.Nicks.Find(command.Nick);
        if (to is null)
        {
            return Nickname.IsValid(command.Nick)
                ? CommandResult.Refused(ErrorCode.UnknownNick, $"nobody here is called {ChatState.Text(command.Nick)}")
                : CommandResult.Refused(ErrorCode.BadNick, Nickname.Rule);
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
