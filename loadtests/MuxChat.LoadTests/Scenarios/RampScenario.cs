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

    /// <summary>The first try, and the step downwards until a rate passes.</summary>
    private const double FirstShare = 0.8;

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
        var steps = new List<RunResult> { full };
        var least = Math.Ceiling(LeastLines / settings.Seconds);
        var most = Math.Max(least, Math.Floor(full.Sent / full.Seconds));
        var (good, bad) = Search(least, most);
        swarm.CloseLedgers();

        var last = steps[^1] with { Load = (bad ?? steps[^1]).Load };
        last.More["capacity"] = good;
        last.More["capacity-deliveries"] = good * (settings.Clients - 1);
        return [.. steps.SkipLast(1).Select(step => step with { Audit = new() }), last];

        // The highest rate that passed, and the run at the lowest one that did not. Rates are whole lines a second.
        (double Good, RunResult? Bad) Search(double least, double most)
        {
            double good = 0;
            var high = Math.Ceiling(most * HighestShare);
            RunResult? bad = null;
            for (var rate = Math.Ceiling(most * FirstShare); good == 0; rate = Math.Max(least, Math.Floor(rate * FirstShare)))
            {
                if (Try(rate) is not { } failed)
                {
                    good = rate;
                }
                else if (rate <= least)
                {
                    return (0, failed);
                }
                else
                {
                    (high, bad) = (rate, failed);
                }
            }

            while (high > good * Precision && high - good > 1)
            {
                var rate = Math.Floor((good + high) / 2);
                if (Try(rate) is { } failed)
                {
                    (high, bad) = (rate, failed);
                }
                else
                {
                    good = rate;
                }
            }

            return (good, bad);
        }

        // One hiccup of the machine is not the server's capacity, so a rate fails when it fails twice. Null when it passes.
        RunResult? Try(double rate) => Failure(rate) is null ? null : Failure(rate);

        RunResult? Failure(double rate)
        {
            var step = Measurement.Take($"{Numbers.Show(rate)} lines/s", target, crowd, settings, progress, rate);
            steps.Add(step);
            return step.Latency.P99 <= settings.P99Ms * 1000 ? null : step;
        }
    }
}
