using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Conversations;

/// <summary>What all conversations of a server share.</summary>
/// <param name="Hub">The chat.</param>
/// <param name="Broadcaster">The way out.</param>
/// <param name="Clock">The time of the tick.</param>
/// <param name="Detector">Tells the protocols apart on <c>auto</c> listeners.</param>
/// <param name="Acknowledgements">The answers that wait for the journal.</param>
/// <param name="Limits">The limits of each.</param>
public sealed record ConversationContext(
    ChatHub Hub,
    Broadcaster Broadcaster,
    TickClock Clock,
    ProtocolDetector Detector,
    Acknowledgements Acknowledgements,
    ConversationLimits Limits)
{
    /// <summary>What everybody must give to be let in; null when nothing is asked.</summary>
    public ServerPassword? Password { get; init; }
}
