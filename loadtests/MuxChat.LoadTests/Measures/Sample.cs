namespace MuxChat.LoadTests.Measures;

/// <summary>One moment of a measurement: what came since the sample before.</summary>
/// <param name="Seconds">When it ended, from the start of the measurement.</param>
/// <param name="DeliveredPerSecond">Lines received.</param>
/// <param name="P50Us">Median latency of the lines that came, in microseconds.</param>
/// <param name="P99Us">99% of them were not later.</param>
/// <param name="LagUs">How late the load generator said its lines, at most, in microseconds; 0 without a rate.</param>
/// <param name="ResidentKb">The server's resident memory; 0 when it is not known.</param>
internal sealed record Sample(double Seconds, double DeliveredPerSecond, long P50Us, long P99Us, long LagUs, long ResidentKb);
