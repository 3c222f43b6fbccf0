using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>A busy room alone, and then beside many silent clients.</summary>
internal sealed class IdleScenario : IScenario
{
    private const int BytesPerKb = 1024;
    private const int FirstClients = 100;

    public string Name => "idle";

    public string Description => "one busy room (100 clients) and K silent clients: the cost of an idle client, in time and memory.";

    public LoadSettings Defaults => new() { Clients = 100 };

    public IReadOnlyList<string> Options => ["--clients", "--senders", "--window", "--rate", "--idle"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        progress.Say($"{Name}: {settings.Clients} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var crowd = Crowd.Login(swarm, settings.Clients, 1, settings.Senders);
        var alone = Measurement.Take("alone", target, crowd, settings, progress);

        progress.Say($"{Name}: {settings.Idle} silent clients log in");

        // The first ones pay once for what the runtime compiles on the way; what the others add is what a client costs.
        var first = Math.Min(settings.Idle / 2, FirstClients);
        var before = LoginSilent(swarm, target, first);
        var after = LoginSilent(swarm, target, settings.Idle - first);
        // The logins were those of the busy room.
        var beside = Measurement.Take($"with {settings.Idle:N0} idle", target, crowd, settings, progress) with
        {
            LoginSeconds = 0,
            Logins = new(),
        };
        swarm.CloseLedgers();

        beside.More["against-alone"] = alone.Delivered > 0 ? beside.DeliveredPerSecond / alone.DeliveredPerSecond : 0;
        if (before is not null && after is not null && settings.Idle > 0)
        {
            beside.More["idle-bytes"] = (double)(after.ResidentKb - before.ResidentKb) * BytesPerKb
                / (settings.Idle - first);
        }

        return [alone with { Audit = new() }, beside];
    }

    private static ProcessFigures? LoginSilent(Swarm swarm, Target target, int clients)
    {
        swarm.Login(clients, _ => "/part\n", TimeSpan.FromSeconds(300));
        swarm.PumpUntil(() => false, TimeSpan.FromSeconds(0.5));
        return target.Process();
    }
}
