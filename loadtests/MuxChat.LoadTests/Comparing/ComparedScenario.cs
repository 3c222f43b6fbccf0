using MuxChat.LoadTests.Scenarios;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Comparing;

/// <summary>A scenario as a comparison runs it: shorter than alone, with settings that follow from the number of clients.</summary>
/// <param name="Name">Its name in <c>--scenarios</c>.</param>
/// <param name="Title">What is compared, in a few words.</param>
/// <param name="Scenario">What is run.</param>
/// <param name="Settings">
/// Its settings for a number of clients, from those of the command line; null when it makes no sense with so few.
/// </param>
/// <param name="Figures">The figures to show, by name. The first one decides.</param>
internal sealed record ComparedScenario(
    string Name, string Title, IScenario Scenario, Func<int, LoadSettings, LoadSettings?> Settings, params IReadOnlyList<string> Figures)
{
    /// <summary>The title, as a sentence begins.</summary>
    public string Heading => char.ToUpperInvariant(Title[0]) + Title[1..];

    /// <summary>Deliveries a second at which every model keeps up, whatever the number of clients.</summary>
    public const int CalmDeliveries = 50_000;

    /// <summary>Clients that speak beside the silent ones.</summary>
    private const int BusyClients = 10;

    /// <summary>Fewer clients are too few for one that speaks, one that stops reading, and others that read.</summary>
    private const int LeastForSlow = 4;

    private const int RoomMembers = 10;
    private const int LongLineBytes = 4000;

    /// <summary>All of them, in the order in which they are run and shown.</summary>
    public static IReadOnlyList<ComparedScenario> All { get; } =
    [
        new("broadcast", "one room, a full window", new BroadcastScenario(), static (_, settings) => settings,
            "deliveries/cpu-s", "deliveries/s", "p50", "p99", "memory", "threads", "switches"),
        new("rate", "one room, the same rate for all", new BroadcastScenario(),
            static (clients, settings) => settings with { Rate = Math.Ceiling((double)CalmDeliveries / (clients - 1)) },
            "p99", "p50", "p99.9", "deliveries/cpu-s"),
        new("rooms", $"rooms of {RoomMembers}", new RoomsScenario(), Rooms, "deliveries/cpu-s", "deliveries/s", "p99"),
        new("idle", $"{BusyClients} busy clients and many silent ones", new IdleScenario(), Idle,
            "idle-bytes", "against-alone", "threads", "p99"),
        new("slow", "some clients stop reading", new SlowScenario(), Slow, "p99-slow", "throughput-slow", "cut", "p99"),
        new("churn", "clients come and go", new ChurnScenario(),
            static (clients, settings) => clients == 0 ? settings with { LoginsPerSecond = 200 } : null,
            "logins/cpu-s", "login-p99", "login-p50", "p99"),
        new("ramp", "the highest rate with a p99 below 20 ms", new RampScenario(isRepeated: true),
            static (_, settings) => settings with { Seconds = settings.Seconds / 2, WarmSeconds = settings.WarmSeconds / 2 },
            "capacity", "capacity-deliveries", "p99"),
    ];

    private static LoadSettings? Rooms(int clients, LoadSettings settings) =>
        clients < RoomMembers * 2 ? null : settings with { Rooms = clients / RoomMembers, Window = settings.Window * 4 };

    private static LoadSettings? Idle(int clients, LoadSettings settings) =>
        clients < RoomMembers * RoomMembers
            ? null
            : settings with { Clients = BusyClients, Idle = clients, Seconds = settings.Seconds / 2 };

    // Long lines: what a client that does not read is owed must pass the kernel's buffers and the server's limit in the time.
    private static LoadSettings? Slow(int clients, LoadSettings settings) => clients < LeastForSlow ? null : settings with
    {
        Senders = Math.Clamp(clients / 4, 1, settings.Senders),
        Stalled = Math.Clamp(clients / 4, 1, BusyClients),
        PayloadBytes = Math.Min(LongLineBytes, Transport.Find(settings.Transport)!.MaxPayloadBytes),
        Seconds = settings.Seconds / 2,
    };
}
