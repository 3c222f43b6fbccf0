using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>OPER, KILL, REHASH, WALLOPS (RFC 2812, sections 3.1.4, 3.7.1, 4.2 and 4.7).</summary>
internal static class IrcOperators
{
    // IrcModerationFormat sends 381 or 464 once the password has been verified.
    public static CommandResult Oper(IrcProtocolHandler client, in IrcMessage message)
    {
        var result = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Oper, Nick = message[0], Text = message[1] });
        return result.Code switch
        {
            ErrorCode.None => result,
            ErrorCode.NoOperators => client.ReplyError(IrcNumeric.NoOperHost, default, "No O-lines for your host", result.Code),
            ErrorCode.MissingField => client.ReplyError(IrcNumeric.NeedMoreParams, "OPER"u8, "Not enough parameters", result.Code),
            _ => TryAgain(client, "OPER"u8, result),
        };
    }

    public static CommandResult Kill(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message[0].SequenceEqual(client.Server.Name) && client.Person.IsOperator)
        {
            return client.ReplyError(IrcNumeric.CantKillServer, default, "You can't kill a server!");
        }

        var reason = message[1][..ChatText.Fit(message[1], ServerOperators.MaxReasonBytes)];
        var result = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Kill, Nick = message[0], Text = reason });
        return result.Code switch
        {
            ErrorCode.None => result,
            ErrorCode.NotOperator => NoPrivileges(client),
            ErrorCode.UnknownNick or ErrorCode.BadNick =>
                client.ReplyError(IrcNumeric.NoSuchNick, message[0], "No such nick/channel", result.Code),
            _ => client.Fail("KILL"u8, "INVALID_REASON"u8, result.Code, result.Message),
        };
    }

    public static CommandResult Rehash(IrcProtocolHandler client, in IrcMessage message)
    {
        var result = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Rehash });
        if (!result.IsOk)
        {
            return result.Code == ErrorCode.NotOperator ? NoPrivileges(client) : TryAgain(client, "REHASH"u8, result);
        }

        client.Reply(IrcNumeric.Rehashing).Param("motd"u8).Last("Rehashing").SendTo(client.Output);
        return result;
    }

    public static CommandResult Wallops(IrcProtocolHandler client, in IrcMessage message)
    {
        var result = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Wallops, Text = message[0] });
        return result.Code switch
        {
            ErrorCode.None => result,
            ErrorCode.NotOperator => NoPrivileges(client),
            ErrorCode.MissingField => client.ReplyError(IrcNumeric.NeedMoreParams, "WALLOPS"u8, "Not enough parameters", result.Code),
            _ => client.Fail("WALLOPS"u8, "INVALID_TEXT"u8, result.Code, result.Message),
        };
    }

    internal static CommandResult NoPrivileges(IrcProtocolHandler client) =>
        client.ReplyError(IrcNumeric.NoPrivileges, default, "Permission Denied- You're not an IRC operator", ErrorCode.NotOperator);

    private static CommandResult TryAgain(IrcProtocolHandler client, ReadOnlySpan<byte> command, in CommandResult refused)
    {
        client.Reply(IrcNumeric.TryAgain).Param(command).Last("Please wait a while and try again.").SendTo(client.Output);
        return refused;
    }
}
