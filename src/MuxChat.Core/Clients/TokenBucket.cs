namespace MuxChat.Core.Clients;

/// <summary>A token bucket: allows a burst at once, then a fixed rate per second.</summary>
/// <remarks>Invariant: at most the burst in tokens, and below zero only by the amount that <see cref="Charge"/> took.</remarks>
internal struct TokenBucket
{
    private const double MillisecondsPerSecond = 1000;

    private double _burst;
    private double _perMs;
    private double _tokens;
    private long _refilledMs;

    public TokenBucket(int burst, double perSecond, long nowMs)
    {
        SetRate(burst, perSecond);
        _tokens = burst;
        _refilledMs = nowMs;
    }

    /// <summary>Sets the burst and the rate, which may have changed.</summary>
    public void SetRate(int burst, double perSecond)
    {
        _burst = burst;
        _perMs = perSecond / MillisecondsPerSecond;
    }

    /// <summary>Whether one may pass at this time, in the clock's milliseconds.</summary>
    public bool IsOpen(long nowMs)
    {
        _tokens = Math.Min(_burst, _tokens + ((nowMs - _refilledMs) * _perMs));
        _refilledMs = nowMs;
        return _tokens >= 1;
    }

    /// <summary>Whether the bucket is full at this time. A full bucket equals a new one, so its owner may drop it.</summary>
    public bool IsFull(long nowMs) => IsOpen(nowMs) && _tokens >= _burst;

    /// <summary>Takes a token.</summary>
    public void Pass() => _tokens -= 1;

    /// <summary>Returns a token, or part of one.</summary>
    public void Refund(double part = 1) => _tokens = Math.Min(_burst, _tokens + part);

    /// <summary>Takes extra tokens for the last pass. The balance may become negative; it must refill before the next pass.</summary>
    public void Charge(int tokens) => _tokens -= tokens;

    /// <summary>The time of the next pass, in the clock's milliseconds.</summary>
    public readonly long OpensMs() => _tokens >= 1 ? _refilledMs : _refilledMs + (long)Math.Ceiling((1 - _tokens) / _perMs);
}
