using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// All limits of a running server, which owns this object. The loop, the clients and the chat read them here at each use. To change limits
/// while the server runs, replace them here.
/// </summary>
/// <remarks>
/// Work that began under the old limits ends under them: a running timer, the current part of a long answer, a client's login budget. A
/// room over a lower history limit shrinks with its next event. Clients over a lower limit stay, and new ones are refused.
/// </remarks>
/// <param name="loop">The limits of the loop.</param>
/// <param name="clients">The limits of each client.</param>
/// <param name="chat">The limits of the chat.</param>
/// <param name="frames">The limits of lines and frames.</param>
public sealed class ServerLimits(LoopLimits loop, ClientLimits clients, ChatLimits chat, FrameLimits frames)
{
    /// <summary>The limits of the loop.</summary>
    public Replaceable<LoopLimits> Loop { get; } = new(loop);

    /// <summary>The limits of each client.</summary>
    public Replaceable<ClientLimits> Clients { get; } = new(clients);

    /// <summary>The limits of the chat.</summary>
    public Replaceable<ChatLimits> Chat { get; } = new(chat);

    /// <summary>The limits of lines and frames. Each decoder applies a new limit from its next frame on.</summary>
    public Replaceable<FrameLimits> Frames { get; } = new(frames);

    /// <summary>Replaces all limits, or none. Call it on the serving thread.</summary>
    /// <returns>Null on success; else the name of a limit that cannot change after the start.</returns>
    public string? Replace(LoopLimits loop, ClientLimits clients, ChatLimits chat, FrameLimits frames)
    {
        if (FirstFixed(loop) is { } name)
        {
            return name;
        }

        (Loop.Current, Clients.Current, Chat.Current, Frames.Current) = (loop, clients, chat, frames);
        return null;
    }

    // Returns the first changed limit that cannot change while the server runs, or null.
    private string? FirstFixed(LoopLimits loop)
    {
        // The shared read buffer is allocated at the start.
        if (loop.ReadBytesPerTick != Loop.Current.ReadBytesPerTick)
        {
            return nameof(loop.ReadBytesPerTick);
        }

        // A connection that was not counted when it was admitted must not be counted when it ends.
        return loop.LimitLoopback != Loop.Current.LimitLoopback ? nameof(loop.LimitLoopback) : null;
    }
}

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
    /// Datagrams per second from one address, and its burst size: 100. The next ones are dropped. Applies to this machine too: two
    /// services that answer each other never exchange more.
    /// </summary>
    public int DatagramsPerSecond { get; init; } = 100;

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
    /// Milliseconds in which a connection must open, such as by a TLS handshake: 10,000. Then it is closed. The client
    /// begins after that, with limits of its own.
    /// </summary>
    public int HandshakeMs { get; init; } = 10_000;

    /// <summary>
    /// Reads from opening connections per tick: 4. The rest wait for the next tick. A TLS handshake takes about as long as sixty lines.
    /// </summary>
    public int HandshakeStepsPerTick { get; init; } = 4;

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
