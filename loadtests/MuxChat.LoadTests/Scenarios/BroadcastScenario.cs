using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>All clients in one room, some of them speak.</summary>
internal sealed class BroadcastScenario : IScenario
{
    public string Name => "broadcast";

    public string Description => "N clients in one room, S of them speak: throughput and latency.";

    public LoadSettings Defaults => new() { Rooms = 1 };

    public IReadOnlyList<string> Options => ["--clients", "--senders", "--window", "--rate"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress) =>
        [RunRooms(Name, 1, target, settings, progress)];

    /// <summary>The same over several rooms.</summary>
    public static RunResult RunRooms(string name, int rooms, Target target, LoadSettings settings, ProgressLine progress)
    {
        progress.Say($"{name}: {settings.Clients} clients log in");
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        var sendersPerRoom = Math.Max(1, settings.Senders / rooms);
        var crowd = Crowd.Login(swarm, settings.Clients, rooms, sendersPerRoom);
        var result = Measurement.Take(name, target, crowd, settings, progress);
        swarm.CloseLedgers();
        return result;
    }
}
