using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>The limits of the event loop itself.</summary>
public sealed record LoopLimits
{
    /// <summary>Clients at once: 10,000. The next one gets an error saying that the server is full, and is closed.</summary>
    public int Clients { get; init; } = 10_000;

    /// <summary>
    /// Connections at once from one address (see <see cref="PeerAddress"/>): 64. The next one gets an error and is closed.
    /// </summary>
    public int ClientsPerAddress { get; init; } = 64;

    /// <summary>New connections per minute from one address, and its burst size: 120. The next one gets an error and is closed.</summary>
    public int ConnectsPerMinute { get; init; } = 120;

    /// <summary>Whether the limits per address also apply to connections from this machine: no.</summary>
    public bool LimitLoopback { get; init; }

    /// <summary>
    /// Addresses without a connection remembered for <see cref="ConnectsPerMinute"/>: 65,536, about 10 MB. Beyond that, the address that
    /// has been idle longest is forgotten. Addresses with connections are bounded by <see cref="Clients"/>.
    /// </summary>
    public int IdleAddresses { get; init; } = 65_536;

    /// <summary>
    /// Bytes queued for all clients that do not keep up: 256 MiB. Shared bytes count once. Beyond that, the loop closes the client that
    /// holds most, then the next, until the rest fits.
    /// </summary>
    public long QueuedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Connections accepted per tick: 64. The rest wait for the next tick.</summary>
    public int AcceptsPerTick { get; init; } = 64;

    /// <summary>Bytes read from one client per tick: 64 KiB. The rest waits for the next tick.</summary>
    public int ReadBytesPerTick { get; init; } = 64 * 1024;

    /// <summary>Bytes written to one client per tick: 1 MiB. The rest waits for the next tick.</summary>
    public int WriteBytesPerTick { get; init; } = 1024 * 1024;

    /// <summary>
    /// Microseconds that a loop under load holds before its next tick, so that more lines share one write: 100; 0 for never. A hold is at
    /// most 1/16 of the last tick's work. A loop that had time to wait never holds.
    /// </summary>
    public int CoalesceUs { get; init; } = 100;

    /// <summary>Milliseconds without accepting after the process ran out of descriptors: 500.</summary>
    public int AcceptPauseMs { get; init; } = 500;

    /// <summary>
    /// Milliseconds for an ending connection to take its queued bytes: 5,000. The same limit applies to all when the server stops.
    /// </summary>
    public int FlushMs { get; init; } = 5_000;

    /// <summary>
    /// Milliseconds for which the server goes on reading from a connection that it closes, and drops the bytes: 1,000. Closing with unread
    /// input would reset the connection, and the client might lose the last lines (RFC 9293, section 3.10.4).
    /// </summary>
    public int LingerMs { get; init; } = 1_000;

    /// <summary>
    /// Milliseconds for which the commands of a client still run after its connection broke: 60,000. Flood
    /// control may delay them that long; the rest is dropped.
    /// </summary>
    public int LastWordsMs { get; init; } = 60_000;

    /// <summary>The limits at which a client counts as reading too slowly.</summary>
    public Delivery.SlowConsumerRule SlowConsumer { get; init; } = new();
}
