using MuxChat.Core.Delivery;

namespace MuxChat.Simulation.Datagrams;

/// <summary>What datagrams there are in a run, what a network does to them, and how many of them the server handles.</summary>
internal sealed record DatagramPlan
{
    /// <summary>The listener that sends capitals back.</summary>
    public const int UpperListener = 4;

    /// <summary>The listener that says each datagram in a room.</summary>
    public const int NotifyListener = 5;

    private static readonly PeerAddress[] Addresses =
    [
        PeerAddress.Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1], isLoopback: true),
        PeerAddress.Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 7], isLoopback: false),
        PeerAddress.Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 203, 0, 113, 255], isLoopback: false),
        PeerAddress.Of([0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8], isLoopback: false),
    ];

    // As docs/protocols/listeners.md has it.
    private static readonly string[] AddressTexts = ["localhost", "192.0.2.7", "203.0.113.255", "2001:db8:0:a"];

    /// <summary>How many send datagrams; several of them may have one address.</summary>
    public required int Senders { get; init; }

    /// <summary>How often each of them sends.</summary>
    public required int Actions { get; init; }

    /// <summary>How many datagrams of an address are handled in a second.</summary>
    public required int PerSecond { get; init; }

    /// <summary>The room in which datagrams are said.</summary>
    public required string Room { get; init; }

    /// <summary>The first word that each of those must have; empty for none.</summary>
    public required string Key { get; init; }

    /// <summary>Datagrams that wait in the kernel: those that come then are dropped.</summary>
    public required int WaitingMost { get; init; }

    /// <summary>What goes wrong while there are faults.</summary>
    public required DatagramFaults Faults { get; init; }

    /// <summary>In one run of four there are datagrams.</summary>
    public static DatagramPlan? Draw(SeededRandom random) => !random.Chance(0.25) ? null : new()
    {
        Senders = random.Between(1, 5),
        Actions = random.Between(2, 20),
        PerSecond = random.Pick(1, 3, 20, 100),
        Room = random.Pick("#lobby", "#lobby", "#tea", "#alerts"),
        Key = random.Pick("", "", "k3y", "schlüssel"),
        WaitingMost = random.Pick(2, 30, 300),
        Faults = DatagramFaults.Draw(random),
    };

    /// <summary>An address, and how it is shown.</summary>
    public static (PeerAddress Address, string Text) SomeAddress(SeededRandom random)
    {
        var place = random.Below(Addresses.Length);
        return (Addresses[place], AddressTexts[place]);
    }
}
