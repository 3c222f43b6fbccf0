using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>JOIN, PART, TOPIC, NAMES, LIST (RFC 1459, section 4.2). An IRC channel is a room of the chat.</summary>
internal static class IrcRooms
{
    /// <summary>Rooms in one NAMES: 4, as TARGMAX says.</summary>
    public const int MaxNames = 4;

    /// <summary>The price of a list of rooms in the flood budget: 5, before the price of many rooms.</summary>
    public const int ListCost = 5;

    /// <summary>The longest topic, in bytes: 300, as TOPICLEN says. A longer one is cut.</summary>
    public const int MaxTopicBytes = 300;

    public static CommandResult Join(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message[0].SequenceEqual("0"u8))
        {
            client.Cost = Math.Max(1, client.Person.Memberships.Count);
            foreach (var membership in client.Person.Memberships.ToArray())
            {
                client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Part, Room = membership.Room.Name });
            }

            return CommandResult.Ok();
        }

        var result = CommandResult.Ok();
        client.Cost = 0;
        var keys = message[1];
        foreach (var range in message[0].Split((byte)','))
        {
            var name = message[0][range];
            var key = ReadKey(ref keys);
            client.Cost++;
            if (!name.IsEmpty)
            {
                result = Worse(result, JoinOne(client, name, key));
            }
        }

        return result;
    }

    public static CommandResult Part(IrcProtocolHandler client, in IrcMessage message)
    {
        var result = CommandResult.Ok();
        client.Cost = 0;
        foreach (var range in message[0].Split((byte)','))
        {
            var name = message[0][range];
            client.Cost++;
            if (name.IsEmpty)
            {
                continue;
            }

            var parted = client.Hub.Execute(client.Session!, new Command { Kind = CommandKind.Part, Room = name, Text = message[1] });
            result = Worse(result, parted.IsOk ? parted : Refuse(client, name, parted));
        }

        return result;
    }

    public static CommandResult Topic(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message.Count > 1)
        {
            var topic = message[1];
            topic = topic[..ChatText.Fit(topic, MaxTopicBytes)];
            var result = client.Hub.Execute(client.Session!,
                new Command { Kind = CommandKind.Topic, Room = Named(message[0]), Text = topic, HasText = true });
            client.Cost += result.Price;
            return result.IsOk ? result : Refuse(client, message[0], result);
        }

        if (client.Hub.FindRoom(client.Person, message[0]) is not { } room)
        {
            return NoSuchChannel(client, message[0]);
        }

        if (room.Topic.Length == 0)
        {
            client.Reply(IrcNumeric.NoTopic).Param(room.Name).Last("No topic is set").SendTo(client.Output);
        }

        ShowTopic(client, room);
        return CommandResult.Ok();
    }

    public static CommandResult Names(IrcProtocolHandler client, in IrcMessage message)
    {
        var (names, isQueued) = (0, false);
        foreach (var range in message[0].Split((byte)','))
        {
            var name = message[0][range];
            if (name.IsEmpty)
            {
                continue;
            }

            if (++names > MaxNames)
            {
                return client.ReplyError(IrcNumeric.TooManyTargets, name, $"At most {MaxNames} targets");
            }

            // The answer about a room that the client may not see is one line. It waits only for an answer before it.
            client.Cost = names;
            var room = client.Hub.FindRoom(client.Person, name);
            var answer = new IrcNamesAnswer(client, room, room is null ? IrcText.Shown(name).ToArray() : room.Name);
            if (room is not null || isQueued)
            {
                client.Session!.EnqueueAnswer(answer);
                isQueued = true;
            }
            else
            {
                answer.WritePart();
            }
        }

        if (names == 0)
        {
            new IrcNamesAnswer(client, room: null, "*"u8.ToArray()).WritePart();
        }

        return CommandResult.Ok();
    }

    public static CommandResult List(IrcProtocolHandler client, in IrcMessage message)
    {
        client.Cost += client.Hub.RoomCount / QueryCommands.RoomsPerToken;
        client.Session!.EnqueueAnswer(new IrcListAnswer(client, client.Hub.ListRooms(), message[0], message[1]));
        return CommandResult.Ok();
    }

    /// <summary>Sends a room's topic and its author; nothing when there is no topic.</summary>
    public static void ShowTopic(IrcProtocolHandler client, Room room)
    {
        if (room.Topic.Length == 0)
        {
            return;
        }

        client.Reply(IrcNumeric.Topic).Param(room.Name).Last(room.Topic).SendTo(client.Output);
        client.Reply(IrcNumeric.TopicWhoTime).Param(room.Name).Param(Nickname.IsValid(room.TopicBy) ? room.TopicBy : "*"u8)
            .Param(room.TopicUnixMs / 1000).SendTo(client.Output);
    }

    /// <summary>Sends the reason why a command about a room was refused.</summary>
    public static CommandResult Refuse(IrcProtocolHandler client, ReadOnlySpan<byte> room, in CommandResult refused)
    {
        var (numeric, why) = refused.Code switch
        {
            ErrorCode.UnknownRoom or ErrorCode.BadRoom => (IrcNumeric.NoSuchChannel, "No such channel"),
            ErrorCode.NotInRoom => (IrcNumeric.NotOnChannel, "You're not on that channel"),
            ErrorCode.TooManyRooms => (IrcNumeric.TooManyChannels, "You have joined too many channels"),
            ErrorCode.NotRoomOperator => (IrcNumeric.ChanOpPrivsNeeded, "You're not channel operator"),
            ErrorCode.Banned => (IrcNumeric.BannedFromChan, "Cannot join channel (+b)"),
            ErrorCode.InviteOnly => (IrcNumeric.InviteOnlyChan, "Cannot join channel (+i)"),
            ErrorCode.BadKey => (IrcNumeric.BadChannelKey, "Cannot join channel (+k)"),
            ErrorCode.RoomFull => (IrcNumeric.ChannelIsFull, "Cannot join channel (+l)"),
            ErrorCode.ServerRoomsFull => (IrcNumeric.UnavailableResource, "The server has its maximum number of channels"),
            _ => (IrcNumeric.CannotSendToChannel, refused.Message),
        };
        client.ReplyError(numeric, IrcText.Shown(room), why, refused.Code);
        return refused;
    }

    /// <summary>
    /// Replaces an empty name by "#", which no room can have. The hub reads an empty name as the current room, and IRC has none.
    /// </summary>
    public static ReadOnlySpan<byte> Named(ReadOnlySpan<byte> name) => name.IsEmpty ? "#"u8 : name;

    /// <summary>Returns the result to be charged: the first if it is an error, else the second.</summary>
    public static CommandResult Worse(in CommandResult one, in CommandResult other) => one.IsOk ? other : one;

    // Keys match the rooms by position.
    private static ReadOnlySpan<byte> ReadKey(ref ReadOnlySpan<byte> keys)
    {
        var comma = keys.IndexOf((byte)',');
        var key = comma < 0 ? keys : keys[..comma];
        keys = comma < 0 ? default : keys[(comma + 1)..];
        return key;
    }

    private static CommandResult JoinOne(IrcProtocolHandler client, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key)
    {
        var session = client.Session!;
        if (client.Hub.FindRoom(session.Person, name) is { } known && session.Person.Find(known) is not null)
        {
            client.Cost--;
            return CommandResult.Ok();
        }

        var result = client.Hub.Execute(session, new Command { Kind = CommandKind.Join, Room = Named(name), Key = key });
        if (!result.IsOk)
        {
            return Refuse(client, name, result);
        }

        client.Cost += result.Price;
        session.EnqueueAnswer(new IrcEntryAnswer(client, session.Person.Memberships[^1]));
        return result;
    }

    private static CommandResult NoSuchChannel(IrcProtocolHandler client, ReadOnlySpan<byte> name) =>
        client.ReplyError(IrcNumeric.NoSuchChannel, name, "No such channel", ErrorCode.UnknownRoom);
}
