namespace MuxChat.Core.Chat;

/// <summary>Say, act, and private messages.</summary>
internal sealed class TalkCommands(ChatState state)
{
    /// <summary>Says or acts in a room the client is in.</summary>
    public CommandResult Say(Session session, in Command command, EventKind kind)
    {
        var allowed = MaySpeak(session, command.Room, out var room);
        if (!allowed.IsDone)
        {
            return allowed;
        }

        var text = state.CheckText(command.Text, "the text");
        if (!text.IsDone)
        {
            return text;
        }

        state.LinesIn++;
        session.SpokeMs = state.Clock.NowMs;
        state.LinesDelivered += state.Publish(room, kind, session, command.Text, isNotice: command.IsNotice, tags: command.Tags);
        return CommandResult.Done(room.LastSeq);
    }

    /// <summary>Sends a text to one person.</summary>
    public CommandResult Message(Session session, in Command command)
    {
        var found = FindPerson(command.Nick, out var to);
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
            Tags = command.Tags,
        });
        return CommandResult.Done();
    }

    /// <summary>Sends what programs tell each other to a room the client is in, or to one person. Nobody is shown it, and nothing remembers it.</summary>
    public CommandResult Tag(Session session, in Command command)
    {
        var tagged = new ChatEvent { Kind = EventKind.Tagged, UnixMs = state.Clock.UnixMs, Actor = session, Nick = session.Nick, Tags = command.Tags };
        if (command.Nick.IsEmpty)
        {
            var allowed = MaySpeak(session, command.Room, out var room);
            if (allowed.IsDone)
            {
                tagged.Room = room;
                room.Audience.Publish(tagged, session.Recipient);
            }

            return allowed;
        }

        var found = FindPerson(command.Nick, out var to);
        if (found.IsDone)
        {
            tagged.NewNick = to.Nick;
            to.Recipient.Receive(tagged);
        }

        return found;
    }

    // Whatever is said, done or sent in a room: who may do that at all.
    private CommandResult MaySpeak(Session session, ReadOnlySpan<byte> name, out Room room)
    {
        var found = state.FindRoom(session, name, out room);
        if (!found.IsDone)
        {
            return found;
        }

        // A client's current room is always one it is in: only a room that was named needs the look.
        return !ReferenceEquals(room, session.Current) && session.Find(room) is null
            ? CommandResult.Refused(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first")
            : CommandResult.Done();
    }

    private CommandResult FindPerson(ReadOnlySpan<byte> nick, out Session person)
    {
        var found = state.Nicks.Find(nick);
        person = found!;
        return found is not null ? CommandResult.Done()
            : nick.IsEmpty ? CommandResult.Refused(ErrorCode.MissingField, "the nick is missing")
            : Nickname.IsValid(nick) ? CommandResult.Refused(ErrorCode.UnknownNick, $"nobody here is called {ChatState.Text(nick)}")
            : CommandResult.Refused(ErrorCode.BadNick, Nickname.Rule);
    }
}
