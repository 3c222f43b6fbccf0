using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>Finds a client that takes nothing of what is queued for it.</summary>
/// <remarks>
/// Progress is bytes that the client's channel took. A slow reader makes some long before it has read a whole part, and the time that the
/// server's own disk needs does not count. A mutable struct: keep it in a field of its handler and never copy it.
/// </remarks>
internal struct OutputProgress
{
    /// <summary>Milliseconds between two looks at the client: 60,000. One that took nothing meanwhile is closed.</summary>
    public const int LookMs = 60_000;

    private readonly IClientOutput _output;
    private readonly TickClock _clock;
    private long _sinceMs;
    private long _sentBytes;

    /// <summary>Begins to watch.</summary>
    public OutputProgress(IHandlerHost host)
    {
        (_output, _clock) = (host.Output, host.Clock);
        Note();
    }

    /// <summary>The time of the next look, in the clock's milliseconds.</summary>
    public readonly long DeadlineMs => _sinceMs + LookMs;

    /// <summary>Notes a sign of life: something new was queued for the client, or came from it.</summary>
    public void Note() => (_sinceMs, _sentBytes) = (_clock.NowMs, _output.SentBytes);

    /// <summary>Looks at the client. False if bytes are queued for it and it took none since the last look or sign of life.</summary>
    public bool TryGoOn()
    {
        if (_output.QueuedBytes > 0 && _output.SentBytes == _sentBytes)
        {
            return false;
        }

        Note();
        return true;
    }
}
