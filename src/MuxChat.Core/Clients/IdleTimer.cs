using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>Tracks a client's silence and says when to act: time out the login, ping, or close.</summary>
/// <remarks>A mutable struct: keep it in a field of its client and never copy it.</remarks>
internal struct IdleTimer(long nowMs)
{
    private long _lastInputMs = nowMs;

    /// <summary>The time at which the client began with its protocol, or without one, in the clock's milliseconds.</summary>
    public long StartedMs { get; } = nowMs;

    /// <summary>Whether a ping has been sent since the last input.</summary>
    public bool IsPinged { get; private set; }

    /// <summary>
    /// Returns the time of the next action if the client stays silent, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public readonly long NextMs(IProtocol protocol, IProtocolHandler handler, ClientLimits limits)
    {
        if (handler.PatienceMs > 0)
        {
            return StartedMs + handler.PatienceMs;
        }

        return Math.Min(handler.DeadlineMs,
            protocol.PingsIdleClients ? _lastInputMs + (IsPinged ? limits.IdleCloseMs : limits.IdlePingMs) : long.MaxValue);
    }

    /// <summary>Records that bytes arrived, whatever they contain.</summary>
    public void NoteInput(long nowMs)
    {
        _lastInputMs = nowMs;
        IsPinged = false;
    }

    /// <summary>Records that a ping was sent.</summary>
    public void NotePing() => IsPinged = true;
}
