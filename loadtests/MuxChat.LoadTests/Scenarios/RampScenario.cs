using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Looks for the highest rate whose p99 passes. A full window tells first what the server can do, so the search begins close to its goal.
/// Latencies count from the moment each line was due, and lines that come after the end count too. So a rate that the server, or the load,
/// cannot hold shows in its p99, and no other upper end is needed. A full window after the search shows whether the machine has changed.
/// Rates above what was found are tried again until none passes.
/// </summary>
/// <param name="isRepeated">
/// Whether the search is one of several rounds. It is less exact then, to within 4%, with two tries for a rate, and it is not checked.
/// </param>
internal sealed class RampScenario(bool isRepeated = false) : IScenario
{
    /// <summary>How often a rate is tried before it fails.</summary>
    public const int Tries = 3;

    /// <summary>How exact the search is: to within 2%.</summary>
    public const double Precision = 1.02;

    /// <summary>A full window that moves so many times what it moved before, or less than the reverse: the machine has changed.</summary>
    public const double Changed = 1.1;

    private const int TriesOfRound = 2;

    private const double PrecisionOfRound = 1.04;

    /// <summary>So often a search is checked as long as the checks find more.</summary>
    private const int MostChecks = 3;

    /// <summary>A rate at which fewer lines than this are said in the measured time has no p99 worth the name.</summary>
    private const double LeastLines = 20;

    public string Name => "ramp";

    public string Description => "looks for the highest rate whose p99 stays below --p99-ms: the capacity.";

    public LoadSettings Defaults => new() { Seconds = 2, WarmSeconds = 0.5 };

    public IReadOnlyList<string> Options => ["--clients", "--senders", "--window", "--p99-ms"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        progress.Say($"{Name}: {settings.Clients} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var crowd = Crowd.Login(swarm, settings.Clients, 1, settings.Senders);

        // The server compiles its code anew while it learns what is used, and is slower until then.
        var before = Full("full window", settings.Seconds + settings.WarmSeconds);
        var search = new CapacitySearch(
            rate => Measurement.Take($"{Numbers.Show(rate)} lines/s", target, crowd, settings, progress, rate),
            settings.P99Ms,
            isRepeated ? TriesOfRound : Tries,
            isRepeated ? PrecisionOfRound : Precision);
        var least = Math.Ceiling(LeastLines / settings.Seconds);
        search.Run(least, Math.Max(least, Math.Floor(before.Sent / before.Seconds)));
        for (var checks = 0; !isRepeated && checks < MostChecks && search.Check(); checks++)
        {
            progress.Say($"{Name}: {Numbers.Show(search.Good!.Rate)} lines/s passed; checks it");
        }

        var after = Full("full window after", settings.WarmSeconds);
        swarm.CloseLedgers();

        // The rate that was found comes last. If the load generator kept the next rate from passing, it was the limit.
        var found = search.Good ?? search.Steps[^1];
        var last = found with { Load = found.Load with { Limit = (search.Bad ?? found).Load.Limit } };
        var capacity = search.Good?.Rate ?? 0;
        last.More["capacity"] = capacity;
        last.More["capacity-deliveries"] = capacity * (settings.Clients - 1);
        last.More["after/before"] = before.Sent > 0 ? after.Sent / after.Seconds / (before.Sent / before.Seconds) : 0;
        return [.. ((RunResult[])[before, .. search.Steps.Where(step => step != found), after]).Select(Step), last];

        RunResult Full(string name, double warmSeconds) =>
            Measurement.Take(name, target, crowd, settings with { Rate = 0, WarmSeconds = warmSeconds }, progress);
    }

    // The audit is of all clients and all rates. It belongs to the last run, and so does a load generator that was the limit.
    private static RunResult Step(RunResult run) => run with { Audit = new(), Load = run.Load with { Limit = "" } };
}
