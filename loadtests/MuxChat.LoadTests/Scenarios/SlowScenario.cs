using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>A broadcast beside clients that stop reading.</summary>
internal sealed class SlowScenario : IScenario
{
    private static readonly TimeSpan CutLimit = TimeSpan.FromSeconds(30);

    public string Name => "slow";

    public string Description =>
        "a broadcast, then the same with K clients that stop reading: shows whether they harm the others, and are cut.";

    public LoadSettings Defaults => new() { Clients = 200, Rate = 2000, PayloadBytes = 512, Seconds = 8 };

    public IReadOnlyList<string> Options => ["--clients", "--senders", "--window", "--rate", "--stalled"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        if (settings.Stalled >= settings.Clients - settings.Senders)
        {
            throw LoadException.Usage($"--stalled {settings.Stalled} is too many for --clients {settings.Clients} "
                + $"and --senders {settings.Senders}: others must read too");
        }

        var readers = settings.Clients - settings.Stalled;
        progress.Say($"{Name}: {readers} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var crowd = Crowd.Login(swarm, readers, 1, settings.Senders);
        var healthy = Measurement.Take("all read", target, crowd, settings, progress);

        var stalled = crowd.AddStalled(settings.Stalled);
        var slow = Measurement.Take($"{settings.Stalled} stopped reading", target, crowd, settings, progress);
        swarm.CloseLedgers();

        slow.More["throughput-slow"] = healthy.Delivered > 0 ? slow.DeliveredPerSecond / healthy.DeliveredPerSecond : 0;
        slow.More["p99-slow"] = healthy.Latency.P99 > 0 ? (double)slow.Latency.P99 / healthy.Latency.P99 : 0;
        var cut = CountCut(swarm, stalled, target);
        slow.More["cut"] = cut;
        return [healthy with { Audit = new() }, slow];
    }

    // The server's own count: who was cut is not a client any more.
    private static int CountCut(Swarm swarm, IReadOnlyList<LoadClient> stalled, Target target)
    {
        long Present() => target.Stats().GetValueOrDefault("clients");
        var healthy = swarm.Clients.Count(client => !client.IsClosed && client.Reads) + 1;
        swarm.PumpUntil(() => Present() <= healthy, CutLimit);
        return (int)(healthy + stalled.Count - Present());
    }
}
