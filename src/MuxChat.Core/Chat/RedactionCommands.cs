using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>Removes messages: a line of a room for its author or an operator, any other message for the session that sent it.</summary>
/// <remarks>
/// The author of a line is the person who said it, for as long as that person stays connected. After a restart no line has an author.
/// </remarks>
internal sealed class RedactionCommands(ChatState state)
{
    private static readonly CommandResult Unknown = CommandResult.Error(ErrorCode.BadField, "there is no such message, or it is too old");

    /// <summary>Removes a message that was sent to a room, or to one person.</summary>
    public CommandResult Redact(Person person, in Command command)
    {
        var reason = state.CheckOptionalText(command.Text, "the reason");
        return !reason.IsOk ? reason : command.Nick.IsEmpty ? InRoom(person, command) : InPrivate(person, command);
    }

    private CommandResult InRoom(Person person, in Command command)
    {
        var found = state.FindRoom(person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        var membership = person.Find(room);
        if (membership is null && !person.IsOperator)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        // A reason is speech.
        var isOperator = person.IsOperator || (membership!.Rank & MemberRank.Operator) != 0;
        var allowed = isOperator ? CommandResult.Ok() : RoomAccess.MaySpeak(person, room, membership);
        return !allowed.IsOk ? allowed
            : MessageId.TryReadPair(command.MessageId, out var epoch, out var seq) ? Line(person, room, epoch, seq, isOperator, command)
            : Tags(person, room, command);
    }

    private CommandResult Line(Person person, Room room, long epoch, long seq, bool isOperator, in Command command)
    {
        var index = room.Log.Find(epoch, seq) ?? -1;
        if (index < 0 || room.Log.KindOf(index, out _) is not (EventKind.Said or EventKind.Acted))
        {
            return Unknown;
        }

        if (!isOperator && room.Log.AuthorOf(index) != person.Number)
        {
            return CommandResult.Error(ErrorCode.NotRoomOperator, "only its author and operators of the room may remove a message");
        }

        var text = Redaction.Encode(epoch, seq, command.Text);
        room.Log.Erase(index);
        state.Delivery.BeginAnnouncement();
        state.Publish(room, EventKind.Redacted, person, text);
        if (person.Find(room) is null)
        {
            var told = NewRedaction(person, text);
            told.Room = room;
            told.Seq = room.LastSeq;
            command.Echo?.Receive(told);
        }

        return CommandResult.Ok(room.LastSeq);
    }

    // No room remembers tags without a text, so only programs hear of it.
    private CommandResult Tags(Person person, Room room, in Command command)
    {
        if (!TryTake(person, command.MessageId, SentMessages.Of(room), out var id))
        {
            return Unknown;
        }

        var told = NewRedaction(person, Redaction.Encode(id, command.Text));
        told.Room = room;
        told.MessageId = state.NextMessageId();
        state.Delivery.BeginAnnouncement();
        room.Subscribers.Publish(told, person.Subscriber);
        return CommandResult.Ok();
    }

    private CommandResult InPrivate(Person person, in Command command)
    {
        var found = state.FindPerson(command.Nick, out var to);
        if (!found.IsOk || !TryTake(person, command.MessageId, SentMessages.Of(to), out var id))
        {
            return found.IsOk ? Unknown : found;
        }

        var told = NewRedaction(person, Redaction.Encode(id, command.Text));
        told.NewNick = to.Nick;
        told.MessageId = state.NextMessageId();
        to.Receive(told);
        if (!ReferenceEquals(to, person))
        {
            command.Echo?.Receive(told);
        }

        return CommandResult.Ok();
    }

    private bool TryTake(Person person, ReadOnlySpan<byte> text, long to, out MessageId id) =>
        MessageId.TryRead(text, out id) && state.IsOwn(id)
        && (person.Session?.SentTexts.TryTake(id, to) == true || person.Session?.SentTags.TryTake(id, to) == true);

    private ChatEvent NewRedaction(Person person, ReadOnlySpan<byte> text) => new()
    {
        Kind = EventKind.Redacted,
        UnixMs = state.Clock.UnixMs,
        Actor = person,
        Nick = person.Nick,
        Text = text,
    };
}
