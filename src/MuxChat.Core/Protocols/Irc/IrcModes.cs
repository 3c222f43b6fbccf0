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
            return IrcUserModes.Mode(client, message);
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
}
