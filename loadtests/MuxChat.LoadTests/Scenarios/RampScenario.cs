using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>Raises the rate until it is too much, then narrows down where that begins.</summary>
internal sealed class RampScenario : IScenario
{
    private const double FirstRate = 50;
    private const double BehindShare = 0.98;
    private const int Bisections = 5;
    private const int MaxDoublings = 20;

    public string Name => "ramp";

    public string Description => "raises the rate until p99 exceeds --p99-ms or lines fall behind, then bisects: the capacity.";

    public LoadSettings Defaults => new() { Seconds = 2, WarmSeconds = 0.5 };

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        progress.Say($"{Name}: {settings.Clients} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var crowd = Crowd.Login(swarm, settings.Clients, 1, settings.Senders, progress: null);
        var steps = new List<RunResult>();
        double good = 0;
        double bad = 0;
        for (var rate = FirstRate; bad == 0 && steps.Count < MaxDoublings; rate *= 2)
        {
            (good, bad) = Try(rate) ? (rate, bad) : (good, rate);
        }

        for (var i = 0; i < Bisections && bad > 0; i++)
        {
            var rate = (good + bad) / 2;
            (good, bad) = Try(rate) ? (rate, bad) : (good, rate);
        }

        swarm.CloseLedgers();
        steps[^1].More["capacity, lines per second"] = good;
        steps[^1].More["capacity, deliveries per second"] = good * (settings.Clients - 1);
        for (var i = 0; i < steps.Count - 1; i++)
        {
            steps[i] = steps[i] with { Audit = new() };
        }

        return steps;

        // One hiccup of the machine is not the server's capacity.
        bool Try(double rate) => Holds(rate) || Holds(rate);

        bool Holds(double rate)
        {
            var step = Measurement.Take($"{rate:N0} lines/s", target, crowd, settings, progress, rate);
            steps.Add(step);
            return step.Latency.P99 <= settings.P99Ms * 1000
                && step.Delivered >= BehindShare * rate * settings.Seconds * (settings.Clients - 1);
        }
    }
}
