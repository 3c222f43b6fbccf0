using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>The limits of the event loop itself.</summary>
public sealed record LoopLimits
{
    /// <summary>Clients at once: 10,000. The next one is told that the server is full, and closed.</summary>
    public int Clients { get; init; } = 10_000;

    /// <summary>Connections at once from one address (see <see cref="PeerAddress"/>): 64. The next one is told so, and closed.</summary>
    public int ClientsPerAddress { get; init; } = 64;

    /// <summary>
    /// New connections a minute from one address, and as many at once after a time without any: 120. The next one is told so, and closed.
    /// </summary>
    public int ConnectsPerMinute { get; init; } = 120;

    /// <summary>Whether the limits of an address are kept for connections from this machine too: no.</summary>
    public bool LimitLoopback { get; init; }

    /// <summary>
    /// Addresses without a connection that are remembered for <see cref="ConnectsPerMinute"/>: 65,536, some 10 MB. Beyond, those are
    /// forgotten whose last connection ended first; those with connections are as many as there are clients.
    /// </summary>
    public int IdleAddresses { get; init; } = 65_536;

    /// <summary>
    /// Bytes queued for all clients together that do not keep up, what they share counted once: 256 MiB. Beyond, the one is closed that
    /// holds the most, then the next, until it is enough.
    /// </summary>
    public long QueuedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Connections accepted in one tick: 64. The rest wait for the next.</summary>
    public int AcceptsPerTick { get; init; } = 64;

    /// <summary>Bytes read from one client in one tick: 64 KiB. The rest waits for the next.</summary>
    public int ReadBytesPerTick { get; init; } = 64 * 1024;

    /// <summary>Bytes written to one client in one tick: 1 MiB. The rest waits for the next.</summary>
    public int WriteBytesPerTick { get; init; } = 1024 * 1024;

    /// <summary>
    /// Microseconds that a loop under load holds back before it looks again, so that more lines go out with one write: 100 at the most, and
    /// never more than a sixteenth of the tick before; 0 for never. A loop that has time to wait does not hold back.
    /// </summary>
    public int CoalesceUs { get; init; } = 100;

    /// <summary>Milliseconds without accepting after the descriptors ran out: 500.</summary>
    public int AcceptPauseMs { get; init; } = 500;

    /// <summary>
    /// Milliseconds that a connection which ends has to take what is queued for it: 5,000. The same for all when the server stops.
    /// </summary>
    public int FlushMs { get; init; } = 5_000;

    /// <summary>
    /// Milliseconds that a connection closed by the server is still read from and the bytes dropped: 1,000. Closed with unread input it
    /// would be reset, and the client might lose the last words (RFC 9293, section 3.10.4).
    /// </summary>
    public int LingerMs { get; init; } = 1_000;

    /// <summary>
    /// Milliseconds for which what a client had said is still carried out after its connection broke: 60,000. Flood control may hold it
    /// back that long; the rest is dropped.
    /// </summary>
    public int LastWordsMs { get; init; } = 60_000;

    /// <summary>When a client reads too slowly.</summary>
    public Delivery.SlowConsumerRule SlowConsumer { get; init; } = new();
}
