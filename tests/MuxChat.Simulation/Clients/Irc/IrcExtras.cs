using System.Globalization;
using System.Text;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// What IRC clients do in a share of all runs, by generators of their own: they ask for the past (CHATHISTORY), watch nicks (MONITOR),
/// and put labels on requests. In all other runs every client is as it was before there was this.
/// </summary>
internal static class IrcExtras
{
    private const IrcCapability Labels = IrcCapability.Batch | IrcCapability.LabeledResponse;

    /// <summary>The lines of a login, and what it asks for besides.</summary>
    public static List<Intent> AddTo(List<Intent> login, Link link)
    {
        var end = login.FindIndex(static intent => intent is { Kind: IntentKind.Capability, Text: "END" });
        var random = RandomOf(link, 0);
        if (link.World.Plan.HasIrcExtras && end >= 0 && random.Chance(0.9))
        {
            var caps = IrcCapability.Batch;
            caps |= random.Chance(0.7) ? IrcCapability.LabeledResponse : IrcCapability.None;
            caps |= random.Chance(0.5) ? IrcCapability.ChatHistory : IrcCapability.None;
            caps |= random.Chance(0.4) ? IrcCapability.EventPlayback : IrcCapability.None;

            // With batch it changes how a client is shown what was said before it entered a room.
            caps |= random.Chance(0.5) ? IrcCapability.ServerTime : IrcCapability.None;
            login.Insert(end, new Intent(IntentKind.Capability) { Text = "REQ", On = caps });
        }

        return login;
    }

    /// <summary>Something more, after one of a client's actions.</summary>
    public static void Act(SimClient client, int action)
    {
        if (!client.World.Plan.HasIrcExtras || client.Open is not { View: IrcView view } link)
        {
            return;
        }

        var random = SeededRandom.For(client.World.Machine.Seed, Machine.IrcExtraPart, client.Number, action);
        for (var i = random.Below(6); i > 0 && link.IsOpen; i--)
        {
            var hasPast = (view.AskedCaps & IrcCapability.Batch) != 0 && view.Rooms.Names.Count > 0;
            link.Ask(!hasPast || random.Chance(0.3) ? Watch(client, random) : Ask(link, random), random);
        }
    }

    /// <summary>A line with the label that it gets, if it gets one.</summary>
    public static byte[] Labelled(Link link, IReadOnlyList<Intent> intents, byte[] line)
    {
        if (link.View is not IrcView view || (view.AskedCaps & Labels) != Labels || !IsAnsweredUnderLabel(intents[0], view))
        {
            return line;
        }

        var random = RandomOf(link, 1 + intents[0].Index);
        if (!random.Chance(0.6))
        {
            return line;
        }

        var label = $"l{intents[0].Index}{random.Pick("", "", "", "\\:\\s\\\\")}";
        foreach (var intent in intents)
        {
            intent.Label = label;
        }

        view.Labels.Asked(intents[0]);
        var isTagged = line[0] == (byte)'@';
        return [.. Encoding.ASCII.GetBytes($"@label={label}{(isTagged ? ";" : " ")}"), .. line.AsSpan(isTagged ? 1 : 0)];
    }

    // What is too long to be read has none, and what belongs to logging in is answered by the welcome.
    private static bool IsAnsweredUnderLabel(Intent intent, IrcView view) =>
        intent.Kind is not IntentKind.Overrun && intent.Refusal is not "417"
        && (view.IsIn || intent.Kind is not (IntentKind.User or IntentKind.Nick or IntentKind.Capability));

    private static Intent Watch(SimClient client, SeededRandom random) => new(IntentKind.Monitor)
    {
        Text = random.Below(60) switch
        {
            < 40 => "+ " + string.Join(',', Enumerable.Range(0, random.Between(1, 4)).Select(_ => Nick(client, random))),
            < 42 => $"+ {string.Join(',', Enumerable.Range(random.Below(3) * 40, 70).Select(static i => $"z{i}"))},{Nick(client, random)}",
            < 53 => $"- {Nick(client, random)},{Nick(client, random)}",
            < 55 => "C",
            < 57 => "L",
            _ => "S",
        },
    };

    private static string Nick(SimClient client, SeededRandom random)
    {
        var other = random.Below(client.World.Plan.Clients);
        return random.Pick($"i{other}", $"I{other}", $"n{other}", $"guest-{other + 1}", "alice", "Alice", "bob", "carol", "nobody", "1st");
    }

    private static Intent Ask(Link link, SeededRandom random)
    {
        var room = IrcWishes.Room(link, random, 0.9);
        var past = link.World.Life.Memories.Find(room)?.Events ?? [];
        var limit = random.Pick(1, 2, 3, 5, 10, 10, 100, 500, 0);
        var words = random.Below(10) switch
        {
            0 or 1 => $"LATEST {room} *",
            2 => $"LATEST {room} {Reference(past, random)}",
            3 or 4 => $"BEFORE {room} {Reference(past, random)}",
            5 => $"AFTER {room} {Reference(past, random)}",
            6 or 7 => $"AROUND {room} {Reference(past, random)}",
            _ => $"BETWEEN {room} {Reference(past, random)} {Reference(past, random)}",
        };
        return new Intent(IntentKind.ChatHistory) { Text = $"{words} {limit}" };
    }

    private static string Reference(List<LoggedEvent> past, SeededRandom random)
    {
        if (past.Count == 0 || random.Chance(0.05))
        {
            return random.Pick("msgid=1-1", "nonsense=1", "timestamp=2001-01-01T00:00:00.000Z", "timestamp=2101-01-01T00:00:00.000Z");
        }

        var one = past[random.Below(past.Count)];
        var time = DateTimeOffset.FromUnixTimeMilliseconds(one.UnixMs + random.Pick(0, 0, 1, -1));
        return random.Chance(0.5) ? $"msgid={one.Epoch}-{one.Seq}"
            : $"timestamp={time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}";
    }

    // Of one connection, for the login or for one of its requests.
    private static SeededRandom RandomOf(Link link, int place) =>
        SeededRandom.For(link.World.Machine.Seed, Machine.IrcExtraPart, 1_000 + link.ClientNumber, (link.Number * 100_000) + place);
}
