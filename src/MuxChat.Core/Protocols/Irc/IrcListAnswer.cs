using System.Buffers.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// LIST: the rooms with members at the time of the query, largest first. Filters by mask (ELIST M and N), by number of members (U), and by
/// the ages of room and topic (C and T), which are in minutes. See modern.ircdocs.horse, "ELIST Parameter".
/// </summary>
internal sealed class IrcListAnswer : ILongAnswer
{
    /// <summary>The most masks of each kind in one LIST: 4, as TARGMAX says. More are ignored.</summary>
    public const int MaxMasks = 4;

    /// <summary>Rooms examined for one line.</summary>
    private const int RoomsAtOnce = 8;

    private const long MinuteMs = 60_000;

    private readonly IrcProtocolHandler _client;
    private readonly Room[] _rooms;
    private readonly List<WildcardMask> _masks = [];
    private readonly List<WildcardMask> _excluded = [];
    private Bounds _members;
    private Bounds _age;
    private Bounds _topicAge;
    private int _next = -1;

    /// <summary>Begins the answer.</summary>
    /// <param name="client">The client that asks.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="filters">Names, masks and conditions, by commas; empty for none.</param>
    /// <param name="conditions">More conditions. A name here is ignored: in RFC 2812 it is a server's.</param>
    public IrcListAnswer(IrcProtocolHandler client, Room[] rooms, ReadOnlySpan<byte> filters, ReadOnlySpan<byte> conditions)
    {
        _client = client;
        _rooms = rooms;
        foreach (var range in filters.Split((byte)','))
        {
            if (!TryReadCondition(filters[range]))
            {
                Add(_masks, filters[range]);
            }
        }

        foreach (var range in conditions.Split((byte)','))
        {
            TryReadCondition(conditions[range]);
        }
    }

    public bool WritePart()
    {
        if (_next < 0)
        {
            _next = 0;
            _client.Reply(IrcNumeric.ListStart).Param("Channel"u8).Last("Users  Name").SendTo(_client.Output);
            return true;
        }

        for (var i = 0; _next < _rooms.Length && !IsListed(_rooms[_next]); _next++, i++)
        {
            if (i == RoomsAtOnce)
            {
                return true;
            }
        }

        if (_next == _rooms.Length)
        {
            _client.Reply(IrcNumeric.ListEnd).Last("End of /LIST").SendTo(_client.Output);
            return false;
        }

        var room = _rooms[_next++];
        _client.Reply(IrcNumeric.List).Param(room.Name).Param(room.MemberCount).Last(room.Topic).SendTo(_client.Output);
        return true;
    }

    private static void Add(List<WildcardMask> masks, ReadOnlySpan<byte> mask)
    {
        if (!mask.IsEmpty && masks.Count < MaxMasks)
        {
            masks.Add(new WildcardMask(mask));
        }
    }

    private bool TryReadCondition(ReadOnlySpan<byte> filter)
    {
        if (filter.StartsWith("!"u8))
        {
            Add(_excluded, filter[1..]);
            return true;
        }

        return filter.StartsWith("C"u8) ? _age.TryRead(filter[1..])
            : filter.StartsWith("T"u8) ? _topicAge.TryRead(filter[1..])
            : _members.TryRead(filter);
    }

    // A topic's age is that of the topic which the room has now. A room without one has no such age.
    private bool IsListed(Room room)
    {
        var nowMs = _client.Host.Clock.UnixMs;
        return room.MemberCount > 0 && room.IsSeenBy(_client.Person) && _members.Hold(room.MemberCount)
            && _age.Hold(nowMs - room.CreatedUnixMs, MinuteMs)
            && (_topicAge == default || (room.Topic.Length > 0 && _topicAge.Hold(nowMs - room.TopicUnixMs, MinuteMs)))
            && (_masks.Count == 0 || IsMatch(_masks, room)) && !IsMatch(_excluded, room);
    }

    private static bool IsMatch(List<WildcardMask> masks, Room room)
    {
        foreach (var mask in masks)
        {
            if (mask.IsMatch(room.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers between which a value must be, both excluded; null for no bound.</summary>
    private record struct Bounds(long? MoreThan, long? LessThan)
    {
        /// <summary>Reads <c>&gt;n</c> or <c>&lt;n</c>. False if the text is neither.</summary>
        public bool TryRead(ReadOnlySpan<byte> text)
        {
            if (text.IsEmpty || text[0] is not ((byte)'<' or (byte)'>') || !Utf8Parser.TryParse(text[1..], out int number, out var used)
                || used != text.Length - 1)
            {
                return false;
            }

            if (text[0] == (byte)'>')
            {
                MoreThan = number;
            }
            else
            {
                LessThan = number;
            }

            return true;
        }

        /// <summary>Whether a value is between the bounds, each of which counts so many units.</summary>
        public readonly bool Hold(long value, long unit = 1) =>
            (MoreThan is not { } more || value > more * unit) && (LessThan is not { } less || value < less * unit);
    }
}
