using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Login and logout: PASS, NICK, USER, QUIT, PING, PONG (RFC 1459, sections 4.1 and 4.6).</summary>
internal static class IrcLogin
{
    /// <summary>The longest user name, in bytes: 10, as USERLEN says. A longer one is cut.</summary>
    public const int MaxUserBytes = 10;

    /// <summary>The longest real name, in bytes: 150. USER cuts a longer one; SETNAME refuses it.</summary>
    public const int MaxRealNameBytes = 150;

    // The last of several passwords counts (RFC 1459, section 4.1.1).
    public static CommandResult Pass(IrcProtocolHandler client, in IrcMessage message)
    {
        if (client.Session is not null)
        {
            return client.ReplyError(IrcNumeric.AlreadyRegistered, default, "You may not reregister", ErrorCode.None);
        }

        client.Login.IsPasswordRight = client.Host.Password is { } password && password.IsRight(message[0]);
        return CommandResult.Ok();
    }

    public static CommandResult Nick(IrcProtocolHandler client, in IrcMessage message)
    {
        var nick = message[0];
        if (nick.IsEmpty)
        {
            return client.ReplyError(IrcNumeric.NoNicknameGiven, default, "No nickname given", ErrorCode.MissingField);
        }

        if (!Nickname.IsValid(nick))
        {
            return client.ReplyError(IrcNumeric.ErroneousNickname, nick, $"Erroneous nickname: {Nickname.Rule}", ErrorCode.BadNick);
        }

        if (client.Session is not null)
        {
            var result = client.Hub.Execute(client.Session, new Command { Kind = CommandKind.Nick, Nick = nick });
            return result.Code switch
            {
                ErrorCode.NickTaken => InUse(client, nick),
                ErrorCode.Banned or ErrorCode.CannotSpeak => Keep(client, ChatHub.FindMuting(client.Person)!, result.Code),
                _ => result,
            };
        }

        if (client.Hub.FindPerson(nick) is not null)
        {
            return InUse(client, nick);
        }

        client.Login.Nick = nick.ToArray();
        EnterIfComplete(client);
        return CommandResult.Ok();
    }

    public static CommandResult User(IrcProtocolHandler client, in IrcMessage message)
    {
        if (client.Session is not null || client.Login.User.Length > 0)
        {
            return client.ReplyError(IrcNumeric.AlreadyRegistered, default, "You may not reregister", ErrorCode.None);
        }

        // Also a real name of nothing but formatting or blanks (modern.ircdocs.horse, "USER message").
        var realName = message[3];
        if (realName.Trim((byte)' ').IsEmpty)
        {
            return client.ReplyError(IrcNumeric.NeedMoreParams, "USER"u8, "Not enough parameters", ErrorCode.MissingField);
        }

        if (ChatText.HasControl(realName))
        {
            return client.Fail("USER"u8, "INVALID_REALNAME"u8, ErrorCode.ControlCharacter, "The real name contains a control character");
        }

        // The tilde says that the user name is unverified, as on servers that use no identd (RFC 1413).
        client.Login.User = [(byte)'~', .. UserName(message[0])];
        client.Login.RealName = realName[..ChatText.Fit(realName, MaxRealNameBytes)].ToArray();
        EnterIfComplete(client);
        return CommandResult.Ok();
    }

    public static CommandResult Quit(IrcProtocolHandler client, in IrcMessage message)
    {
        var reason = message[0];
        client.IsOver = true;
        if (client.Session is null)
        {
            return CommandResult.Ok();
        }

        var result = client.Hub.Execute(client.Session, new Command { Kind = CommandKind.Quit, Text = reason });
        if (!result.IsOk)
        {
            client.Hub.Execute(client.Session, new Command { Kind = CommandKind.Quit });
        }

        return result;
    }

    public static CommandResult Ping(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message.Count == 0)
        {
            return client.ReplyError(IrcNumeric.NeedMoreParams, "PING"u8, "Not enough parameters", ErrorCode.MissingField);
        }

        client.Line().Put(":"u8).Put(client.Server.Name).Put(" PONG "u8).Put(client.Server.Name).Last(message[0]).SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Pong(IrcProtocolHandler client, in IrcMessage message) => CommandResult.Ok();

    /// <summary>Connects the client once it has sent NICK and USER and has finished capability negotiation.</summary>
    public static void EnterIfComplete(IrcProtocolHandler client)
    {
        var login = client.Login;
        if (client.Session is not null || login.IsNegotiating || login.Nick.Length == 0 || login.User.Length == 0)
        {
            return;
        }

        if (client.Host.Password is not null && !login.IsPasswordRight)
        {
            client.ReplyError(IrcNumeric.PasswordMismatch, default, "Password incorrect", ErrorCode.BadPassword);
            client.Output.Expel(CloseReason.WrongPassword);
            return;
        }

        if (client.Hub.FindPerson(login.Nick) is not null)
        {
            // Another client took the nick meanwhile.
            var taken = login.Nick;
            login.Nick = [];
            InUse(client, taken);
            return;
        }

        // On a Unix socket the kernel tells the user, so that the name is verified and has no tilde.
        var user = client.Host.Output.LocalUserName is { } name ? UserName(Encoding.UTF8.GetBytes(name)) : login.User;
        var identity = new Identity(user, client.Output.DescribeHost(), login.RealName);

        // Pass the connection's output, not the reply of this command: the session outlives the reply.
        client.Session = client.Hub.Connect(client.Host.Output, login.Nick, identity);
        IrcServerQueries.Welcome(client);
        IrcUserModes.ShowFirst(client);
        client.Hub.Operators.GrantByUser(client.Session);
    }

    private static CommandResult InUse(IrcProtocolHandler client, ReadOnlySpan<byte> nick) =>
        client.ReplyError(IrcNumeric.NicknameInUse, nick, "Nickname is already in use", ErrorCode.NickTaken);

    // The texts are those of ircu and Bahamut.
    private static CommandResult Keep(IrcProtocolHandler client, Room room, ErrorCode why) =>
        client.ReplyError(IrcNumeric.BanNickChange, room.Name, why == ErrorCode.Banned ? "Cannot change nickname while banned on channel"
            : "Cannot change nickname while banned or moderated on channel", why);

    // The user name is in the source of every line from this client, so only letters, digits and three signs are kept.
    private static byte[] UserName(ReadOnlySpan<byte> given)
    {
        var name = new List<byte>(MaxUserBytes);
        foreach (var one in given)
        {
            if (name.Count < MaxUserBytes - 1 && (char.IsAsciiLetterOrDigit((char)one) || "-_."u8.Contains(one)))
            {
                name.Add(one);
            }
        }

        return name.Count == 0 ? "user"u8.ToArray() : [.. name];
    }
}
