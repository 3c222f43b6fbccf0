namespace MuxChat.LoadTests.Measures;

/// <summary>Percentiles in microseconds, from the moment a line was due to the moment a receiver had it.</summary>
internal sealed record LatencyFigures
{
    public long P50 { get; init; }

    public long P90 { get; init; }

    public long P99 { get; init; }

    public long P999 { get; init; }

    public long Max { get; init; }

    public static LatencyFigures Of(Histogram histogram) => new()
    {
        P50 = histogram.Percentile(0.5),
        P90 = histogram.Percentile(0.9),
        P99 = histogram.Percentile(0.99),
        P999 = histogram.Percentile(0.999),
        Max = histogram.Max,
    };
}
