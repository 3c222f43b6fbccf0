using System.Buffers.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>LIST: the rooms there were when it was asked for, largest first; by mask (ELIST M), by more or fewer members than a number (ELIST U).</summary>
internal sealed class IrcListAnswer : ILongAnswer
{
    /// <summary>Rooms that are looked at for one line.</summary>
    private const int RoomsAtOnce = 8;

    private readonly IrcDialogue _client;
    private readonly Room[] _rooms;
    private readonly WildcardMask? _mask;
    private readonly int _moreThan = -1;
    private readonly int _fewerThan = int.MaxValue;
    private int _next = -1;

    public IrcListAnswer(IrcDialogue client, Room[] rooms, ReadOnlySpan<byte> filters)
    {
        _client = client;
        _rooms = rooms;
        foreach (var range in filters.Split((byte)','))
        {
            var filter = filters[range];
            if (filter.IsEmpty)
            {
                continue;
            }

            if (filter[0] is (byte)'<' or (byte)'>' && Utf8Parser.TryParse(filter[1..], out int members, out var used) && used == filter.Length - 1)
            {
                _moreThan = filter[0] == (byte)'>' ? members : _moreThan;
                _fewerThan = filter[0] == (byte)'<' ? members : _fewerThan;
            }
            else
            {
                // One mask is looked at: the first.
                _mask ??= new WildcardMask(filter);
            }
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

    private bool IsListed(Room room) => (room.MemberCount > 0 || room.Dormancy is null) && room.IsSeenBy(_client.Session!)
        && room.MemberCount > _moreThan && room.MemberCount < _fewerThan
        && (_mask is null || _mask.IsMatch(room.Name));
}
