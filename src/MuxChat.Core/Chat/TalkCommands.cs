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
        state.LinesDelivered += state.Publish(room, kind, session, command.Text);
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
        state.LinesDelivered++;
        to.Recipient.Receive(new ChatEvent
        {
            Kind = EventKind.Message,
            UnixMs = state.Clock.UnixMs,
            Nick = session.Nick,
            NewNick = to.Nick,
            Text = command.Text,
        });
        return CommandResult.Done();
    }
}
