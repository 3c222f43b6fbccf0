using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>KICK and INVITE (RFC 1459, sections 4.2.7 and 4.2.8).</summary>
internal static class IrcModeration
{
    /// <summary>Members that one KICK can remove: 4, as TARGMAX says.</summary>
    public const int MaxKicked = 4;

    /// <summary>The longest reason, in bytes: 200, as KICKLEN says. A longer one is cut.</summary>
    public const int MaxReasonBytes = 200;

    /// <summary>
    /// Runs <c>KICK #room nick,nick :reason</c>, or with as many rooms as nicks: each nick from the room at its place (RFC 2812, section
    /// 3.2.8).
    /// </summary>
    public static CommandResult Kick(IrcProtocolHandler client, in IrcMessage message)
    {
        var rooms = Names(message[0]);
        var nicks = Names(message[1]);
        if (nicks.Count == 0 || (rooms.Count != 1 && rooms.Count != nicks.Count))
        {
            return client.ReplyError(IrcNumeric.NeedMoreParams, "KICK"u8, "Give one channel, or as many channels as nicks",
                ErrorCode.MissingField);
        }

        var reason = message[2];
        reason = reason[..ChatText.Fit(reason, MaxReasonBytes)];
        var result = CommandResult.Ok();
        for (var i = 0; i < nicks.Count; i++)
        {
            var room = message[0][rooms[rooms.Count == 1 ? 0 : i]];
            var nick = message[1][nicks[i]];
            if (i == MaxKicked)
            {
                return client.ReplyError(IrcNumeric.TooManyTargets, nick, $"At most {MaxKicked} targets");
            }

            client.Cost = i + 1;
            var one = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Kick, Room = room, Nick = nick, Text = reason });
            result = IrcRooms.Worse(result, one.IsOk ? one : Refuse(client, room, nick, one));
        }

        return result;
    }

    // Returns the places of the names in a list with commas. Empty ones do not count.
    private static List<Range> Names(ReadOnlySpan<byte> list)
    {
        var names = new List<Range>();
        foreach (var range in list.Split((byte)','))
        {
            if (!list[range].IsEmpty)
            {
                names.Add(range);
            }
        }

        return names;
    }

    /// <summary>Runs <c>INVITE nick #room</c>. Without parameters, lists the rooms that the client is invited to.</summary>
    public static CommandResult Invite(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message.Count == 0)
        {
            client.Cost = IrcRooms.ListCost + client.Hub.Queries.PriceOfRooms;
            client.Session!.EnqueueAnswer(new InvitationsAnswer(client, client.Hub.ListRooms()));
            return CommandResult.Ok();
        }

        if (message.Count == 1)
        {
            return client.ReplyError(IrcNumeric.NeedMoreParams, "INVITE"u8, "Not enough parameters", ErrorCode.MissingField);
        }

        var nick = message[0];
        var name = message[1];
        var result = client.Hub.Execute(client.Session!,
            new Command { Kind = CommandKind.Invite, Room = IrcRooms.Named(name), Nick = IrcTalk.Named(nick) });
        if (!result.IsOk)
        {
            return Refuse(client, name, nick, result);
        }

        var invited = client.Hub.FindPerson(nick)!;
        client.Reply(IrcNumeric.Inviting).Param(invited.Nick).Param(client.Hub.FindRoom(client.Person, name)!.Name).SendTo(client.Output);
        if (invited.Away is not null)
        {
            client.Reply(IrcNumeric.Away).Param(invited.Nick).Last(invited.Away).SendTo(client.Output);
        }

        return result;
    }

    private static CommandResult Refuse(IrcProtocolHandler client, ReadOnlySpan<byte> room, ReadOnlySpan<byte> nick,
        in CommandResult refused)
    {
        switch (refused.Code)
        {
            case ErrorCode.UnknownNick or ErrorCode.BadNick:
                client.ReplyError(IrcNumeric.NoSuchNick, nick, "No such nick/channel");
                return refused;
            case ErrorCode.NotThere:
                client.Reply(IrcNumeric.UserNotInChannel).Param(IrcText.Shown(nick)).Param(IrcText.Shown(room))
                    .Last("They aren't on that channel").SendTo(client.Output);
                return refused;
            case ErrorCode.AlreadyThere:
                client.Reply(IrcNumeric.UserOnChannel).Param(IrcText.Shown(nick)).Param(IrcText.Shown(room)).Last("is already on channel")
                    .SendTo(client.Output);
                return refused;
            default:
                return IrcRooms.Refuse(client, room, refused);
        }
    }

    /// <summary>
    /// 336 for each room with members that the client is invited to, then 337 (modern.ircdocs.horse, "RPL_INVITELIST"). The room's members
    /// told the client of it, so hidden rooms are in the list.
    /// </summary>
    private sealed class InvitationsAnswer(IrcProtocolHandler client, Room[] rooms) : ILongAnswer
    {
        /// <summary>Rooms examined for one line.</summary>
        private const int RoomsAtOnce = 8;

        private int _next;

        public bool WritePart()
        {
            for (var i = 0; i < RoomsAtOnce && _next < rooms.Length; i++)
            {
                var room = rooms[_next++];
                if (room.MemberCount > 0 && room.Rules.IsInvited(client.Person))
                {
                    client.Reply(IrcNumeric.InvitedTo).Param(room.Name).SendTo(client.Output);
                    return true;
                }
            }

            if (_next < rooms.Length)
            {
                return true;
            }

            client.Reply(IrcNumeric.EndOfInvitedTo).Last("End of /INVITE list").SendTo(client.Output);
            return false;
        }
    }
}
