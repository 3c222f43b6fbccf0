using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Clients;

/// <summary>The services and limits that all clients of a server share.</summary>
/// <param name="Hub">The chat.</param>
/// <param name="Broadcaster">Delivers events to the clients' outboxes.</param>
/// <param name="Clock">The time of the tick.</param>
/// <param name="Detector">Recognises the protocol of each client on <c>auto</c> listeners.</param>
/// <param name="Acknowledgements">The answers that wait for the journal.</param>
/// <param name="LimitsReference">The limits of each client; replaceable while the server runs.</param>
public sealed record ClientContext(
    ChatHub Hub,
    Broadcaster Broadcaster,
    TickClock Clock,
    ProtocolDetector Detector,
    Acknowledgements Acknowledgements,
    Replaceable<ClientLimits> LimitsReference)
{
    /// <summary>The figures of connections.</summary>
    internal ConnectionMetrics Metrics { get; } = Hub.Metrics.Connections;

    /// <summary>The current limits of each client.</summary>
    public ClientLimits Limits => LimitsReference.Current;

    /// <summary>The password that every client must give before anything else; null for none.</summary>
    public ServerPassword? Password { get; init; }

    /// <summary>The proxies and gateways that speak for other clients.</summary>
    public TrustedPeers Trusted { get; init; } = TrustedPeers.None;

    /// <summary>The gateways that have proved themselves.</summary>
    public Gateways Gateways { get; } = new();

    /// <summary>The addresses that have spoken HTTP.</summary>
    public BrowserAddresses Browsers { get; init; } = new(0);

    /// <summary>A secret random number, which spreads the senders of datagrams over a table (see <see cref="AddressRates"/>).</summary>
    public ulong AddressKey { get; init; }
}

/// <summary>The limits of one client.</summary>
public sealed record ClientLimits
{
    /// <summary>Whether <see cref="FloodBurst"/> and <see cref="FloodPerSecond"/> apply.</summary>
    public bool Flood { get; init; } = true;

    /// <summary>
    /// Frames that a client may send at once: 20. Above that, the server stops reading from it until the budget has refilled.
    /// </summary>
    public int FloodBurst { get; init; } = 20;

    /// <summary>Sustained frames per second per client: 10. Above that, the server reads from the client more slowly.</summary>
    public int FloodPerSecond { get; init; } = 10;

    /// <summary>
    /// A one-time budget on top of <see cref="FloodBurst"/>, in frames, for a client that reconnects: 250, enough for 20 rooms. It pays for
    /// entering rooms and for asking about members, modes and history. None of that sends text to other clients.
    /// </summary>
    public int LoginBudget { get; init; } = 250;

    /// <summary>
    /// The extra cost, in frames, of a line or frame that is wrong in itself (see <see cref="ErrorStreak"/>): 4. A client that sends
    /// nothing else slows down to a fifth of the rate. Applies only with <see cref="Flood"/>.
    /// </summary>
    public int ErrorCost { get; init; } = 4;

    /// <summary>
    /// Lines or frames in a row that the server cannot understand: 100. At that number it closes
    /// the client. Applies only with <see cref="Flood"/>.
    /// </summary>
    public int ErrorsInRow { get; init; } = 100;

    /// <summary>Milliseconds of silence after which the server pings a client, if its protocol has pings: 120,000.</summary>
    public int IdlePingMs { get; init; } = 120_000;

    /// <summary>Milliseconds of silence after which the server closes a pinged client: 240,000.</summary>
    public int IdleCloseMs { get; init; } = 240_000;

    /// <summary>Bytes queued for a client above which its commands wait: 256 KiB, the outbox's lower mark.</summary>
    /// <remarks>
    /// A client that does not read its answers cannot ask for more. It is therefore never closed as a
    /// slow consumer because it asked for much at once.
    /// </remarks>
    public long OutputPauseBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes queued below which its commands continue: half of <see cref="OutputPauseBytes"/>.</summary>
    public long OutputResumeBytes => OutputPauseBytes / 2;

    /// <summary>Bytes encoded within a tick above which the server writes them before it handles more input: 64 KiB.</summary>
    public long FlushFirstBytes { get; init; } = 64 * 1024;
}

/// <summary>The reason why <see cref="ProtocolConnection.Feed"/> stopped.</summary>
public enum FeedStatus
{
    /// <summary>The rest is not a whole frame yet.</summary>
    NeedMore,

    /// <summary>
    /// The client may not send now. Its flood budget is empty, too much waits for the disk, or a change of protocol waits for the journal.
    /// Continue at <see cref="ProtocolConnection.FloodResumeMs"/>.
    /// </summary>
    FloodPaused,

    /// <summary>
    /// Too much output is queued for the client, or its answer waits for slow work. Continue when its outbox is below
    /// <see cref="ClientLimits.OutputResumeBytes"/> and its answer is ready.
    /// </summary>
    OutputPaused,

    /// <summary>Much output has been encoded. Distribute and write it, then continue at once.</summary>
    FlushFirst,

    /// <summary>The client has ended; see <see cref="ProtocolConnection.Ending"/>.</summary>
    Ended,
}
