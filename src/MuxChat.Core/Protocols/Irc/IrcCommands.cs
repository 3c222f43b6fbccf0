using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The commands: one table. Their sections in RFC 1459 and elsewhere stand in docs/IRC.md.</summary>
internal static class IrcCommands
{
    public static readonly IrcCommand[] All =
    [
        new("PRIVMSG", IrcTalk.PrivMsg),
        new("PING", IrcLogin.Ping, isForAll: true),
        new("PONG", IrcLogin.Pong, isForAll: true),
        new("JOIN", IrcRooms.Join, leastParameters: 1, isForLogin: true),
        new("PART", IrcRooms.Part, leastParameters: 1),
        new("NICK", IrcLogin.Nick, isForAll: true),
        new("USER", IrcLogin.User, leastParameters: 4, isForAll: true),
        new("PASS", IrcLogin.Pass, leastParameters: 1, isForAll: true),
        new("CAP", IrcCapabilities.Cap, leastParameters: 1, isForAll: true),
        new("QUIT", IrcLogin.Quit, isForAll: true),
        new("NOTICE", IrcTalk.Notice),
        new("TAGMSG", IrcTagMessages.TagMsg, leastParameters: 1),
        new("TOPIC", IrcRooms.Topic, leastParameters: 1),
        new("KICK", IrcModeration.Kick, leastParameters: 2),
        new("INVITE", IrcModeration.Invite, leastParameters: 2),
        new("NAMES", IrcRooms.Names, isForLogin: true),
        new("LIST", IrcRooms.List, cost: 5),
        new("MODE", IrcModes.Mode, leastParameters: 1, isForLogin: true),
        new("WHO", IrcQueries.Who, isForLogin: true),
        new("WHOIS", IrcQueries.WhoIs),
        new("WHOWAS", IrcQueries.WhoWas),
        new("MONITOR", IrcMonitor.Change, leastParameters: 1, cost: 2, isForLogin: true),
        new("SETNAME", IrcProfile.SetName, leastParameters: 1),
        new("ISON", IrcQueries.IsOn, leastParameters: 1),
        new("USERHOST", IrcQueries.UserHost, leastParameters: 1),
        new("AWAY", IrcTalk.Away),
        new("OPER", IrcOperators.Oper, leastParameters: 2, cost: 5),
        new("KILL", IrcOperators.Kill, leastParameters: 2),
        new("SAMODE", IrcModes.Override, leastParameters: 2),
        new("REHASH", IrcOperators.Rehash),
        new("WALLOPS", IrcOperators.Wallops, leastParameters: 1),
        new("CHATHISTORY", IrcHistory.ChatHistory, cost: 2, isForLogin: true),
        new("MOTD", IrcServerQueries.Motd),
        new("LUSERS", IrcServerQueries.LUsers),
        new("LINKS", IrcServerQueries.Links),
        new("STATS", IrcServerQueries.Stats),
        new("VERSION", IrcServerQueries.Version),
        new("TIME", IrcServerQueries.Time),
        new("INFO", IrcServerQueries.Info),
        new("ADMIN", IrcServerQueries.Admin),
        new("HELP", IrcServerQueries.Help),
    ];

    /// <summary>The command of that name, in any case; null when there is none.</summary>
    public static IrcCommand? Find(ReadOnlySpan<byte> name)
    {
        foreach (var command in All)
        {
            if (Ascii.EqualsIgnoreCase(name, command.Name))
            {
                return command;
            }
        }

        return null;
    }
}
