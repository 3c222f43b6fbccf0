using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Looks for the highest rate whose p99 passes. A full window tells first what the server can do, so the search begins close to its goal.
/// Latencies count from the moment each line was due, and lines that come after the end count too. So a rate that the server, or the load,
/// cannot hold shows in its p99, and no other upper end is needed. A full window after the search shows whether the machine has changed.
/// </summary>
internal sealed class RampScenario : IScenario
{
    /// <summary>A rate at which fewer lines than this are said in the measured time has no p99 worth the name.</summary>
    private const double LeastLines = 20;

    /// <summary>The step downwards until a rate passes.</summary>
    private const double StepDown = 0.5;

    /// <summary>The step upwards until a rate fails.</summary>
    private const double StepUp = 1.25;

    /// <summary>
    /// Nothing above this multiple of what a full window moved is tried: the limit for the p99 is too long for so short a run.
    /// </summary>
    private const double Highest = 4;

    /// <summary>A p99 that is so many times the limit needs no second try.</summary>
    private const double ByFar = 3;

    /// <summary>The search ends when the lowest rate that failed is so little above the highest one that passed.</summary>
    private const double Precision = 1.04;

    public string Name => "ramp";

    public string Description => "looks for the highest rate whose p99 stays below --p99-ms: the capacity.";

    public LoadSettings Defaults => new() { Seconds = 2, WarmSeconds = 0.5 };

    public IReadOnlyList<string> Options => ["--clients", "--senders", "--window", "--p99-ms"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        progress.Say($"{Name}: {settings.Clients} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var crowd = Crowd.Login(swarm, settings.Clients, 1, settings.Senders);
        var full = Full("full window");
        var search = new Search(
            rate => Measurement.Take($"{Numbers.Show(rate)} lines/s", target, crowd, settings, progress, rate), settings.P99Ms);
        var least = Math.Ceiling(LeastLines / settings.Seconds);
        search.Run(least, Math.Max(least, Math.Floor(full.Sent / full.Seconds)));
        var after = Full("full window after");
        swarm.CloseLedgers();

        // The rate that was found comes last. If the load generator kept the next rate from passing, it was the limit.
        var found = search.Good ?? search.Steps[^1];
        var last = found with { Load = found.Load with { Limit = (search.Bad ?? found).Load.Limit } };
        var capacity = search.Good?.Rate ?? 0;
        last.More["capacity"] = capacity;
        last.More["capacity-deliveries"] = capacity * (settings.Clients - 1);
        last.More["after/before"] = full.Sent > 0 ? after.Sent / after.Seconds / (full.Sent / full.Seconds) : 0;
        return [.. ((RunResult[])[full, .. search.Steps.Where(step => step != found), after]).Select(Step), last];

        RunResult Full(string name) => Measurement.Take(name, target, crowd, settings with { Rate = 0 }, progress);
    }

    // The audit is of all clients and all rates. It belongs to the last run, and so does a load generator that was the limit.
    private static RunResult Step(RunResult run) => run with { Audit = new(), Load = run.Load with { Limit = "" } };

    /// <summary>The search for the highest rate that passes. Rates are whole lines a second.</summary>
    private sealed class Search(Func<double, RunResult> measure, double p99Ms)
    {
        /// <summary>Every run on the way.</summary>
        public List<RunResult> Steps { get; } = [];

        /// <summary>The run at the highest rate that passed; null when none did.</summary>
        public RunResult? Good { get; private set; }

        /// <summary>The run at the lowest rate that failed; null when none did.</summary>
        public RunResult? Bad { get; private set; }

        public void Run(double least, double most)
        {
            for (var rate = most; Good is null || Bad is null;)
            {
                if (Passes(rate) ? rate >= most * Highest : rate <= least)
                {
                    return;
                }

                rate = Good is null ? Math.Max(least, Math.Floor(rate * StepDown)) : Math.Ceiling(rate * StepUp);
            }

            while (Bad.Rate > Good.Rate * Precision && Bad.Rate - Good.Rate > 1)
            {
                Passes(Math.Floor((Good.Rate + Bad.Rate) / 2));
            }
        }

        // One hiccup of the machine is not the server's capacity, so a rate fails when it fails twice, or by far.
        private bool Passes(double rate)
        {
            for (var (attempt, isNear) = (0, true); attempt < 2 && isNear; attempt++)
            {
                var run = measure(rate);
                Steps.Add(run);
                if (run.Latency.P99 <= p99Ms * 1000)
                {
                    Good = run;
                    return true;
                }

                isNear = run.Latency.P99 <= p99Ms * 1000 * ByFar;
            }

            Bad = Steps[^1];
            return false;
        }
    }
}
