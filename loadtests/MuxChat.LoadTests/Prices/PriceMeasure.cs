using System.Globalization;

namespace MuxChat.LoadTests.Prices;

/// <summary>Measures what the dear commands of each protocol take in a full chat, and prints them, dearest first.</summary>
internal static class PriceMeasure
{
    // The least of so many runs: the machine does other things too.
    private const int Runs = 7;

    private const string FewMatches = "*??????????????????????????????????????????????????x!";

    private static readonly (string Protocol, string[] Commands)[] All =
    [
        ("line", ["hello", "/me waves", "/rooms", "/who", $"/who {CrowdedHub.Mine}", "/nick a2", "/topic new",
            $"/mode {CrowdedHub.Mine} +bbbb", $"/join {CrowdedHub.Mine}",
            "/history 1000", $"/join {CrowdedHub.Talkative}", "/history 1000", $"/join {CrowdedHub.Quiet}", "/history 20",
            "/join #new", "/part #new", "/stats", "/help", "/ping x", "/away gone", "/part #lobby", "/join #lobby"]),
        ("frame", ["""{"type":"say","text":"hello"}""", """{"type":"rooms"}""", """{"type":"who"}""", """{"type":"nick","nick":"b2"}""",
            """{"type":"topic","text":"new"}""",
            $$"""{"type":"mode","room":"{{CrowdedHub.Mine}}","modes":"bbbb"}""", $$"""{"type":"join","room":"{{CrowdedHub.Mine}}"}""",
            $$"""{"type":"history","room":"{{CrowdedHub.Mine}}","after":0,"limit":1000}""", """{"type":"join","room":"#new2"}""",
                """{"type":"stats"}""",
            $$"""{"type":"resume","room":"{{CrowdedHub.Talkative}}","epoch":{{CrowdedHub.PastEpoch}},"after":0}""",
            $$"""{"type":"history","room":"{{CrowdedHub.Talkative}}","after":0,"limit":1000}""",
            $$"""{"type":"resume","room":"{{CrowdedHub.Quiet}}","epoch":{{CrowdedHub.PastEpoch}},"after":0}""",
            $$"""{"type":"history","room":"{{CrowdedHub.Quiet}}","after":0,"limit":1000000}""",
            """{"type":"help"}""", """{"type":"part","room":"#lobby"}""", """{"type":"join","room":"#lobby"}"""]),
        ("irc", ["PRIVMSG #lobby :hello", "LIST", $"LIST {FewMatches}", "NAMES #lobby", "WHO #lobby", "WHO #lobby %tcuihsnfdlaor,7",
            "NICK c2", "TOPIC #lobby :new",
            $"MODE {CrowdedHub.Mine} bbbbbbbbbbbb", $"JOIN {CrowdedHub.Mine}", $"CHATHISTORY LATEST {CrowdedHub.Mine} * 1000",
            $"JOIN {CrowdedHub.Quiet}", $"CHATHISTORY LATEST {CrowdedHub.Quiet} * 100",
            "CHATHISTORY TARGETS timestamp=1970-01-01T00:00:00.000Z timestamp=2050-01-01T00:00:00.000Z 10",
                "JOIN #new3", "LUSERS", "MOTD", "WHOIS client-1",
            "WHOWAS client-1", "MONITOR S", "ISON client-1 client-2 client-3", "AWAY :gone", "PART #lobby", "JOIN #lobby", "JOIN 0"]),
    ];

    /// <summary>Measures, and prints a table.</summary>
    public static int Run(TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{CrowdedHub.Clients:N0} clients in one room, {CrowdedHub.Rooms:N0} rooms; processor time without sockets, "
                + $"the minimum of {Runs} runs"));
        var hub = new CrowdedHub();
        foreach (var (protocol, commands) in All)
        {
            var costs = commands.Select(static command => (Command: command, Cost: default(CommandCost))).ToArray();
            for (var run = 0; run < Runs; run++)
            {
                var talk = hub.Enter(protocol, $"{protocol}-{run}");
                for (var i = 0; i < commands.Length; i++)
                {
                    var cost = hub.Do(talk, commands[i] + (protocol == "irc" ? "\r\n" : "\n"));
                    costs[i].Cost = run == 0 ? cost : costs[i].Cost with
                    {
                        Total = Least(cost.Total, costs[i].Cost.Total),
                        LongestTick = Least(cost.LongestTick, costs[i].Cost.LongestTick),
                    };
                }

                talk.End(MuxChat.Core.Chat.CloseReason.Quit);
            }

            Print(output, protocol, costs);
        }

        return 0;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Print(TextWriter output, string protocol, IEnumerable<(string Command, CommandCost Cost)> costs)
    {
        output.WriteLine();
        output.WriteLine($"| {protocol} | total, ms | longest tick, ms | answer, bytes | costs |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (command, cost) in costs.OrderByDescending(static one => one.Cost.LongestTick))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| `{command}` | {cost.Total.TotalMilliseconds:F2} | {cost.LongestTick.TotalMilliseconds:F2} | "
                    + $"{cost.AnswerBytes:N0} | {cost.Price} |"));
        }
    }
}
