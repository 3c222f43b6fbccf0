using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// WHO for a room, one nick, or all persons whom a mask matches, with the fields of WHOX (RFC 1459, section 4.5.1; RFC 2812, section 3.6.1;
/// ircv3.net/specs/extensions/whox).
/// </summary>
internal static class IrcWho
{
    /// <summary>The most persons in the answer to a mask: 500. If more match, 416 comes before the end.</summary>
    public const int MaxMatches = 500;

    // Persons examined for each additional unit of the flood budget.
    private const int PersonsPerToken = 2_500;

    public static CommandResult Who(IrcProtocolHandler client, in IrcMessage message)
    {
        var mask = message[0];
        var query = Query.Read(message[1]);
        if (client.Hub.FindRoom(client.Person, mask) is { } room)
        {
            client.Session!.EnqueueAnswer(new RoomAnswer(client, mask.ToArray(), room, query));
            return CommandResult.Ok();
        }

        var person = client.Hub.FindPerson(mask);
        if (person is null && !mask.StartsWith("#"u8))
        {
            client.Cost = IrcRooms.ListCost + (client.Hub.PersonCount / PersonsPerToken);
            client.IsForLogin = false;
            client.Session!.EnqueueAnswer(new MaskAnswer(client, mask, query));
            return CommandResult.Ok();
        }

        if (person is not null && query.Takes(person))
        {
            Write(client, person, query);
        }

        End(client, mask);
        return CommandResult.Ok();
    }

    private static void End(IrcProtocolHandler client, ReadOnlySpan<byte> mask) =>
        client.Reply(IrcNumeric.EndOfWho).Param(IrcText.Shown(mask)).Last("End of WHO list").SendTo(client.Output);

    // Writes the line for one person, with one of the rooms where the client may see it.
    private static void Write(IrcProtocolHandler client, Person person, Query query) => Write(client, person,
        person.Memberships.FirstOrDefault(membership => membership.Room.ShowsMember(membership, client.Person)), query);

    // Writes the line for one person.
    private static void Write(IrcProtocolHandler client, Person person, Membership? membership, Query query)
    {
        if (query.HasFields)
        {
            WriteFields(client, person, membership, query);
            return;
        }

        var identity = person.Identity;
        client.Reply(IrcNumeric.WhoReply).Param(RoomOf(membership)).Param(identity.User).Param(identity.Host).Param(client.Server.Name)
            .Param(person.Nick)
            .Param(IrcUserModes.FlagsOf(person)).Put(PrefixesOf(client, membership)).Put(" :0 "u8).Put(identity.RealName)
            .SendTo(client.Output);
    }

    // The order of the fields is fixed, whatever order the client named them in.
    private static void WriteFields(IrcProtocolHandler client, Person person, Membership? membership, Query fields)
    {
        var line = client.Reply(IrcNumeric.WhoSpecialReply);
        var identity = person.Identity;
        Put(line, fields, 't', fields.Token);
        Put(line, fields, 'c', RoomOf(membership));
        Put(line, fields, 'u', identity.User);

        // The specification's placeholder for an address that is not shown.
        Put(line, fields, 'i', "255.255.255.255"u8);
        Put(line, fields, 'h', identity.Host);
        Put(line, fields, 's', client.Server.Name);
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

    private static void Put(IrcLine line, Query fields, char field, ReadOnlySpan<byte> value)
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
    private sealed class RoomAnswer(IrcProtocolHandler asker, byte[] mask, Room room, Query query) : ILongAnswer
    {
        private int _next = room.MemberCount;

        public bool WritePart()
        {
            _next = room.IsSeenBy(asker.Person) ? Math.Min(_next, room.MemberCount) : 0;
            if (_next == 0)
            {
                End(asker, mask);
                return false;
            }

            var member = room.Members[--_next];
            if (room.ShowsMember(member, asker.Person) && query.Takes(member.Person))
            {
                Write(asker, member.Person, member, query);
            }

            return true;
        }
    }

    /// <summary>
    /// The same for each person whom the mask matches, by nick, user, host or real name, and whom the client may see. No mask, and 0, mean
    /// all of them. Goes from the person who came last to the first, for the same reason.
    /// </summary>
    private sealed class MaskAnswer : ILongAnswer
    {
        /// <summary>Persons examined for one line.</summary>
        private const int PersonsAtOnce = 16;

        private readonly IrcProtocolHandler _asker;
        private readonly byte[] _given;
        private readonly WildcardMask _mask;
        private readonly Query _query;
        private int _next;
        private int _found;

        public MaskAnswer(IrcProtocolHandler asker, ReadOnlySpan<byte> mask, Query query)
        {
            _asker = asker;
            _given = mask.ToArray();
            _mask = new WildcardMask(mask.IsEmpty || mask.SequenceEqual("0"u8) ? "*"u8 : mask);
            _query = query;
            _next = asker.Hub.PersonCount;
        }

        public bool WritePart()
        {
            var persons = _asker.Hub.Queries.Persons;
            _next = Math.Min(_next, persons.Length);
            for (var i = 0; _next > 0 && i < PersonsAtOnce; i++)
            {
                var person = persons[--_next];
                if (!_query.Takes(person) || !IsMatch(person) || !person.IsShownTo(_asker.Person))
                {
                    continue;
                }

                if (++_found <= MaxMatches)
                {
                    Write(_asker, person, _query);
                    return true;
                }

                _asker.Reply(IrcNumeric.TooManyMatches).Param("WHO"u8).Last($"Too many matches: {MaxMatches} are shown")
                    .SendTo(_asker.Output);
                _next = 0;
            }

            if (_next == 0)
            {
                End(_asker, _given);
            }

            return _next > 0;
        }

        private bool IsMatch(Person person)
        {
            var identity = person.DescribeIdentity();
            return _mask.IsMatch(person.Nick) || _mask.IsMatch(identity.User) || _mask.IsMatch(identity.Host)
                || _mask.IsMatch(identity.RealName);
        }
    }

    /// <summary>
    /// The second parameter of WHO: <c>flags%fields,token</c> (ircv3.net/specs/extensions/whox). The flag <c>o</c> asks for server
    /// operators only (RFC 2812, section 3.6.1). The server ignores other flags.
    /// </summary>
    private sealed class Query
    {
        /// <summary>The longest token: 3 digits. A longer one counts as none.</summary>
        private const int MaxTokenDigits = 3;

        private byte[] _fields = [];
        private bool _isForOperators;

        /// <summary>Whether the query asks for the fields of WHOX.</summary>
        public bool HasFields { get; private set; }

        /// <summary>The client's token for this query; <c>0</c> when it gave none.</summary>
        public byte[] Token { get; private set; } = "0"u8.ToArray();

        /// <summary>Parses the parameter, which may be empty.</summary>
        public static Query Read(ReadOnlySpan<byte> parameter)
        {
            var percent = parameter.IndexOf((byte)'%');
            var flags = percent < 0 ? parameter : parameter[..percent];
            var query = new Query { _isForOperators = flags.Contains((byte)'o'), HasFields = percent >= 0 };
            var rest = parameter[(percent + 1)..];
            var comma = rest.IndexOf((byte)',');
            var token = comma < 0 ? default : rest[(comma + 1)..];
            if (token.Length is > 0 and <= MaxTokenDigits && !token.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                query.Token = token.ToArray();
            }

            query._fields = (comma < 0 ? rest : rest[..comma]).ToArray();
            return query;
        }

        /// <summary>Whether the query asks for a field, by its letter.</summary>
        public bool Has(char field) => _fields.AsSpan().Contains((byte)field);

        /// <summary>Whether the flags let a person into the answer.</summary>
        public bool Takes(Person person) => !_isForOperators || person.IsOperator;
    }
}
