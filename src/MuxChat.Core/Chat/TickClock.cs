namespace MuxChat.Core.Chat;

/// <summary>
/// The time of the current tick. The clock reads a <see cref="TimeProvider"/> once a tick, so
/// that everything in a tick happens at one moment.
/// </summary>
public sealed class TickClock
{
    private readonly TimeProvider _time;
    private readonly long _origin;

    /// <summary>Creates a clock and reads it once.</summary>
    public TickClock(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        Refresh();
    }

    /// <summary>Milliseconds since the clock was created; never goes back.</summary>
    public long NowMs { get; private set; }

    /// <summary>Wall-clock time in milliseconds since 1970-01-01 UTC; may jump.</summary>
    public long UnixMs { get; private set; }

    /// <summary>Returns microseconds since the clock was created, read at the call, for measuring within a tick.</summary>
    public long ReadMicroseconds() => (long)_time.GetElapsedTime(_origin).TotalMicroseconds;

    /// <summary>Returns nanoseconds since the clock was created, in steps of 100, read at the call, for the parts of a tick.</summary>
    public long ReadNanoseconds() => _time.GetElapsedTime(_origin).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Reads the time for a new tick.</summary>
    public void Refresh()
    {
        NowMs = (long)_time.GetElapsedTime(_origin).TotalMilliseconds;
        UnixMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
