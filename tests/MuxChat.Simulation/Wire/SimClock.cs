namespace MuxChat.Simulation.Wire;

/// <summary>The clocks of a simulated machine: one that only goes forward, and the wall clock, which may jump either way.</summary>
internal sealed class SimClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Microseconds since the run began.</summary>
    public long NowUs { get; private set; }

    /// <summary>How far the wall clock was set, in microseconds.</summary>
    public long WallOffsetUs { get; set; }

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => NowUs;

    public override DateTimeOffset GetUtcNow() => Start.AddMicroseconds(NowUs + WallOffsetUs);

    public void Advance(long microseconds) => NowUs += microseconds;
}
