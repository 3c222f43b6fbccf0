using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>TAGMSG (IRCv3 message tags): a message of client-only tags and no text. Clients without tags receive nothing.</summary>
internal static class IrcTagMessages
{
    public static CommandResult TagMsg(IrcProtocolHandler client, in IrcMessage message)
    {
        var result = CommandResult.Ok();
        var targets = 0;
        foreach (var range in message[0].Split((byte)','))
        {
            var target = message[0][range];
            if (target.IsEmpty)
            {
                continue;
            }

            if (++targets > IrcTalk.MaxTargets)
            {
                return client.ReplyError(IrcNumeric.TooManyTargets, target, $"At most {IrcTalk.MaxTargets} targets");
            }

            client.Cost = targets;
            result = IrcRooms.Worse(result, SendTo(client, target, client.TagsOf(message)));
        }

        return result;
    }

    private static CommandResult SendTo(IrcProtocolHandler client, ReadOnlySpan<byte> target, ReadOnlySpan<byte> tags)
    {
        var isRoom = target.StartsWith("#"u8);
        var result = client.Hub.Execute(client.Session!,
            new Command
            {
                Kind = CommandKind.Tag,
                Room = isRoom ? target : default,
                Nick = isRoom ? default : target,
                Tags = tags,
                Echo = client.Echo,
            });
        return result.IsOk ? result : IrcTalk.Refuse(client, target, result);
    }
}
