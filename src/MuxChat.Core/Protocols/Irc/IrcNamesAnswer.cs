using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The members of a room: 353 with as many as fit in each line, then 366.</summary>
/// <remarks>
/// The answer goes from the last member to the first, because the room fills the place of a leaving member with its last one. No member is
/// left out; one may appear twice, which IRC allows.
/// </remarks>
/// <param name="client">The client that asks.</param>
/// <param name="room">The room; null for one that the client may not know of.</param>
/// <param name="name">The name of the room as the answer shows it.</param>
internal sealed class IrcNamesAnswer(IrcProtocolHandler client, Room? room, byte[] name) : ILongAnswer
{
    private int _next = room?.MemberCount ?? 0;

    public bool WritePart()
    {
        _next = room is not null && room.IsSeenBy(client.Person) ? Math.Min(_next, room.MemberCount) : 0;
        if (room is null || _next == 0)
        {
            client.Reply(IrcNumeric.EndOfNames).Param(name).Last("End of /NAMES list").SendTo(client.Output);
            return false;
        }

        var isFull = (client.Caps & IrcCaps.UserhostInNames) != 0;
        var hasAll = (client.Caps & IrcCaps.MultiPrefix) != 0;
        var sign = (room.Rules.Modes & RoomModes.Secret) != 0 ? "@"u8 : "="u8;
        var line = client.Reply(IrcNumeric.NameReply).Param(sign).Param(room.Name).Put(" :"u8);
        var isFirst = true;
        for (; _next > 0; _next--)
        {
            var member = room.Members[_next - 1];
            if (!room.ShowsMember(member, client.Person))
            {
                continue;
            }

            var prefixes = IrcText.PrefixesOf(member.Rank, hasAll);
            var person = member.Person;
            if (!isFirst && line.Free < LengthOf(person, isFull) + prefixes.Length + 1)
            {
                break;
            }

            Put(line.Put(isFirst ? default : " "u8).Put(prefixes), person, isFull);
            isFirst = false;
        }

        if (!isFirst)
        {
            line.SendTo(client.Output);
        }

        return true;
    }

    private static int LengthOf(Person person, bool isFull) =>
        isFull ? person.Nick.Length + person.Identity.User.Length + person.Identity.Host.Length + 2 : person.Nick.Length;

    private static void Put(IrcLine line, Person person, bool isFull)
    {
        line.Put(person.Nick);
        if (isFull)
        {
            line.Put("!"u8).Put(person.Identity.User).Put("@"u8).Put(person.Identity.Host);
        }
    }
}
