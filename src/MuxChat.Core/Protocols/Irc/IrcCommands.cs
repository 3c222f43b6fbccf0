using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The table of commands. docs/protocols/irc.md gives the section of RFC 1459, or other specification, of each.</summary>
internal static class IrcCommands
{
    public static readonly IrcCommand[] All =
    [
        new("PRIVMSG", IrcTalk.PrivMsg),
        new("PING", IrcLogin.Ping, isForAll: true),
        new("PONG", IrcLogin.Pong, isForAll: true),
        new("JOIN", IrcRooms.Join, minParameters: 1, isForLogin: true),
        new("PART", IrcRooms.Part, minParameters: 1),
        new("NICK", IrcLogin.Nick, isForAll: true) { IsMended = true },
        new("USER", IrcLogin.User, minParameters: 4, isForAll: true) { IsMended = true },
        new("PASS", IrcLogin.Pass, minParameters: 1, isForAll: true),
        new("WEBIRC", IrcGateway.WebIrc, isForAll: true),
        new("CAP", IrcCapabilities.Cap, minParameters: 1, isForAll: true),
        new("QUIT", IrcLogin.Quit, isForAll: true) { IsMended = true },
        new("NOTICE", IrcTalk.Notice),
        new("TAGMSG", IrcTagMessages.TagMsg, minParameters: 1),
        new("REDACT", IrcRedaction.Redact),
        new("TOPIC", IrcRooms.Topic, minParameters: 1),
        new("KICK", IrcModeration.Kick, minParameters: 2),
        new("INVITE", IrcModeration.Invite),
        new("NAMES", IrcRooms.Names, isForLogin: true),
        new("LIST", IrcRooms.List, cost: IrcRooms.ListCost),
        new("MODE", IrcModes.Mode, minParameters: 1, isForLogin: true),
        new("WHO", IrcWho.Who, isForLogin: true),
        new("WHOIS", IrcQueries.WhoIs),
        new("WHOWAS", IrcQueries.WhoWas),
        new("MONITOR", IrcMonitor.Change, minParameters: 1, cost: 2, isForLogin: true),
        new("SETNAME", IrcProfile.SetName, minParameters: 1),
        new("ISON", IrcQueries.IsOn, minParameters: 1),
        new("USERHOST", IrcQueries.UserHost, minParameters: 1),
        new("AWAY", IrcTalk.Away),
        new("OPER", IrcOperators.Oper, minParameters: 2, cost: 5),
        new("KILL", IrcOperators.Kill, minParameters: 2),
        new("SAMODE", IrcModes.Override, minParameters: 2),
        new("REHASH", IrcOperators.Rehash),
        new("RUN", IrcPrograms.Run),
        new("WALLOPS", IrcOperators.Wallops, minParameters: 1),
        new("CHATHISTORY", IrcHistory.ChatHistory, cost: 2, isForLogin: true),
        new("FILES", IrcFiles.Files, cost: 2),
        new("GET", IrcFiles.Get, minParameters: 1),
        new("MOTD", IrcServerQueries.Motd),
        new("LUSERS", IrcServerQueries.LUsers),
        new("LINKS", IrcServerQueries.Links),
        new("STATS", IrcServerQueries.Stats),
        new("VERSION", IrcServerQueries.Version),
        new("TIME", IrcServerQueries.Time),
        new("INFO", IrcServerQueries.Info),
        new("ADMIN", IrcServerQueries.Admin),
        new("HELP", IrcServerQueries.Help),
        new("HELPOP", IrcServerQueries.Help),
        new("ISUPPORT", IrcSupport.ISupport, isForAll: true),
    ];

    /// <summary>Returns the command of that name, ignoring case; null when there is none.</summary>
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

/// <summary>Runs one command and answers it.</summary>
internal delegate CommandResult IrcHandler(IrcProtocolHandler client, in IrcMessage message);

/// <summary>One IRC command: a row of <see cref="IrcCommands"/>.</summary>
/// <param name="Name">The command's word, in capitals.</param>
/// <param name="Handler">Runs the command and answers it.</param>
/// <param name="MinParameters">The fewest parameters; with fewer the answer is 461.</param>
/// <param name="IsForAll">Whether a client may send the command before it is registered.</param>
/// <param name="Cost">The tokens that the command takes from the flood budget.</param>
/// <param name="IsForLogin">Whether a reconnecting client needs the command. The login budget
/// then pays for it, for as long as that lasts.</param>
internal sealed record IrcCommand(byte[] Name, IrcHandler Handler, int MinParameters = 0, bool IsForAll = false, int Cost = 1,
    bool IsForLogin = false)
{
    public IrcCommand(string name, IrcHandler handler, int minParameters = 0, bool isForAll = false, int cost = 1, bool isForLogin = false)
        : this(Encoding.ASCII.GetBytes(name), handler, minParameters, isForAll, cost, isForLogin)
    {
    }

    /// <summary>Whether a line that is not UTF-8 is carried out, with its wrong bytes replaced. Any other is refused.</summary>
    public bool IsMended { get; init; }
}
