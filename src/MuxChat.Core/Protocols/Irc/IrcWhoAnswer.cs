using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>WHO of a room: 352 for each member, then 315. From the last to the first, as <see cref="IrcNamesAnswer"/> does.</summary>
internal sealed class IrcWhoAnswer(byte[] mask, Room room) : IIrcAnswer
{
    private int _next = room.MemberCount;

    /// <summary>Writes the line of one person.</summary>
    public static void Write(IrcDialogue client, Session session, ReadOnlySpan<byte> room)
    {
        var identity = session.Identity;
        client.Reply(IrcNumeric.WhoReply).Param(room).Param(identity.User).Param(identity.Host).Param(IrcServer.Name).Param(session.Nick)
            .Param(session.Away is null ? "H"u8 : "G"u8).Put(" :0 "u8).Put(identity.RealName).SendTo(client.Output);
    }

    public bool WriteLine(IrcDialogue client)
    {
        _next = Math.Min(_next, room.MemberCount);
        if (_next == 0)
        {
            client.Reply(IrcNumeric.EndOfWho).Param(mask).Last("End of WHO list").SendTo(client.Output);
            return false;
        }

        Write(client, room.Members[--_next].Session, room.Name);
        return true;
    }
}
