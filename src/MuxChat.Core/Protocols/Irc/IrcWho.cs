using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>WHO for a room or one nick, with the fields of WHOX (RFC 1459, section 4.5.1; ircv3.net/specs/extensions/whox).</summary>
internal static class IrcWho
{
    public static CommandResult Who(IrcProtocolHandler client, in IrcMessage message)
    {
        var mask = message[0];
        var fields = Fields.Read(message[1]);
        if (client.Hub.FindRoom(client.Person, mask) is { } room)
        {
            client.Session!.EnqueueAnswer(new Answer(client, mask.ToArray(), room, fields));
            return CommandResult.Ok();
        }

        if (client.Hub.FindPerson(mask) is { } person)
        {
            var shown = person.Memberships.FirstOrDefault(membership => membership.Room.ShowsMember(membership, client.Person));
            Write(client, person, shown, fields);
        }

        client.Reply(IrcNumeric.EndOfWho).Param(IrcText.Shown(mask)).Last("End of WHO list").SendTo(client.Output);
        return CommandResult.Ok();
    }

    // Writes the line for one person.
    private static void Write(IrcProtocolHandler client, Person person, Membership? membership, Fields? fields)
    {
        if (fields is not null)
        {
            WriteFields(client, person, membership, fields);
            return;
        }

        var identity = person.Identity;
        client.Reply(IrcNumeric.WhoReply).Param(RoomOf(membership)).Param(identity.User).Param(identity.Host).Param(IrcServer.Name)
            .Param(person.Nick)
            .Param(IrcUserModes.FlagsOf(person)).Put(PrefixesOf(client, membership)).Put(" :0 "u8).Put(identity.RealName)
            .SendTo(client.Output);
    }

    // The order of the fields is fixed, whatever order the client named them in.
    private static void WriteFields(IrcProtocolHandler client, Person person, Membership? membership, Fields fields)
    {
        var line = client.Reply(IrcNumeric.WhoSpecialReply);
        var identity = person.Identity;
        Put(line, fields, 't', fields.Token);
        Put(line, fields, 'c', RoomOf(membership));
        Put(line, fields, 'u', identity.User);

        // The specification's placeholder for an address that is not shown.
        Put(line, fields, 'i', "255.255.255.255"u8);
        Put(line, fields, 'h', identity.Host);
        Put(line, fields, 's', IrcServer.Name);
        Put(line, fields, 'n', person.Nick);
        Put(line, fields, 'f', IrcUserModes.FlagsOf(person));
        line.Put(fields.Has('f') ? PrefixesOf(client, membership) : default);
        Put(line, fields, 'd', "0"u8);
        if (fields.Has('l'))
        {
            line.Param((client.Host.Clock.NowMs - Math.Max(person.SpokeMs, person.ConnectedMs)) / 1000);
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

    private static ReadOnlySpan<byte> PrefixesOf(IrcProtocolHandler client, Membership? membership) =>
        membership is null ? default : IrcText.PrefixesOf(membership.Rank, (client.Caps & IrcCaps.MultiPrefix) != 0);

    private static void Put(IrcLine line, Fields fields, char field, ReadOnlySpan<byte> value)
    {
        if (fields.Has(field))
        {
            line.Param(value);
        }
    }

    /// <summary>
    /// 352 (354 with WHOX fields) for each member, then 315. Goes from the last member to the first, for
    /// the reason given in <see cref="IrcNamesAnswer"/>.
    /// </summary>
    private sealed class Answer(IrcProtocolHandler asker, byte[] mask, Room room, Fields? fields) : ILongAnswer
    {
        private int _next = room.MemberCount;

        public bool WritePart()
        {
            _next = room.IsSeenBy(asker.Person) ? Math.Min(_next, room.MemberCount) : 0;
            if (_next == 0)
            {
                asker.Reply(IrcNumeric.EndOfWho).Param(mask).Last("End of WHO list").SendTo(asker.Output);
                return false;
            }

            var member = room.Members[--_next];
            if (room.ShowsMember(member, asker.Person))
            {
                Write(asker, member.Person, member, fields);
            }

            return true;
        }
    }

    /// <summary>The fields of a WHOX query: <c>%fields,token</c> (ircv3.net/specs/extensions/whox).</summary>
    private sealed class Fields
    {
        /// <summary>The longest token: 3 digits. A longer one counts as none.</summary>
        private const int MaxTokenDigits = 3;

        private readonly byte[] _fields;

        private Fields(byte[] fields, byte[] token)
        {
            _fields = fields;
            Token = token;
        }

        /// <summary>The client's token for this query; <c>0</c> when it gave none.</summary>
        public byte[] Token { get; }

        /// <summary>Parses the second parameter of WHO; null when it is not a WHOX query.</summary>
        public static Fields? Read(ReadOnlySpan<byte> parameter)
        {
            if (!parameter.StartsWith("%"u8))
            {
                return null;
            }

            var comma = parameter.IndexOf((byte)',');
            var token = comma < 0 ? default : parameter[(comma + 1)..];
            var isToken = token.Length is > 0 and <= MaxTokenDigits && !token.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            return new Fields((comma < 0 ? parameter[1..] : parameter[1..comma]).ToArray(), isToken ? token.ToArray() : "0"u8.ToArray());
        }

        /// <summary>Whether the query asks for a field, by its letter.</summary>
        public bool Has(char field) => _fields.AsSpan().Contains((byte)field);
    }
}
