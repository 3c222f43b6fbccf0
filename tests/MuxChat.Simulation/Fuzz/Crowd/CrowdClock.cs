namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>A time that goes on when it is told to.</summary>
internal sealed class CrowdClock : TimeProvider
{
    /// <summary>The first moment: 2026-01-02 03:04:05 UTC.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Milliseconds since then.</summary>
    public long NowMs { get; set; }

    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => Beginning.AddMilliseconds(NowMs);

    public override long GetTimestamp() => NowMs;
}
