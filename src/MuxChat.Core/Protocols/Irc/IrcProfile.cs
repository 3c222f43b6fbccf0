using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>SETNAME (IRCv3 setname).</summary>
internal static class IrcProfile
{
    public static CommandResult SetName(IrcDialogue client, in IrcMessage message)
    {
        var name = message[0];
        var result = name.Length > IrcLogin.MaxRealNameBytes
            ? CommandResult.Refused(ErrorCode.TooLong, "")
            : client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.RealName, Text = name });
        if (result.IsDone)
        {
            return result;
        }

        // Who knows setname knows FAIL (IRCv3 setname, "Errors").
        if ((client.Caps & IrcCaps.SetName) == 0)
        {
            return client.Fail("SETNAME"u8, "INVALID_REALNAME"u8, result.Code, "Realname is not valid");
        }

        client.Line().Put("FAIL SETNAME INVALID_REALNAME"u8).Last("Realname is not valid").SendTo(client.Output);
        return result;
    }
}
