using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Clients;

/// <summary>What all clients of a server share.</summary>
/// <param name="Hub">The chat.</param>
/// <param name="Broadcaster">The way out.</param>
/// <param name="Clock">The time of the tick.</param>
/// <param name="Detector">Tells the protocols apart on <c>auto</c> listeners.</param>
/// <param name="Acknowledgements">The answers that wait for the journal.</param>
/// <param name="LimitsReference">The limits of each, which may be replaced.</param>
public sealed record ClientContext(
    ChatHub Hub,
    Broadcaster Broadcaster,
    TickClock Clock,
    ProtocolDetector Detector,
    Acknowledgements Acknowledgements,
    Replaceable<ClientLimits> LimitsReference)
{
    /// <summary>The limits of each client that hold now.</summary>
    public ClientLimits Limits => LimitsReference.Current;

    /// <summary>What everybody must give to be let in; null when nothing is asked.</summary>
    public ServerPassword? Password { get; init; }
}

/// <summary>The limits of one client.</summary>
public sealed record ClientLimits
{
    /// <summary>Whether clients are held to <see cref="FloodBurst"/> and <see cref="FloodPerSecond"/>.</summary>
    public bool Flood { get; init; } = true;

    /// <summary>Frames that a client may send at once: 20. Beyond, it is not read from until it may speak again.</summary>
    public int FloodBurst { get; init; } = 20;

    /// <summary>Frames a second that a client may send on and on: 10.</summary>
    public int FloodPerSecond { get; init; } = 10;

    /// <summary>
    /// What a client may spend once, beside the burst, on what it needs when it comes back and what says nothing to others: entering rooms,
    /// and asking who is there, what the modes are and what was said: 250, enough for 20 rooms.
    /// </summary>
    public int LoginBudget { get; init; } = 250;

    /// <summary>
    /// What a line or frame that is wrong in itself (see <see cref="ErrorStreak"/>) costs of the flood budget beyond its own one: 4. So who
    /// sends nothing else is slowed down to a fifth of the rate. Not without <see cref="Flood"/>.
    /// </summary>
    public int ErrorCost { get; init; } = 4;

    /// <summary>
    /// Lines or frames without form or sense, one after the other, at which the client is closed: 100. Not without <see cref="Flood"/>.
    /// </summary>
    public int ErrorsInRow { get; init; } = 100;

    /// <summary>Silence in milliseconds after which a client is pinged, where its protocol has pings: 120,000.</summary>
    public int IdlePingMs { get; init; } = 120_000;

    /// <summary>Silence in milliseconds after which it is closed: 240,000.</summary>
    public int IdleCloseMs { get; init; } = 240_000;

    /// <summary>
    /// Bytes queued for a client beyond which its commands wait: 256 KiB, the outbox's lower mark. Who does not read the answers may not
    /// ask on, and so nobody is cut as a slow consumer for asking much at once.
    /// </summary>
    public long OutputPauseBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes queued below which they go on: half of <see cref="OutputPauseBytes"/>.</summary>
    public long OutputResumeBytes => OutputPauseBytes / 2;

    /// <summary>Bytes encoded within a tick beyond which they are written before anything else is taken: 64 KiB.</summary>
    public long FlushFirstBytes { get; init; } = 64 * 1024;
}

/// <summary>Why a client stopped taking bytes.</summary>
public enum FeedStatus
{
    /// <summary>What is left is no whole frame yet.</summary>
    NeedMore,

    /// <summary>
    /// The client has used up its flood budget. Or the disk is behind, and no client may say more, or this one waits for it before it
    /// changes its protocol. Go on at <see cref="ProtocolConnection.FloodResumeMs"/>.
    /// </summary>
    FloodPaused,

    /// <summary>The client has too much to read: go on when its outbox is below <see cref="ClientLimits.OutputResumeBytes"/>.</summary>
    OutputPaused,

    /// <summary>Much has been encoded: distribute and write, then go on at once.</summary>
    FlushFirst,

    /// <summary>The client has ended; see <see cref="ProtocolConnection.Ending"/>.</summary>
    Ended,
}
