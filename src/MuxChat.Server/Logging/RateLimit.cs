namespace MuxChat.Server.Logging;

/// <summary>Lets a number of events pass per interval and counts the rest, so that one cause cannot flood the log.</summary>
/// <param name="time">The clock.</param>
/// <param name="interval">The length of an interval, which begins with the first event that passes.</param>
/// <param name="max">The number of events that pass per interval.</param>
internal sealed class RateLimit(TimeProvider time, TimeSpan interval, int max = 1)
{
    private long? _began;
    private int _passed;
    private long _suppressed;

    /// <summary>Whether this event may pass. If so, returns how many were suppressed since the last one.</summary>
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
