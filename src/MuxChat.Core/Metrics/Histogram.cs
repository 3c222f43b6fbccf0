namespace MuxChat.Core.Metrics;

/// <summary>How often a time fell into each of fixed ranges. It takes microseconds and allocates nothing.</summary>
/// <remarks>Invariant: a time counts in the first range whose bound it does not exceed.</remarks>
public sealed class Histogram : Metric
{
    // Microseconds: from 50 us, a tick that serves a few clients, to a second, at which people notice.
    private static readonly long[] TimeBounds =
    [
        50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    ];

    private readonly long[] _counts = new long[TimeBounds.Length + 1];

    internal Histogram(in MetricNames names, string help)
        : base(names with { Unit = "us" }, MetricKind.Histogram, help)
    {
    }

    /// <summary>The upper bounds of the ranges, in microseconds. The last range has none.</summary>
    public static IReadOnlyList<long> BoundsUs => TimeBounds;

    /// <summary>The number of times recorded.</summary>
    public override long Value => _counts.Sum();

    /// <summary>The sum of the times recorded, in microseconds.</summary>
    public long SumUs { get; private set; }

    /// <summary>The number of times in one range; the last range is at the number of <see cref="BoundsUs"/>.</summary>
    public long this[int range] => _counts[range];

    /// <summary>Records one time, in microseconds.</summary>
    public void Record(long us)
    {
        var range = 0;
        while (range < TimeBounds.Length && us > TimeBounds[range])
        {
            range++;
        }

        _counts[range]++;
        SumUs += us;
    }

    /// <inheritdoc/>
    internal override void WriteSamples(ExpositionWriter writer)
    {
        var upTo = 0L;
        for (var range = 0; range < _counts.Length; range++)
        {
            upTo += _counts[range];
            writer.Bucket(this, range < TimeBounds.Length ? TimeBounds[range] : null, upTo);
        }

        writer.SumAndCount(this, SumUs, upTo);
    }
}
