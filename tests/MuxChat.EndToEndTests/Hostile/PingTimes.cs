using System.Diagnostics;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// How long bystanders waited for their pongs. A figure to be reported, never a condition of a test. Used by many threads.
/// </summary>
public sealed class PingTimes
{
    private long _count;
    private long _worstTicks;

    public TimeSpan Worst => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _worstTicks));

    public void Measure(Action ping)
    {
        var start = Stopwatch.GetTimestamp();
        ping();
        var ticks = Stopwatch.GetTimestamp() - start;
        Interlocked.Increment(ref _count);
        for (var worst = Interlocked.Read(ref _worstTicks); ticks > worst;)
        {
            worst = Interlocked.CompareExchange(ref _worstTicks, ticks, worst);
        }
    }

    public override string ToString() =>
        $"{Interlocked.Read(ref _count)} pings of bystanders, the slowest {Worst.TotalMilliseconds:0.0} ms";
}
