using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>MODE for a room (RFC 1459, section 4.2.3.1; modern.ircdocs.horse, "MODE message").</summary>
internal sealed class IrcModes : IModeAnswers
{
    private readonly IrcProtocolHandler _client;
    private readonly Room _room;

    private IrcModes(IrcProtocolHandler client, Room room)
    {
        _client = client;
        _room = room;
    }

    public static CommandResult Mode(IrcProtocolHandler client, in IrcMessage message)
    {
        if (!message[0].StartsWith("#"u8))
        {
            return IrcUserModes.Mode(client, message);
        }

        var room = client.Hub.FindRoom(client.Person, message[0]);
        if (room is null)
        {
            return client.ReplyError(IrcNumeric.NoSuchChannel, message[0], "No such channel", ErrorCode.UnknownRoom);
        }

        if (message.Count > 1)
        {
            return new IrcModes(client, room).Change(CommandKind.Modes, message);
        }

        client.Reply(IrcNumeric.ChannelModeIs).Param(room.Name).Param(room.Rules.Describe(client.Person.Find(room) is not null))
            .SendTo(client.Output);
        client.Reply(IrcNumeric.CreationTime).Param(room.Name).Param(room.CreatedUnixMs / 1000).SendTo(client.Output);
        return CommandResult.Ok();
    }

    /// <summary>SAMODE, as in InspIRCd: MODE for server operators, in any room.</summary>
    public static CommandResult Override(IrcProtocolHandler client, in IrcMessage message)
    {
        if (!client.Person.IsOperator)
        {
            return IrcOperators.NoPrivileges(client);
        }

        return client.Hub.FindRoomToOverride(client.Person, message[0]) is { } room
            ? new IrcModes(client, room).Change(CommandKind.Override, message)
            : client.ReplyError(IrcNumeric.NoSuchChannel, message[0], "No such channel", ErrorCode.UnknownRoom);
    }

    public void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why)
    {
        Span<byte> mode = [(byte)letter];
        switch (why.Code)
        {
            case ErrorCode.UnknownMode:
                _client.ReplyError(IrcNumeric.UnknownMode, letter is > ' ' and not ':' and <= '~' ? mode : "*"u8,
                    "is unknown mode char to me");
                break;
            case ErrorCode.NotRoomOperator:
                _client.ReplyError(IrcNumeric.ChanOpPrivsNeeded, _room.Name, "You're not channel operator");
                break;
            case ErrorCode.UnknownNick:
                _client.ReplyError(IrcNumeric.NoSuchNick, parameter, "No such nick/channel");
                break;
            case ErrorCode.NotThere:
                _client.Reply(IrcNumeric.UserNotInChannel).Param(IrcText.Shown(parameter)).Param(_room.Name)
                    .Last("They aren't on that channel").SendTo(_client.Output);
                break;
            case ErrorCode.ListFull:
                _client.Reply(IrcNumeric.BanListFull).Param(_room.Name).Param(mode).Last("Channel list is full").SendTo(_client.Output);
                break;
            default:
                _client.Reply(IrcNumeric.InvalidModeParam).Param(_room.Name).Param(mode).Param(IrcText.Shown(parameter)).Last(why.Message)
                    .SendTo(_client.Output);
                break;
        }
    }

    public void Appointed(in ChatEvent invited) =>
        _client.Reply(IrcNumeric.Inviting).Param(invited.NewNick).Param(_room.Name).SendTo(_client.Output);

    public void Listed(Room room, char letter, ReadOnlySpan<MaskEntry> masks) =>
        _client.Session!.EnqueueAnswer(new MaskListAnswer(_client, room, letter, masks.ToArray()));

    // Joins the parameters into one text. No mode accepts a parameter with a space or a control character. Each becomes a tab, so that the
    // chat refuses this change alone.
    private CommandResult Change(CommandKind kind, in IrcMessage message)
    {
        var text = new List<byte>(IrcLine.MaxBytes);
        for (var i = 1; i < message.Count; i++)
        {
            text.AddRange(i > 1 ? " "u8 : default);
            var parameter = message[i].ToArray();
            ChatText.BlankControls(parameter);
            parameter.AsSpan().Replace((byte)' ', (byte)'\t');
            text.AddRange(parameter);
        }

        var change = text.ToArray();

        // With a parameter the command is a change, not a query, so the login budget does not pay for it.
        _client.IsForLogin &= message.Count == 2 && !change.AsSpan().ContainsAny("+-"u8);
        var command = new Command { Kind = kind, Room = _room.Name, Text = change, ModeAnswers = this };
        var result = _client.Hub.Execute(_client.Session!, command);
        _client.Cost = 1 + (change.AsSpan().Count((byte)' ') / 2) + result.Price;
        return result;
    }

    /// <summary>MODE with a list's letter and no mask: one line per mask at the time of the query, then the end of the list.</summary>
    private sealed class MaskListAnswer(IrcProtocolHandler client, Room room, char letter, MaskEntry[] masks) : ILongAnswer
    {
        private int _next;

        public bool WritePart()
        {
            var (entry, end, name) = letter switch
            {
                'b' => (IrcNumeric.BanList, IrcNumeric.EndOfBanList, "ban"),
                'e' => (IrcNumeric.ExceptList, IrcNumeric.EndOfExceptList, "exception"),
                _ => (IrcNumeric.InviteList, IrcNumeric.EndOfInviteList, "invite exception"),
            };
            if (_next == masks.Length)
            {
                client.Reply(end).Param(room.Name).Last($"End of channel {name} list").SendTo(client.Output);
                return false;
            }

            var mask = masks[_next++];
            client.Reply(entry).Param(room.Name).Param(mask.Mask).Param(mask.SetBy).Param(mask.UnixMs / 1000).SendTo(client.Output);
            return true;
        }
    }
}
