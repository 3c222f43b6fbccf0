using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>MODE (RFC 1459, section 4.2.3). Rooms have no modes that can be changed yet: only who is in may speak, and anybody who is in sets the topic.</summary>
internal static class IrcModes
{
    public static CommandResult Mode(IrcDialogue client, in IrcMessage message)
    {
        var target = message[0];
        if (!target.StartsWith("#"u8))
        {
            return OfUser(client, message);
        }

        var room = client.Hub.FindRoom(target);
        if (room is null)
        {
            return client.Wrong(IrcNumeric.NoSuchChannel, target, "No such channel", ErrorCode.UnknownRoom);
        }

        if (message.Count == 1)
        {
            client.Reply(IrcNumeric.ChannelModeIs).Param(room.Name).Param("+n"u8).SendTo(client.Output);
            client.Reply(IrcNumeric.CreationTime).Param(room.Name).Param(room.CreatedUnixMs / 1000).SendTo(client.Output);
            return CommandResult.Done();
        }

        // Clients ask for the bans of every room that they enter.
        if (message[1].TrimStart((byte)'+').SequenceEqual("b"u8) && message.Count == 2)
        {
            client.Reply(IrcNumeric.EndOfBanList).Param(room.Name).Last("End of channel ban list").SendTo(client.Output);
            return CommandResult.Done();
        }

        return client.Wrong(IrcNumeric.UnknownMode, message[1].TrimStart("+-"u8)[..Math.Min(1, message[1].TrimStart("+-"u8).Length)], "This server has no channel modes that can be set");
    }

    private static CommandResult OfUser(IrcDialogue client, in IrcMessage message)
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
