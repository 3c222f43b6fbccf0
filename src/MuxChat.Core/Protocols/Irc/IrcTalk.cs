using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>PRIVMSG, NOTICE, AWAY (RFC 1459, sections 4.4 and 5.1), and CTCP, which is wrapped in messages.</summary>
internal static class IrcTalk
{
    /// <summary>Targets of one message: 4, as TARGMAX says.</summary>
    public const int MaxTargets = 4;

    /// <summary>The longest away message, in bytes: 200. A longer one is cut.</summary>
    public const int MaxAwayBytes = 200;

    /// <summary>The longest CTCP request or answer, in bytes: 400, so that it fits in a line with any source and target.</summary>
    private const int MaxCtcpBytes = 400;

    private const byte Ctcp = 0x01;

    public static CommandResult PrivMsg(IrcProtocolHandler client, in IrcMessage message) => Talk(client, message, isNotice: false);

    // A notice gets no error in reply, because a program may have sent it (RFC 1459, section 4.4.2).
    public static CommandResult Notice(IrcProtocolHandler client, in IrcMessage message) => Talk(client, message, isNotice: true);

    public static CommandResult Away(IrcProtocolHandler client, in IrcMessage message)
    {
        var text = message[0];
        text = text[..ChatText.Fit(text, MaxAwayBytes)];
        var result = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Away, Text = text });
        if (!result.IsOk)
        {
            return client.Fail("AWAY"u8, "INVALID_TEXT"u8, result.Code, result.Message);
        }

        client.Reply(text.IsEmpty ? IrcNumeric.UnAway : IrcNumeric.NowAway)
            .Last(text.IsEmpty ? "You are no longer marked as being away" : "You have been marked as being away")
            .SendTo(client.Output);
        return result;
    }

    /// <summary>Replaces an empty nick by "*", which no user can have.</summary>
    public static ReadOnlySpan<byte> Named(ReadOnlySpan<byte> nick) => nick.IsEmpty ? "*"u8 : nick;

    private static CommandResult Talk(IrcProtocolHandler client, in IrcMessage message, bool isNotice)
    {
        if (message[0].IsEmpty || message[1].IsEmpty)
        {
            var isTextMissing = !message[0].IsEmpty;
            return isNotice
                ? CommandResult.Error(ErrorCode.MissingField, "")
                : client.ReplyError(
                    isTextMissing ? IrcNumeric.NoTextToSend : IrcNumeric.NoRecipient,
                    default,
                    isTextMissing ? "No text to send" : "No recipient given (PRIVMSG)",
                    ErrorCode.MissingField);
        }

        var result = CommandResult.Ok();
        var targets = 0;
        foreach (var range in message[0].Split((byte)','))
        {
            var target = message[0][range];
            if (target.IsEmpty)
            {
                continue;
            }

            if (++targets > MaxTargets)
            {
                return isNotice ? result : client.ReplyError(IrcNumeric.TooManyTargets, target, $"At most {MaxTargets} targets");
            }

            client.Cost = targets;
            result = IrcRooms.Worse(result, TalkTo(client, target, message[1], client.TagsOf(message), isNotice));
        }

        return result;
    }

    private static CommandResult TalkTo(IrcProtocolHandler client, ReadOnlySpan<byte> target, ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> tags, bool isNotice)
    {
        var isRoom = target.StartsWith("#"u8);
        var isAction = !isNotice && TryUnwrapAction(text, out text);
        if (!isAction && text.StartsWith("\u0001"u8))
        {
            return isRoom
                ? SendCtcpToRoom(client, target, text, isNotice)
                : SendCtcp(client, target, text, tags, isNotice);
        }

        var result = client.Hub.Execute(client.Session!, new Command
        {
            Kind = !isRoom ? CommandKind.Message : isAction ? CommandKind.Act : CommandKind.Say,
            Room = isRoom ? target : default,
            Nick = isRoom ? default : target,
            Text = text,
            IsAction = isAction,
            IsNotice = isNotice,
            Tags = tags,
            Echo = client.Echo,
        });
        if (!result.IsOk)
        {
            return isNotice ? result : Refuse(client, target, result);
        }

        // With no user of that name, the message went to a room's operators (as in @#room).
        if (!isRoom && !isNotice && client.Hub.FindPerson(target) is { Away: { } away } to)
        {
            client.Reply(IrcNumeric.Away).Param(to.Nick).Last(away).SendTo(client.Output);
        }

        return result;
    }

    private static CommandResult SendCtcpToRoom(IrcProtocolHandler client, ReadOnlySpan<byte> target,
        ReadOnlySpan<byte> text, bool isNotice)
    {
        var signal = text.Trim(Ctcp);
        var max = MaxCtcpBytes - target.Length;
        var result = signal.Length > max
            ? CommandResult.Error(ErrorCode.TooLong, $"A CTCP request to that channel may have at most {max} bytes")
            : client.Hub.Execute(client.Session!,
            new Command { Kind = CommandKind.Signal, Room = target, Text = signal, IsNotice = isNotice });
        return result.IsOk || isNotice ? result : Refuse(client, target, result);
    }

    // A CTCP request, or its answer, goes only to IRC clients.
    private static CommandResult SendCtcp(IrcProtocolHandler client, ReadOnlySpan<byte> nick, ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> tags, bool isNotice)
    {
        var to = client.Hub.FindPerson(nick);
        if (to is null)
        {
            return isNotice ? CommandResult.Ok()
                : client.ReplyError(IrcNumeric.NoSuchNick, nick, "No such nick/channel", ErrorCode.UnknownNick);
        }

        var why = to.ProtocolName != "irc" ? "That client is not on IRC: it cannot receive CTCP"
            : text.Length > MaxCtcpBytes ? $"A CTCP request may have at most {MaxCtcpBytes} bytes"
            : ChatText.HasControl(text.Trim(Ctcp)) ? "the text contains a control character: only tab is allowed"
            : "";
        if (why.Length > 0)
        {
            return isNotice ? CommandResult.Ok() : client.ReplyError(IrcNumeric.CannotSendToChannel, nick, why);
        }

        var message = new ChatEvent
        {
            Kind = EventKind.Message,
            MessageId = client.Hub.NextMessageId(),
            UnixMs = client.Host.Clock.UnixMs,
            Actor = client.Person,
            Nick = client.Person.Nick,
            NewNick = to.Nick,
            Text = text,
            Tags = tags,
            IsNotice = isNotice,
        };
        to.Receive(message);
        client.Echo?.Receive(message);
        return CommandResult.Ok();
    }

    private static bool TryUnwrapAction(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> action)
    {
        var isAction = text.StartsWith("\u0001ACTION "u8);
        action = isAction ? text["\u0001ACTION ".Length..].TrimEnd(Ctcp) : text;
        return isAction;
    }

    /// <summary>Sends the reason why a message was refused.</summary>
    public static CommandResult Refuse(IrcProtocolHandler client, ReadOnlySpan<byte> target, in CommandResult refused)
    {
        var (numeric, why) = refused.Code switch
        {
            ErrorCode.UnknownNick or ErrorCode.BadNick => (IrcNumeric.NoSuchNick, "No such nick/channel"),
            ErrorCode.UnknownRoom or ErrorCode.BadRoom => (IrcNumeric.NoSuchChannel, "No such channel"),
            ErrorCode.NotInRoom or ErrorCode.CannotSpeak => (IrcNumeric.CannotSendToChannel, "Cannot send to channel"),
            ErrorCode.MissingField => (IrcNumeric.NoTextToSend, "No text to send"),
            _ => (IrcNumeric.CannotSendToChannel, refused.Message),
        };
        client.ReplyError(numeric, target, why, refused.Code);
        return refused;
    }
}
