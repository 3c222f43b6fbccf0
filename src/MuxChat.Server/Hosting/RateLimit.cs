namespace MuxChat.Server.Hosting;

/// <summary>Lets one event through per interval and counts the rest, so that a log is not flooded by one cause.</summary>
internal sealed class RateLimit(TimeProvider time, TimeSpan interval)
{
    private long? _last;
    private long _suppressed;

    /// <summary>Whether this one may pass; if so, how many were held back since the last that did.</summary>
    public bool TryPass(out long suppressed)
    {
        suppressed = _suppressed;
        if (_last is { } last && time.GetElapsedTime(last) < interval)
        {
            _suppressed++;
            return false;
        }

        _last = time.GetTimestamp();
        _suppressed = 0;
        return true;
    }
}
