using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>Finds a client that takes nothing of what is queued for it.</summary>
/// <remarks>
/// Progress is bytes that the client's channel took. A slow reader makes some long before it has read a whole part, and the time that the
/// server's own disk needs does not count. A mutable struct: keep it in a field of its handler and never copy it.
/// </remarks>
internal struct OutputProgress
{
    /// <summary>Milliseconds between two looks at the client: 180,000. One that took nothing meanwhile is closed.</summary>
    /// <remarks>
    /// A peer's kernel opens its window in steps (RFC 9293, section 3.8.6.2.2), on Linux of some 300 KB. A reader at 2 KB a second
    /// therefore shows its progress every 150 s.
    /// </remarks>
    public const int LookMs = 180_000;

    private readonly IClientOutput _output;
    private readonly TickClock _clock;
    private long _sentBytes;

    /// <summary>Begins to watch.</summary>
    public OutputProgress(IHandlerHost host)
    {
        (_output, _clock) = (host.Output, host.Clock);
        Note();
    }

    /// <summary>The time of the last look or sign of life, in the clock's milliseconds.</summary>
    public long SinceMs { get; private set; }

    /// <summary>The time of the next look, in the clock's milliseconds.</summary>
    public readonly long DeadlineMs => SinceMs + LookMs;

    /// <summary>Notes a sign of life: something new was queued for the client, or came from it.</summary>
    public void Note() => (SinceMs, _sentBytes) = (_clock.NowMs, _output.SentBytes);

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
