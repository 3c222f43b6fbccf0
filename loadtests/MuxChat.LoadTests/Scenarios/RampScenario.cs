using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Looks for the highest rate whose p99 passes. A full window tells first what the server can do at most, so the search has an upper end.
/// Latencies count from the moment each line was due, and lines that come after the end count too. So a rate that the server cannot hold
/// shows in its p99.
/// </summary>
internal sealed class RampScenario : IScenario
{
    /// <summary>A rate at which fewer lines than this are said in the measured time has no p99 worth the name.</summary>
    private const double LeastLines = 20;

    /// <summary>Nothing above this share of what a full window moved is tried.</summary>
    private const double HighestShare = 1.25;

    /// <summary>The first try.</summary>
    private const double FirstShare = 0.8;

    /// <summary>The step downwards until a rate passes.</summary>
    private const double StepDown = 0.5;

    /// <summary>The search ends when the lowest rate that failed is so little above the highest one that passed.</summary>
    private const double Precision = 1.04;

    public string Name => "ramp";

    public string Description => "looks for the highest rate whose p99 stays below --p99-ms: the capacity.";

    public LoadSettings Defaults => new() { Seconds = 2, WarmSeconds = 0.5 };

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        progress.Say($"{Name}: {settings.Clients} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var crowd = Crowd.Login(swarm, settings.Clients, 1, settings.Senders, progress: null);
        var full = Measurement.Take("full window", target, crowd, settings with { Rate = 0 }, progress);
        var search = new Search(
            rate => Measurement.Take($"{Numbers.Show(rate)} lines/s", target, crowd, settings, progress, rate), settings.P99Ms, full);
        var least = Math.Ceiling(LeastLines / settings.Seconds);
        search.Run(least, Math.Max(least, Math.Floor(full.Sent / full.Seconds)));
        swarm.CloseLedgers();

        var last = search.Steps[^1] with { Load = (search.Bad ?? search.Steps[^1]).Load };
        last.More["capacity"] = search.Good;
        last.More["capacity-deliveries"] = search.Good * (settings.Clients - 1);
        return [.. search.Steps.SkipLast(1).Select(step => step with { Audit = new() }), last];
    }

    /// <summary>The search for the highest rate that passes. Rates are whole lines a second.</summary>
    private sealed class Search(Func<double, RunResult> measure, double p99Ms, RunResult full)
    {
        /// <summary>Every run on the way.</summary>
        public List<RunResult> Steps { get; } = [full];

        /// <summary>The highest rate that passed; 0 when none did.</summary>
        public double Good { get; private set; }

        /// <summary>The run at the lowest rate that failed.</summary>
        public RunResult? Bad { get; private set; }

        public void Run(double least, double most)
        {
            var high = Math.Ceiling(most * HighestShare);
            for (var rate = Math.Ceiling(most * FirstShare); !Passes(rate); rate = Math.Max(least, Math.Floor(rate * StepDown)))
            {
                high = rate;
                if (rate <= least)
                {
                    return;
                }
            }

            while (high > Good * Precision && high - Good > 1)
            {
                var rate = Math.Floor((Good + high) / 2);
                high = Passes(rate) ? high : rate;
            }
        }

        // One hiccup of the machine is not the server's capacity, so a rate fails when it fails twice.
        private bool Passes(double rate)
        {
            for (var attempt = 0; attempt < 2; attempt++)
            {
                Steps.Add(measure(rate));
                if (Steps[^1].Latency.P99 <= p99Ms * 1000)
                {
                    Good = rate;
                    return true;
                }
            }

            Bad = Steps[^1];
            return false;
        }
    }
}
