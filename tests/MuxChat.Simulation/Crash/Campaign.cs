using System.Text.Json.Nodes;

namespace MuxChat.Simulation.Crash;

/// <summary>
/// Rounds of: start the server, let clients talk, kill it at a random moment. In between, and at the end with the whole journal, what the
/// server has is compared with what the clients were told.
/// </summary>
internal sealed class Campaign(CampaignSettings settings, TextWriter log)
{
    private const int Rooms = 4;
    private const int Pages = 1000;

    // A server that acknowledges nothing for so long is a fault of its own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CrashLedger _ledger = new();
    private readonly Random _random = new(settings.Seed);
    private TimeSpan _slowestStart;
    private int _slowStarts;

    /// <summary>Runs all rounds. Returns whether nothing was wrong.</summary>
    public bool Run()
    {
        for (var round = 1; round <= settings.Rounds && _ledger.Faults.Count == 0; round++)
        {
            RunRound(round);
            if (round % settings.ReportEvery == 0)
            {
                log.WriteLine($"round {round}: {_ledger.Acknowledged} lines acknowledged, {_ledger.Seen} seen, "
                + $"slowest start {_slowestStart.TotalSeconds:F2} s");
            }
        }

        using (var server = StartServer())
        {
            CheckHistory(server.Port);
        }

        _ledger.Compare(KilledServer.Dump(settings.Data).Select(Parse).OfType<(EventName, string)>());
        foreach (var fault in _ledger.Faults)
        {
            log.WriteLine($"FAULT: {fault}");
        }

        log.WriteLine(
            $"{settings.Rounds} rounds of kill -9, seed {settings.Seed}, io {settings.Io}, durability {settings.Durability}: "
            + $"{_ledger.Acknowledged} lines acknowledged, {_ledger.Seen} seen, "
            + $"{_ledger.Faults.Count} faults; slowest start {_slowestStart.TotalSeconds:F2} s, {_slowStarts} of them above 2 s");
        return _ledger.Faults.Count == 0;
    }

    private void RunRound(int round)
    {
        using var server = StartServer();
        CheckHistory(server.Port);
        var talkers = new List<Talker>();
        for (var i = 0; i < settings.Clients; i++)
        {
            if (Talker.Start(_ledger, server.Port, RoomOf(i), $"r{round}c{i}") is { } talker)
            {
                talkers.Add(talker);
            }
        }

        _ledger.WaitForAcknowledged(_random.Next(settings.MaxLines), Patience);
        server.Kill();
        talkers.ForEach(talker => talker.Finish());
    }

    private KilledServer StartServer()
    {
        var server = KilledServer.Start(settings);
        _slowestStart = TimeSpan.FromTicks(Math.Max(_slowestStart.Ticks, server.ReadyAfter.Ticks));
        _slowStarts += server.ReadyAfter > TimeSpan.FromSeconds(2) ? 1 : 0;
        return server;
    }

    // What the server remembers after the kill is what the clients had seen, under the same numbers.
    private void CheckHistory(int port)
    {
        using var reader = new FrameConnection(port);
        for (var i = 0; i < Rooms; i++)
        {
            var room = RoomOf(i);
            reader.TrySend(new JsonObject { ["type"] = "join", ["room"] = room, ["id"] = "in" });
            reader.ReadUntil("ok");
            var after = 0L;
            bool more;
            do
            {
                reader.TrySend(new JsonObject
                {
                    ["type"] = "history",
                    ["room"] = room,
                    ["after"] = after,
                    ["limit"] = Pages,
                    ["id"] = "page"
                });
                more = false;
                for (var frame = reader.Read(); frame is not null && (string?)frame["type"] != "ok"; frame = reader.Read())
                {
                    if ((string?)frame["type"] == "history")
                    {
                        after = CheckPage(room, frame, after);
                        more = (bool)frame["more"]!;
                    }
                }
            }
            while (more);
        }
    }

    private long CheckPage(string room, JsonObject page, long after)
    {
        foreach (var past in page["events"]!.AsArray())
        {
            var seq = (long)past!["seq"]!;
            if (after > 0 && seq != after + 1)
            {
                _ledger.Fault($"a gap in the history of {room}: {seq} follows {after}");
            }

            after = seq;
            if ((string?)past["type"] == "said")
            {
                _ledger.Saw(new EventName(room, (long)past["epoch"]!, seq), (string)past["text"]!);
            }
        }

        return after;
    }

    private static (EventName Name, string Text)? Parse(string line)
    {
        var past = JsonNode.Parse(line)!.AsObject();
        return (string?)past["type"] == "said"
            ? (new EventName((string)past["room"]!, (long)past["epoch"]!, (long)past["seq"]!), (string)past["text"]!)
            : null;
    }

    private static string RoomOf(int client) => $"#room{client % Rooms}";
}
