using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>Commands of a room's operators (change modes, kick, invite), and of server operators who act in their place.</summary>
internal sealed class ModerationCommands(ChatState state, RoomCommands rooms, ServerOperators operators)
{
    /// <summary>Changes a room's modes.</summary>
    public CommandResult Modes(Person person, in Command command)
    {
        var found = state.FindRoom(person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        return Change(person, room, command.Text, command.ModeAnswers, isOperator: IsOperator(person, room));
    }

    /// <summary>
    /// Changes a room's modes for a server operator, who need not be in the room. The room may be dormant. With a nick instead of modes,
    /// makes that person an operator of the room; to an operator of the room this is an ordinary change of modes.
    /// </summary>
    public CommandResult Override(Person person, in Command command)
    {
        if (!person.IsOperator)
        {
            return command.Nick.IsEmpty ? ServerOperators.NotOperator : Appoint(person, command);
        }

        var room = command.Room.IsEmpty ? person.Session?.Current : state.Rooms.FindDormantToo(command.Room);
        if (room is null)
        {
            return state.FindRoom(person, command.Room, out _);
        }

        if (command.Nick.IsEmpty && command.Text.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the nick is missing");
        }

        if (!command.Nick.IsEmpty && !Nickname.IsValid(command.Nick))
        {
            return CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
        }

        ReadOnlySpan<byte> modes = command.Nick.IsEmpty ? command.Text : Appointing(command.Nick);
        state.Rooms.Open(room.Name, []);
        try
        {
            return Change(person, room, modes, command.ModeAnswers, isOperator: true, isOverride: true);
        }
        finally
        {
            state.Rooms.RestIfEmpty(room);
        }
    }

    private CommandResult Appoint(Person person, in Command command)
    {
        if (!Nickname.IsValid(command.Nick))
        {
            return CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
        }

        var ordinary = command;
        ordinary.Text = Appointing(command.Nick);
        return Modes(person, ordinary);
    }

    private static byte[] Appointing(ReadOnlySpan<byte> nick) => [.. "+o "u8, .. nick];

    private CommandResult Change(
        Person person, Room room, ReadOnlySpan<byte> modes, IModeAnswers? answers, bool isOperator, bool isOverride = false)
    {
        var text = state.CheckOptionalText(modes, "the mode change");
        if (!text.IsOk)
        {
            return text;
        }

        var wasClosed = room.Rules.IsClosed;
        var request = new ModeRequest(state, person, room, answers, isOperator, isOverride);
        try
        {
            request.Apply(modes);
        }
        finally
        {
            state.Rooms.NoteRules(room);
            if (isOverride && (request.HasAppointed || !request.Made.IsEmpty))
            {
                operators.NoteOverride(person, room, modes);
            }
        }

        if (!request.Made.IsEmpty)
        {
            state.Publish(room, EventKind.ModeSet, person, request.Made.ToText());
            if (wasClosed && !room.Rules.IsClosed)
            {
                room.ForgetPast();
                state.Files.DropClosed(room);
            }
        }

        var result = request.Result.IsOk ? CommandResult.Ok(request.Made.IsEmpty ? 0 : room.LastSeq) : request.Result;
        return result with { Price = request.Made.IsEmpty ? 0 : room.StandingPrice };
    }

    /// <summary>Removes a person from a room, for an operator of the room.</summary>
    public CommandResult Kick(Person person, in Command command)
    {
        var found = Find(person, command, out var room, out var victim);
        if (!found.IsOk)
        {
            return found;
        }

        if (!IsOperator(person, room))
        {
            return CommandResult.Error(ErrorCode.NotRoomOperator, $"you are not an operator of {ChatState.Text(room.Name)}");
        }

        var membership = victim.Find(room);
        if (membership is null)
        {
            return CommandResult.Error(ErrorCode.NotThere, $"{ChatState.Text(victim.Nick)} is not in {ChatState.Text(room.Name)}");
        }

        var reason = state.CheckOptionalText(command.Text, "the reason");
        if (!reason.IsOk)
        {
            return reason;
        }

        state.Publish(room, EventKind.Kicked, person, command.Text, victim.Nick);
        rooms.Leave(membership);
        return CommandResult.Ok(room.LastSeq);
    }

    /// <summary>Invites a person to a room for one entry. If the room is invite-only, only its operators may do this.</summary>
    public CommandResult Invite(Person person, in Command command)
    {
        var found = Find(person, command, out var room, out var invited);
        if (!found.IsOk)
        {
            return found;
        }

        if ((room.Rules.Modes & RoomModes.InviteOnly) != 0 && !IsOperator(person, room))
        {
            return CommandResult.Error(ErrorCode.NotRoomOperator, $"only operators of {ChatState.Text(room.Name)} may invite people");
        }

        var allowed = RoomAccess.MaySpeak(person, room, person.Find(room));
        if (!allowed.IsOk)
        {
            return allowed;
        }

        if (invited.Find(room) is not null)
        {
            return CommandResult.Error(ErrorCode.AlreadyThere, $"{ChatState.Text(invited.Nick)} is already in {ChatState.Text(room.Name)}");
        }

        RoomAccess.Invite(state, person, room, invited, MemberRank.None);
        return CommandResult.Ok();
    }

    private static bool IsOperator(Person person, Room room) =>
        person.Find(room) is { } membership && (membership.Rank & MemberRank.Operator) != 0;

    private CommandResult Find(Person person, in Command command, out Room room, out Person other)
    {
        other = null!;
        var found = state.FindRoom(person, command.Room, out room);
        if (!found.IsOk)
        {
            return found;
        }

        if (command.Nick.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the nick is missing");
        }

        if (person.Find(room) is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        return state.FindPerson(command.Nick, out other);
    }
}
