using System.Net.Sockets;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Scenarios;
using MuxChat.LoadTests.Wires;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.LoadTests.Comparing;

/// <summary>
/// The same work under each I/O model, in turn within every round, so that whatever drifts on the machine hits all alike. Each round begins
/// with another model, because the first and the last one of a round may have it easier.
/// </summary>
internal sealed record ComparisonRun
{
    public required IReadOnlyList<ComparedScenario> Scenarios { get; init; }

    public required IReadOnlyList<string> Models { get; init; }

    public required IReadOnlyList<int> Clients { get; init; }

    public required int Rounds { get; init; }

    /// <summary>Whether the broadcast is run once more with all processors for the server.</summary>
    public bool IsOnAll { get; init; }

    /// <summary>Another build of the server, to be compared with the usual one; null for none.</summary>
    public string? Versus { get; init; }

    /// <summary>Other servers to be run beside the models, on one processor, where the scenario is a broadcast.</summary>
    public IReadOnlyList<Yardstick> Yardsticks { get; init; } = [];

    public required LoadSettings Settings { get; init; }

    /// <summary>Looks whether what is asked for can be run.</summary>
    /// <returns>The scenarios for which every number of clients is too small.</returns>
    /// <exception cref="LoadException">Nothing of it can be run.</exception>
    public IReadOnlyList<ComparedScenario> Check()
    {
        var planned = Plan().ToList();
        if (planned.Count == 0)
        {
            throw LoadException.Usage(
                $"--clients {string.Join(',', Clients)}: too few for {string.Join(", ", Scenarios.Select(static one => one.Name))}");
        }

        return Yardsticks.Count == 0 || planned.Any(static step => step.Contestant.Yardstick is not null)
            ? [.. Scenarios.Where(scenario => planned.All(step => step.Scenario != scenario))]
            : throw LoadException.Usage($"--with {Yardsticks[0].Name}: other servers take part in broadcast and rate, "
                + "and --scenarios has neither");
    }

    /// <summary>Runs all of it. Every single run is audited.</summary>
    public List<RunResult> Run(ProgressLine progress)
    {
        var plan = Plan().ToList();
        var results = new List<RunResult>();
        foreach (var step in plan)
        {
            progress.Begin(results.Count + 1, plan.Count, step.ToString());
            if (step.IsOnAll && !Affinity.IsBound)
            {
                // The system does not bind processes to processors, so the runs on one processor had all of them too.
                continue;
            }

            var found = RunStep(step, progress);
            results.Add(found with
            {
                IsOnAll = step.IsOnAll,
                IsVersus = step.Contestant.IsVersus,
                Scenario = step.Scenario.Name,
                Clients = step.Clients,
                Round = step.Round,
            });
            if (found.Seconds == 0)
            {
                break;
            }
        }

        return results;
    }

    // A server that ends, or a machine without descriptors, ends the comparison, but does not take the rounds before with it.
    private RunResult RunStep(Step step, ProgressLine progress)
    {
        try
        {
            using var target = Start(step);

            // The last one is what the scenario found; those before it are what it compares with, or steps on the way.
            return step.Scenario.Scenario.Run(target, step.Settings, progress)[^1] with { Transport = target.Transport.Name };
        }
        catch (Exception error) when (error is LoadException { ExitCode: LoadCommandLine.Failed } or SocketException or IOException)
        {
            return new RunResult
            {
                Name = step.ToString(),
                Io = step.Io,
                Clients = step.Clients,
                Failures = [$"{error.Message}; the comparison ended there"],
            };
        }
    }

    /// <summary>The rounds of each model, scenario and number of clients together, in the order of the models' first run.</summary>
    public static List<ComparisonRow> Rows(IReadOnlyList<RunResult> results) =>
    [
        .. results.GroupBy(static run => (run.Scenario, run.Clients, run.IsOnAll, run.Io))
            .Select(static runs => ComparisonRow.Of([.. runs])),
    ];

    /// <summary>Every run, in order.</summary>
    public IEnumerable<Step> Plan() =>
        from clients in (IEnumerable<int>)[0, .. Clients]
        from scenario in Scenarios
        let settings = IsFor(scenario, clients) ? scenario.Settings(clients, SettingsFor(clients)) : null
        where settings is not null
        from isOnAll in (bool[])(IsOnAll && scenario.Name == "broadcast" ? [false, true] : [false])
        from round in Enumerable.Range(1, Rounds)
        from contestant in Rotated(scenario, isOnAll, round)
        select new Step(scenario, clients, round, isOnAll, contestant, settings with { Io = contestant.Name });

    private Target Start(Step step) => step.Contestant.Yardstick is { } yardstick
        ? Target.Start(yardstick)
        : Target.Start(step.Io, Transport.Find(Settings.Transport)!, step.IsOnAll, step.Contestant.IsVersus ? Versus : null);

    // 0 stands for a scenario that has no number of clients, and is run once.
    private static bool IsFor(ComparedScenario scenario, int clients) => clients > 0 == (scenario.Scenario is not ChurnScenario);

    private LoadSettings SettingsFor(int clients) =>
        Settings with { Clients = clients, Senders = Math.Clamp(Settings.Senders, 1, Math.Max(1, clients)) };

    private IEnumerable<Contestant> Rotated(ComparedScenario scenario, bool isOnAll, int round)
    {
        Contestant[] all =
        [
            .. Models.SelectMany(io => (IEnumerable<Contestant>)(Versus is null ? [new(io)] : [new(io), new(io, IsVersus: true)])),
            .. scenario.Scenario is BroadcastScenario && !isOnAll
                ? Yardsticks.Select(static yardstick => new Contestant(yardstick.Name, Yardstick: yardstick)) : [],
        ];
        return all.Select((_, i) => all[(i + round - 1) % all.Length]);
    }

    /// <summary>Who takes part: an I/O model, of this build or of the other one, or a yardstick.</summary>
    internal sealed record Contestant(string Name, bool IsVersus = false, Yardstick? Yardstick = null);

    /// <summary>One run of the comparison.</summary>
    internal sealed record Step(
        ComparedScenario Scenario, int Clients, int Round, bool IsOnAll, Contestant Contestant, LoadSettings Settings)
    {
        public string Io => Contestant.Name;

        public override string ToString() =>
            $"{Scenario.Name}{(Clients > 0 ? $", {Clients:N0} clients" : "")}{(IsOnAll ? ", all processors" : "")}, round {Round}, "
                + $"{Io}{(Contestant.IsVersus ? ", the other build" : "")}";
    }
}
