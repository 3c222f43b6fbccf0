using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>WHO of a room: 352 (or 354, where fields are asked for) for each member, then 315. From the last to the first, as <see cref="IrcNamesAnswer"/> does.</summary>
internal sealed class IrcWhoAnswer(IrcDialogue asker, byte[] mask, Room room, IrcWhoFields? fields) : ILongAnswer
{
    private int _next = room.MemberCount;

    /// <summary>Writes the line of one person.</summary>
    public static void Write(IrcDialogue client, Session session, Membership? membership, IrcWhoFields? fields)
    {
        if (fields is not null)
        {
            WriteFields(client, session, membership, fields);
            return;
        }

        var identity = session.Identity;
        client.Reply(IrcNumeric.WhoReply).Param(RoomOf(membership)).Param(identity.User).Param(identity.Host).Param(IrcServer.Name).Param(session.Nick)
            .Param(IrcUserModes.FlagsOf(session)).Put(PrefixesOf(client, membership)).Put(" :0 "u8).Put(identity.RealName).SendTo(client.Output);
    }

    public bool WritePart()
    {
        _next = room.IsSeenBy(asker.Session!) ? Math.Min(_next, room.MemberCount) : 0;
        if (_next == 0)
        {
            asker.Reply(IrcNumeric.EndOfWho).Param(mask).Last("End of WHO list").SendTo(asker.Output);
            return false;
        }

        var member = room.Members[--_next];
        if (room.ShowsMember(member, asker.Session!))
        {
            Write(asker, member.Session, member, fields);
        }

        return true;
    }

    // In this order, whatever the order they were asked for in.
    private static void WriteFields(IrcDialogue client, Session session, Membership? membership, IrcWhoFields fields)
    {
        var line = client.Reply(IrcNumeric.WhoSpecialReply);
        var identity = session.Identity;
        Put(line, fields, 't', fields.Token);
        Put(line, fields, 'c', RoomOf(membership));
        Put(line, fields, 'u', identity.User);

        // No address is told: this stands for one (as the specification has it).
        Put(line, fields, 'i', "255.255.255.255"u8);
        Put(line, fields, 'h', identity.Host);
        Put(line, fields, 's', IrcServer.Name);
        Put(line, fields, 'n', session.Nick);
        Put(line, fields, 'f', IrcUserModes.FlagsOf(session));
        line.Put(fields.Has('f') ? PrefixesOf(client, membership) : default);
        Put(line, fields, 'd', "0"u8);
        if (fields.Has('l'))
        {
            line.Param((client.Host.Clock.NowMs - Math.Max(session.SpokeMs, session.ConnectedMs)) / 1000);
        }

        Put(line, fields, 'a', "0"u8);
        Put(line, fields, 'o', membership is { Rank: >= MemberRank.Operator } ? "1"u8 : "n/a"u8);
        if (fields.Has('r'))
        {
            line.Last(identity.RealName);
        }

        line.SendTo(client.Output);
    }

    private static ReadOnlySpan<byte> RoomOf(Membership? membership) => membership is null ? "*"u8 : membership.Room.Name;

    private static ReadOnlySpan<byte> PrefixesOf(IrcDialogue client, Membership? membership) =>
        membership is null ? default : IrcText.PrefixesOf(membership.Rank, (client.Caps & IrcCaps.MultiPrefix) != 0);

    private static void Put(IrcLine line, IrcWhoFields fields, char field, ReadOnlySpan<byte> value)
    {
        if (fields.Has(field))
        {
            line.Param(value);
        }
    }
}
