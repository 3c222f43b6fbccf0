using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>MODE of a person, which is for itself alone (RFC 1459, section 4.2.3.2).</summary>
internal static class IrcUserModes
{
    public static CommandResult Mode(IrcDialogue client, in IrcMessage message)
    {
        if (!ReferenceEquals(client.Hub.FindSession(message[0]), client.Session))
        {
            return client.Hub.FindSession(message[0]) is null
                ? client.Wrong(IrcNumeric.NoSuchNick, message[0], "No such nick/channel", ErrorCode.UnknownNick)
                : client.Wrong(IrcNumeric.UsersDontMatch, default, "Can't change mode for other users");
        }

        if (message.Count > 1)
        {
            return Set(client, message[1]);
        }

        client.Reply(IrcNumeric.UModeIs).Param(client.Session!.IsInvisible ? "+i"u8 : "+"u8).SendTo(client.Output);
        return CommandResult.Done();
    }

    // Of all that users can be elsewhere there is only: invisible.
    private static CommandResult Set(IrcDialogue client, ReadOnlySpan<byte> modes)
    {
        var session = client.Session!;
        var wasInvisible = session.IsInvisible;
        var isOn = true;
        var isUnknown = false;
        foreach (var mode in modes)
        {
            switch (mode)
            {
                case (byte)'+' or (byte)'-':
                    isOn = mode == (byte)'+';
                    break;
                case (byte)'i':
                    client.Hub.SetInvisible(session, isOn);
                    break;
                default:
                    isUnknown = true;
                    break;
            }
        }

        if (session.IsInvisible != wasInvisible)
        {
            client.Line().Put(":"u8).Put(session.Nick).Put(" MODE"u8).Param(session.Nick).Last(session.IsInvisible ? "+i"u8 : "-i"u8).SendTo(client.Output);
        }

        return isUnknown ? client.Wrong(IrcNumeric.UModeUnknownFlag, default, "Unknown MODE flag") : CommandResult.Done();
    }
}
