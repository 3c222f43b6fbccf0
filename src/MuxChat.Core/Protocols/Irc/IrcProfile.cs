using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>SETNAME (IRCv3 setname).</summary>
internal static class IrcProfile
{
    public static CommandResult SetName(IrcProtocolHandler client, in IrcMessage message)
    {
        var name = message[0];
        var result = name.Length > IrcLogin.MaxRealNameBytes
            ? CommandResult.Error(ErrorCode.TooLong, "")
            : client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.RealName, Text = name });
        if (result.IsOk)
        {
            return result;
        }

        // A client that requested setname knows FAIL (IRCv3 setname, "Errors").
        var isBanned = result.Code == ErrorCode.Banned;
        var word = isBanned ? "CANNOT_CHANGE_REALNAME"u8 : "INVALID_REALNAME"u8;
        var why = isBanned ? "Cannot change the realname while banned on a channel" : "Realname is not valid";
        if ((client.Caps & IrcCaps.SetName) == 0)
        {
            return client.Fail("SETNAME"u8, word, result.Code, why);
        }

        client.Line().Put("FAIL SETNAME "u8).Put(word).Last(why).SendTo(client.Output);
        return result;
    }
}
