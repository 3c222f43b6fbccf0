using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// When a client has been silent for too long: to be recognised, to be in, or to be there at all. A field of
/// its client, never copied.
/// </summary>
internal struct IdleTimer(long nowMs)
{
    private readonly long _startedMs = nowMs;
    private long _lastInputMs = nowMs;

    /// <summary>Whether it was asked since whether it is there.</summary>
    public bool IsPinged { get; private set; }

    /// <summary>When something is to be done if it stays silent; <see cref="long.MaxValue"/> for never.</summary>
    public readonly long NextMs(IProtocol? protocol, IProtocolHandler? handler, ClientLimits limits)
    {
        if (protocol is null)
        {
            return _startedMs + ProtocolDetector.SilenceMs;
        }

        if (handler!.PatienceMs > 0)
        {
            return _startedMs + handler.PatienceMs;
        }

        return protocol.PingsIdleClients ? _lastInputMs + (IsPinged ? limits.IdleCloseMs : limits.IdlePingMs) : long.MaxValue;
    }

    /// <summary>Bytes came in, whatever they hold.</summary>
    public void NoteInput(long nowMs)
    {
        _lastInputMs = nowMs;
        IsPinged = false;
    }

    /// <summary>It is asked whether it is there.</summary>
    public void NotePing() => IsPinged = true;
}
