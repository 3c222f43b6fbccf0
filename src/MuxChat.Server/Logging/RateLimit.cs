namespace MuxChat.Server.Logging;

/// <summary>Lets a number of events through per interval and counts the rest, so that a log is not flooded by one cause.</summary>
/// <param name="time">The time.</param>
/// <param name="interval">How long an interval is; it begins with the first event that passes.</param>
/// <param name="max">How many pass in one.</param>
internal sealed class RateLimit(TimeProvider time, TimeSpan interval, int max = 1)
{
    private long? _began;
    private int _passed;
    private long _suppressed;

    /// <summary>Whether this one may pass; if so, how many were held back since the last that did.</summary>
    public bool TryPass(out long suppressed)
    {
        suppressed = _suppressed;
        if (_began is not { } began || time.GetElapsedTime(began) >= interval)
        {
            _began = time.GetTimestamp();
            _passed = 0;
        }

        if (_passed == max)
        {
            _suppressed++;
            return false;
        }

        _passed++;
        _suppressed = 0;
        return true;
    }
}
