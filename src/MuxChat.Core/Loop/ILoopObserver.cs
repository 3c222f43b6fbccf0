using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>Hears what an operator may want to know. It is called on the serving thread: it must not wait.</summary>
public interface ILoopObserver
{
    /// <summary>A client was accepted.</summary>
    void Accepted(IPeer peer, int clients);

    /// <summary>A connection was closed, with so many bytes queued for it that were not sent.</summary>
    void Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients);

    /// <summary>A client was turned away: the server is full, or too much comes from its address.</summary>
    void TurnedAway(IPeer peer, ErrorCode why, int clients);

    /// <summary>Accepting pauses because there are no descriptors left.</summary>
    void AcceptPaused(int pauseMs, int clients);

    /// <summary>The server stops taking clients and lets those it has go.</summary>
    void Draining(int clients);
}
