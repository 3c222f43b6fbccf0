namespace MuxChat.Core.Conversations;

/// <summary>A token bucket: a burst at once, then so many a second. Invariant: never more tokens than the burst.</summary>
internal struct FloodGate
{
    private const double MillisecondsPerSecond = 1000;

    private readonly double _burst;
    private readonly double _perMs;
    private double _tokens;
    private long _refilledMs;

    public FloodGate(int burst, int perSecond, long nowMs)
    {
        _burst = burst;
        _perMs = perSecond / MillisecondsPerSecond;
        _tokens = burst;
        _refilledMs = nowMs;
    }

    /// <summary>Whether one may pass at this moment.</summary>
    public bool IsOpen(long nowMs)
    {
        _tokens = Math.Min(_burst, _tokens + ((nowMs - _refilledMs) * _perMs));
        _refilledMs = nowMs;
        return _tokens >= 1;
    }

    /// <summary>Takes a token.</summary>
    public void Pass() => _tokens -= 1;

    /// <summary>When the next one may pass, in the clock's milliseconds.</summary>
    public readonly long OpensMs() => _tokens >= 1 ? _refilledMs : _refilledMs + (long)Math.Ceiling((1 - _tokens) / _perMs);
}
