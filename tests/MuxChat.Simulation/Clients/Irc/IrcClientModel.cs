using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>An IRC client: it logs in, negotiates capabilities, and names the room of whatever it says.</summary>
internal sealed class IrcClientModel : IClientModel
{
    /// <summary>
    /// What it attaches for programs now and then: a tag of a client's own, and its value as it is written (IRCv3 message tags).
    /// </summary>
    public const string AttachedName = "+draft/x";

    public const string AttachedValue = "y\\s\\:";

    /// <summary>The longest topic, as 005 names it.</summary>
    public const int TopicBytes = 300;

    public string Protocol => "irc";

    public int Listener => 3;

    // Its own lines come back where it asked for that before it said them.
    public bool ShowsToActor(EventKind kind, Link actor) => kind switch
    {
        EventKind.Said or EventKind.Acted => actor.Intents.LastDone is { Echoes: true },
        EventKind.Away or EventKind.Invited => false,
        _ => true,
    };

    public bool IsOncePerPerson(EventKind kind) => kind is EventKind.Renamed or EventKind.Quit or EventKind.Away or EventKind.Invited;

    public IView CreateView(Link link) => new IrcView(link);

    public byte[] Compose(Intent intent, SimPlan plan, SeededRandom random) => Compose([intent], plan, random);

    /// <summary>One line for requests that differ in their targets alone.</summary>
    public static byte[] Compose(IReadOnlyList<Intent> intents, SimPlan plan, SeededRandom random)
    {
        var intent = intents[0];
        if (intent.IsRefused)
        {
            return IrcGarbage.Compose(intent, plan, random);
        }

        var line = Words(intent, string.Join(',', intents.Select(static one => one.Room)), random);

        // A server believes neither what a client says it is, nor its tags.
        var source = random.Chance(0.05) ? ":guest-1!line@localhost " : "";
        var tags = random.Chance(0.05) ? $"@msgid=1-1;time=2001-01-01T00:00:00.000Z;{AttachedName}={AttachedValue} " : "";
        var isTalk = intent.Kind is IntentKind.Say or IntentKind.Act or IntentKind.Message or IntentKind.Topic or IntentKind.Join;
        line = (isTalk ? tags + source : "") + (random.Chance(0.2) ? Lower(line) : line);
        return [.. Encoding.UTF8.GetBytes(line), .. random.Chance(0.3) ? "\n"u8 : "\r\n"u8];
    }

    /// <summary>The answer to the server's ping; it is not answered itself.</summary>
    public static byte[] Pong() => [.. "PONG muxchat.local\r\n"u8];

    private static string Words(Intent intent, string rooms, SeededRandom random) => intent.Kind switch
    {
        IntentKind.Say => $"{(intent.IsNotice ? "NOTICE" : "PRIVMSG")} {rooms} :{Dressed(intent.Text, random)}",
        IntentKind.Act => $"PRIVMSG {rooms} :\u0001ACTION {intent.Text}\u0001",
        IntentKind.Message when intent.IsAction => $"PRIVMSG {intent.Nick} :\u0001ACTION {intent.Text}\u0001",
        IntentKind.Message => $"{(intent.IsNotice ? "NOTICE" : "PRIVMSG")} {intent.Nick} :{Dressed(intent.Text, random)}",
        IntentKind.Topic => $"TOPIC {rooms} :{intent.Text}",
        IntentKind.AskTopic => $"TOPIC {rooms}",
        IntentKind.Nick => $"NICK {(random.Chance(0.2) ? ":" : "")}{intent.Nick}",
        IntentKind.Join => intent.Key.Length > 0 ? $"JOIN {rooms} {intent.Key}" : $"JOIN {rooms}",
        IntentKind.Mode => $"MODE {rooms} {intent.Text}",
        IntentKind.Kick => intent.Text.Length > 0 ? $"KICK {rooms} {intent.Nick} :{intent.Text}" : $"KICK {rooms} {intent.Nick}",
        IntentKind.Invite => $"INVITE {intent.Nick} {rooms}",
        IntentKind.Oper => $"OPER {intent.Nick} {intent.Text}",
        IntentKind.Kill => $"KILL {intent.Nick} :{intent.Text}",
        IntentKind.Part => intent.Text.Length > 0 ? $"PART {rooms} :{intent.Text}" : $"PART {rooms}",
        IntentKind.Ping => $"PING :{intent.Text}",
        IntentKind.Away => intent.Text.Length > 0 ? $"AWAY :{intent.Text}" : "AWAY",
        IntentKind.Who => $"WHO {rooms}",
        IntentKind.Names => $"NAMES {rooms}",
        IntentKind.WhoIs => $"WHOIS {intent.Nick}",
        IntentKind.Rooms => "LIST",
        IntentKind.Stats => "LUSERS",
        IntentKind.Help => "MOTD",
        IntentKind.User => intent.Text,
        IntentKind.Capability when intent.Text == "REQ" => $"CAP REQ :{Requested(intent)}",
        IntentKind.Capability => $"CAP {intent.Text}",
        IntentKind.Monitor => $"MONITOR {intent.Text}",
        IntentKind.ChatHistory => $"CHATHISTORY {intent.Text}",
        IntentKind.Quit => intent.Text.Length > 0 ? $"QUIT :{intent.Text}" : "QUIT",
        _ => throw new InvalidOperationException($"{intent.Kind} is not asked on IRC."),
    };

    /// <summary>The list of a request for capabilities; what must be refused has a name in it that there is not.</summary>
    public static string Requested(Intent intent) =>
        ($"{SimIrcCapabilities.Write(intent.On)} {SimIrcCapabilities.Write(intent.Off, "-")}"
            + $"{(intent.Refusal.Length > 0 ? " simulation.example/none" : "")}").Trim();

    // Colours and the like, which nobody is shown: a text begins with a letter, so that no digit of it belongs to a colour.
    private static string Dressed(string text, SeededRandom random) => random.Below(16) switch
    {
        0 => $"\u0002{text}\u000f",
        1 => $"\u000304,12{text}",
        2 => $"\u001d{text}\u001d\u001f",
        _ => text,
    };

    // Commands are known in any case.
    private static string Lower(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? line.ToLowerInvariant() : line[..space].ToLowerInvariant() + line[space..];
    }
}
