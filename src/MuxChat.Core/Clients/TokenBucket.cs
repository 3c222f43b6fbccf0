namespace MuxChat.Core.Clients;

/// <summary>
/// A token bucket: a burst at once, then so many a second. Invariant: never more tokens than the burst; and never fewer than none, less
/// what one that passed was charged on top.
/// </summary>
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

    /// <summary>Sets the burst and the rate, where they may have changed.</summary>
    public void SetRate(int burst, double perSecond)
    {
        _burst = burst;
        _perMs = perSecond / MillisecondsPerSecond;
    }

    /// <summary>Whether one may pass at this moment.</summary>
    public bool IsOpen(long nowMs)
    {
        _tokens = Math.Min(_burst, _tokens + ((nowMs - _refilledMs) * _perMs));
        _refilledMs = nowMs;
        return _tokens >= 1;
    }

    /// <summary>Whether it is as good as new at this moment: it may be forgotten.</summary>
    public bool IsFull(long nowMs) => IsOpen(nowMs) && _tokens >= _burst;

    /// <summary>Takes a token.</summary>
    public void Pass() => _tokens -= 1;

    /// <summary>Gives the token back, or a part of it.</summary>
    public void Refund(double part = 1) => _tokens = Math.Min(_burst, _tokens + part);

    /// <summary>
    /// Takes more tokens from the one that has just passed: it has made trouble. What is missing must come back before the next may pass.
    /// </summary>
    public void Charge(int tokens) => _tokens -= tokens;

    /// <summary>When the next one may pass, in the clock's milliseconds.</summary>
    public readonly long OpensMs() => _tokens >= 1 ? _refilledMs : _refilledMs + (long)Math.Ceiling((1 - _tokens) / _perMs);
}
