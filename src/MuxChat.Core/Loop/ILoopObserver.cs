using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>Receives the loop's events that an admin may want to see. The serving thread calls it, so it must not block.</summary>
public interface ILoopObserver
{
    /// <summary>The loop accepted a client.</summary>
    void Accepted(IPeer peer, int clients);

    /// <summary>The loop closed a connection, and dropped this many unsent bytes.</summary>
    void Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients);

    /// <summary>The loop turned a client away: the server is full, or the address exceeds its limits.</summary>
    void TurnedAway(IPeer peer, ErrorCode why, int clients);

    /// <summary>Accepting pauses because no descriptors are left.</summary>
    void AcceptPaused(int pauseMs, int clients);

    /// <summary>The server stops accepting clients and begins to drain.</summary>
    void Draining(int clients);
}
