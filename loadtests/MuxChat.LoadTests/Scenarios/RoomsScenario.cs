using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>The clients spread over many rooms.</summary>
internal sealed class RoomsScenario : IScenario
{
    public string Name => "rooms";

    public string Description => "N clients over R rooms, at least one speaks in each: the cost of many small rooms.";

    public LoadSettings Defaults => new() { Window = 256 };

    public IReadOnlyList<string> Options => ["--clients", "--senders", "--window", "--rate", "--rooms"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress) =>
        settings.Rooms * 2 > settings.Clients
            ? throw LoadException.Usage($"--rooms {settings.Rooms} is too many for --clients {settings.Clients}: each room needs two")
            : [BroadcastScenario.RunRooms(Name, settings.Rooms, target, settings, progress)];
}
