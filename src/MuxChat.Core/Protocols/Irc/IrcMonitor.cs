using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// MONITOR (IRCv3 monitor, extended-monitor): notifies the client when a user with a watched nick connects or leaves, over any protocol.
/// </summary>
internal static class IrcMonitor
{
    public static CommandResult Change(IrcProtocolHandler client, in IrcMessage message)
    {
        var word = message[0];
        if (word.Length == 1 && message.Count > 1 && word[0] == (byte)'+')
        {
            return Add(client, message[1]);
        }

        if (word.Length == 1 && message.Count > 1 && word[0] == (byte)'-')
        {
            foreach (var range in message[1].Split((byte)','))
            {
                client.Hub.Watch.Unwatch(client.Session!, message[1][range]);
            }

            return CommandResult.Ok();
        }

        switch (word.Length == 1 ? word[0] | 0x20 : 0)
        {
            case 'c':
                client.Hub.Watch.Clear(client.Session!);
                return CommandResult.Ok();
            case 'l':
                ShowList(client);
                return CommandResult.Ok();
            case 's':
                SendList(client, client.Hub.Watch.WatchedBy(client.Session!));
                return CommandResult.Ok();
            default:
                return client.Fail("MONITOR"u8, "INVALID_PARAMS"u8, ErrorCode.BadField, "MONITOR takes + or - and nicks, or C, L or S");
        }
    }

    // An invalid nick can never be online, so it is left out (IRCv3 monitor: a target is a valid nick).
    private static CommandResult Add(IrcProtocolHandler client, ReadOnlySpan<byte> nicks)
    {
        var session = client.Session!;
        var watch = client.Hub.Watch;
        var added = new List<byte[]>();
        var at = 0;
        foreach (var range in nicks.Split((byte)','))
        {
            var nick = nicks[range];
            if (Nickname.IsValid(nick) && !watch.Watch(session, nick))
            {
                break;
            }

            if (Nickname.IsValid(nick))
            {
                added.Add(nick.ToArray());
            }

            at = Math.Min(nicks.Length, at + nick.Length + 1);
        }

        watch.SetExtended(session, (client.Caps & IrcCaps.ExtendedMonitor) != 0);
        SendList(client, added);
        if (at == nicks.Length)
        {
            return CommandResult.Ok();
        }

        client.Reply(IrcNumeric.MonListFull).Param(NickWatch.MaxWatched).Param(nicks[at..].Contains((byte)' ') ? "*"u8 : nicks[at..])
            .Last("Monitor list is full").SendTo(client.Output);
        return CommandResult.Error(ErrorCode.BadField, "Monitor list is full");
    }

    private static void SendList(IrcProtocolHandler client, IReadOnlyList<byte[]> nicks)
    {
        var here = new List<byte[]>();
        var gone = new List<byte[]>();
        foreach (var nick in nicks)
        {
            if (client.Hub.FindPerson(nick) is { } person)
            {
                here.Add([.. person.Nick, (byte)'!', .. person.Identity.User, (byte)'@', .. person.Identity.Host]);
            }
            else
            {
                gone.Add(nick);
            }
        }

        PutAll(client, IrcNumeric.MonOnline, here);
        PutAll(client, IrcNumeric.MonOffline, gone);
    }

    private static void ShowList(IrcProtocolHandler client)
    {
        PutAll(client, IrcNumeric.MonList, client.Hub.Watch.WatchedBy(client.Session!));
        client.Reply(IrcNumeric.EndOfMonList).Last("End of MONITOR list").SendTo(client.Output);
    }

    // Puts as many names into each line as fit.
    private static void PutAll(IrcProtocolHandler client, int numeric, IReadOnlyList<byte[]> names)
    {
        for (var i = 0; i < names.Count;)
        {
            var line = client.Reply(numeric).Put(" :"u8).Put(names[i++]);
            while (i < names.Count && line.Free > names[i].Length)
            {
                line.Put(","u8).Put(names[i++]);
            }

            line.SendTo(client.Output);
        }
    }
}
