using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat;

/// <summary>Runs the commands that say something: to a room, to one person, or from program to program.</summary>
internal sealed class TalkCommands(ChatState state)
{
    private static ReadOnlySpan<byte> Cut => " [cut]"u8;

    /// <summary>Says a text or performs an action in a room.</summary>
    public CommandResult Say(Person person, in Command command, EventKind kind)
    {
        var allowed = MaySpeak(person, command.Room, out var room);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        var text = state.CheckText(command.Text, "the text");
        if (!text.IsOk)
        {
            return text;
        }

        state.Metrics.LinesIn.Increment();
        person.SpokeMs = state.Clock.NowMs;
        state.Metrics.LinesDelivered.Add(
            state.Publish(room, kind, person, command.Text, isNotice: command.IsNotice, tags: command.Tags));
        return CommandResult.Ok(room.LastSeq);
    }

    /// <summary>
    /// Says a text in a room for a sender who is in no room, such as an admin's script. The room's modes do not apply. The room is made or
    /// woken if it has no members. A text that is too long is cut.
    /// </summary>
    public CommandResult Announce(Person sender, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.Length > state.Limits.TextBytes)
        {
            text = (byte[])[.. text[..ChatText.Fit(text, state.Limits.TextBytes - Cut.Length)], .. Cut];
        }

        var known = state.Rooms.FindDormantToo(name);
        if (known is not { Dormancy: null } && state.Rooms.IsFull)
        {
            return CommandResult.Error(ErrorCode.ServerRoomsFull, $"the server has {state.Limits.Rooms} rooms, the maximum");
        }

        var result = state.CheckText(text, "the text");
        if (!result.IsOk)
        {
            return result;
        }

        var room = known is { Dormancy: null } ? known : state.Rooms.Open(name, []);
        try
        {
            state.Metrics.LinesIn.Increment();
            state.Metrics.LinesDelivered.Add(state.Publish(room, EventKind.Said, sender, text));
            return CommandResult.Ok(room.LastSeq);
        }
        finally
        {
            state.Rooms.RestIfEmpty(room);
        }
    }

    /// <summary>Sends a text to one person, or to the members of a room with a rank.</summary>
    public CommandResult Message(Person person, in Command command)
    {
        if (command.Nick.Length > 1 && command.Nick[1] == (byte)'#' && command.Nick[0] is (byte)'@' or (byte)'+')
        {
            return MessageToRank(person, command);
        }

        var found = state.FindPerson(command.Nick, out var to);
        if (!found.IsOk)
        {
            return found;
        }

        var text = state.CheckText(command.Text, "the text");
        if (!text.IsOk)
        {
            return text;
        }

        state.Metrics.LinesIn.Increment();
        person.SpokeMs = state.Clock.NowMs;
        state.Metrics.LinesDelivered.Increment();
        var message = NewMessage(person, to.Nick, command);
        person.Session?.SentTexts.Add(message.MessageId, SentMessages.Of(to));
        to.Receive(message);
        command.Echo?.Receive(message);
        ShowSent(person, command, to.Nick);
        if (to.Away is not null && command.TellsAway)
        {
            person.Receive(new ChatEvent
            {
                Kind = EventKind.Away,
                UnixMs = state.Clock.UnixMs,
                Actor = to,
                Nick = to.Nick,
                Text = to.Away
            });
        }

        return CommandResult.Ok();
    }

    /// <summary>
    /// Sends a text to a room's operators (<c>@#room</c>), or to its operators and members with voice
    /// (<c>+#room</c>). The room does not remember it.
    /// </summary>
    private CommandResult MessageToRank(Person person, in Command command)
    {
        var result = MaySpeak(person, command.Nick[1..], out var room);
        result = result.IsOk ? state.CheckText(command.Text, "the text") : result;
        if (!result.IsOk)
        {
            return result;
        }

        state.Metrics.LinesIn.Increment();
        person.SpokeMs = state.Clock.NowMs;
        var ranks = command.Nick[0] == (byte)'@' ? MemberRank.Operator : MemberRank.Operator | MemberRank.Voice;
        var message = NewMessage(person, [command.Nick[0], .. room.Name], command);
        foreach (var member in room.Members)
        {
            if ((member.Rank & ranks) != 0 && !ReferenceEquals(member.Person, person))
            {
                state.Metrics.LinesDelivered.Increment();
                member.Person.Receive(message);
            }
        }

        command.Echo?.Receive(message);
        ShowSent(person, command, message.NewNick);
        return CommandResult.Ok();
    }

    private void ShowSent(Person person, in Command command, ReadOnlySpan<byte> to)
    {
        if (command.ShowsSent)
        {
            person.Receive(new ChatEvent
            {
                Kind = EventKind.Sent,
                UnixMs = state.Clock.UnixMs,
                Actor = person,
                Nick = person.Nick,
                NewNick = to,
                Text = command.Text,
            });
        }
    }

    private ChatEvent NewMessage(Person person, ReadOnlySpan<byte> target, in Command command) => new()
    {
        Kind = EventKind.Message,
        MessageId = state.NextMessageId(),
        UnixMs = state.Clock.UnixMs,
        Actor = person,
        Nick = person.Nick,
        NewNick = target,
        Text = command.Text,
        IsAction = command.IsAction,
        IsNotice = command.IsNotice,
        Tags = command.Tags,
    };

    /// <summary>Sends a text to the programs of a room's members, if the room allows that.</summary>
    public CommandResult Signal(Person person, in Command command)
    {
        var result = MaySpeak(person, command.Room, out var room);
        result = result.IsOk ? state.CheckText(command.Text, "the text") : result;
        if (!result.IsOk)
        {
            return result;
        }

        if ((room.Rules.Modes & RoomModes.NoProgramTalk) != 0)
        {
            return CommandResult.Error(ErrorCode.CannotSpeak, $"{ChatState.Text(room.Name)} does not allow CTCP requests (mode C)");
        }

        var signal = new ChatEvent
        {
            Kind = EventKind.Signal,
            Room = room,
            MessageId = state.NextMessageId(),
            UnixMs = state.Clock.UnixMs,
            Actor = person,
            Nick = person.Nick,
            Text = command.Text,
            IsNotice = command.IsNotice,
        };
        room.Subscribers.Publish(signal, person.Subscriber);
        return CommandResult.Ok();
    }

    /// <summary>
    /// Sends tags for programs to a room, or to one person. Clients do not show them to people, and the room does not remember them.
    /// </summary>
    public CommandResult Tag(Person person, in Command command)
    {
        var tagged = new ChatEvent
        {
            Kind = EventKind.Tagged,
            UnixMs = state.Clock.UnixMs,
            Actor = person,
            Nick = person.Nick,
            Tags = command.Tags
        };
        if (command.Nick.IsEmpty)
        {
            var allowed = MaySpeak(person, command.Room, out var room);
            if (allowed.IsOk)
            {
                tagged.Room = room;
                tagged.MessageId = state.NextMessageId();
                person.Session?.SentTags.Add(tagged.MessageId, SentMessages.Of(room));
                room.Subscribers.Publish(tagged, person.Subscriber);
            }

            return allowed;
        }

        var found = state.FindPerson(command.Nick, out var to);
        if (found.IsOk)
        {
            tagged.NewNick = to.Nick;
            tagged.MessageId = state.NextMessageId();
            person.Session?.SentTags.Add(tagged.MessageId, SentMessages.Of(to));
            to.Receive(tagged);
            command.Echo?.Receive(tagged);
        }

        return found;
    }

    // Checks whether the person may speak, act or send anything in a room.
    private CommandResult MaySpeak(Person person, ReadOnlySpan<byte> name, out Room room)
    {
        var found = state.FindRoom(person, name, out room);

        // A client is always in its current room. The full check is needed only for a named room, or if the room restricts speech.
        return !found.IsOk || (ReferenceEquals(room, person.Session?.Current) && !room.Rules.RestrictsSpeech)
            ? found
            : RoomAccess.MaySpeak(person, room, person.Find(room));
    }
}
