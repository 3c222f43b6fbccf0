using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.Core.Clients;

/// <summary>Tracks a client's silence and says when to act: fall back to lines, time out the login, ping, or close.</summary>
/// <remarks>A mutable struct: keep it in a field of its client and never copy it.</remarks>
internal struct IdleTimer(long nowMs)
{
    private readonly long _startedMs = nowMs;
    private long _lastInputMs = nowMs;

    /// <summary>Whether a ping has been sent since the last input.</summary>
    public bool IsPinged { get; private set; }

    /// <summary>
    /// Returns the time of the next action if the client stays silent, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public readonly long NextMs(IProtocol? protocol, IProtocolHandler? handler, ClientLimits limits, bool isLikelyProgram)
    {
        if (protocol is null)
        {
            return _startedMs + (isLikelyProgram ? HttpLimits.HeadMs : ProtocolDetector.SilenceMs);
        }

        if (handler!.PatienceMs > 0)
        {
            return _startedMs + handler.PatienceMs;
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
