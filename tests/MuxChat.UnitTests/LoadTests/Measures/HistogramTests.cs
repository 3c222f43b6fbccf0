using CsCheck;
using MuxChat.LoadTests.Measures;

namespace MuxChat.UnitTests.LoadTests.Measures;

public class HistogramTests
{
    private const int Values = 20_000;

    public static TheoryData<string> Distributions => ["narrow", "uniform", "exponential", "pareto", "all sizes", "two humps"];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Percentile_of_random_values_is_within_one_percent_above_the_exact_one(string distribution)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, Values).Select(_ => Draw(distribution, random)).ToArray();
        var histogram = new Histogram();
        Array.ForEach(values, value => histogram.Record(value));
        Array.Sort(values);

        double[] shares = [0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1];
        Assert.All(shares, share => AssertNear(Exact(values, share), histogram.Percentile(share)));
        Assert.Equal(values[^1], histogram.Max);
        Assert.Equal(Values, histogram.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(999_999)]
    [InlineData((1L << 40) - 1)]
    [InlineData(1L << 40)]
    [InlineData(1L << 62)]
    [InlineData(long.MaxValue)]
    public void Percentile_of_one_value_below_a_larger_one_is_within_one_percent(long value)
    {
        var histogram = new Histogram();
        histogram.Record(value);
        histogram.Record(long.MaxValue);

        AssertNear(value, histogram.Percentile(0.5));
        Assert.Equal(long.MaxValue, histogram.Percentile(1));
    }

    [Fact]
    public void Percentile_of_values_below_256_is_exact()
    {
        for (var value = 0; value < 256; value++)
        {
            var histogram = new Histogram();
            histogram.Record(value);
            histogram.Record(1_000_000);
            Assert.Equal(value, histogram.Percentile(0.5));
        }
    }

    [Fact]
    public void Percentile_never_passes_the_largest_value()
    {
        var histogram = new Histogram();
        histogram.Record(1_000_001);

        Assert.Equal(1_000_001, histogram.Percentile(0.5));
        Assert.Equal(1_000_001, histogram.Percentile(1));
    }

    [Fact]
    public void Percentile_of_nothing_is_zero() => Assert.Equal(0, new Histogram().Percentile(0.99));

    [Fact]
    public void Record_of_a_negative_value_counts_as_zero()
    {
        var histogram = new Histogram();
        histogram.Record(-1);
        histogram.Record(long.MinValue);

        Assert.Equal(2, histogram.Count);
        Assert.Equal(0, histogram.Max);
        Assert.Equal(0, histogram.Percentile(1));
    }

    [Fact]
    public void Record_with_times_is_the_same_as_recording_so_often()
    {
        var once = new Histogram();
        var often = new Histogram();
        foreach (var (value, times) in ((long, int)[])[(3, 5), (70_000, 2), (900, 90)])
        {
            once.Record(value, times);
            Enumerable.Repeat(value, times).ToList().ForEach(one => often.Record(one));
        }

        AssertSame(often, once);
    }

    [Fact]
    public void Add_of_another_histogram_is_the_same_as_recording_into_one() => Property.Holds(
        Gen.Select(Gen.Long.Array[0, 50], Gen.Long.Array[0, 50]),
        static (some, others) =>
        {
            var (whole, part, other) = (HistogramOf([.. some, .. others]), HistogramOf(some), HistogramOf(others));
            part.Add(other);
            AssertSame(whole, part);
        },
        samples: 100);

    [Fact]
    public void Percentile_of_any_values_is_within_one_percent_above_the_exact_one() => Property.Holds(
        Gen.Select(Gen.Long[0, long.MaxValue].Array[1, 50], Gen.Double[0, 1]),
        static (values, share) => AssertNear(Exact([.. values.Order()], share), HistogramOf(values).Percentile(share)),
        samples: 1000);

    [Fact]
    public void Clear_leaves_a_histogram_as_new()
    {
        var histogram = new Histogram();
        histogram.Record(12_345, 10);
        histogram.Clear();
        AssertSame(new Histogram(), histogram);

        histogram.Record(4);
        Assert.Equal(4, histogram.Percentile(1));
        Assert.Equal(1, histogram.Count);
    }

    [Fact]
    public void Figures_of_a_histogram_are_its_percentiles()
    {
        var histogram = new Histogram();
        Enumerable.Range(1, 1000).ToList().ForEach(value => histogram.Record(value));
        var metrics = LatencyFigures.Of(histogram);

        AssertNear(500, metrics.P50);
        AssertNear(900, metrics.P90);
        AssertNear(990, metrics.P99);
        AssertNear(999, metrics.P999);
        Assert.Equal(1000, metrics.Max);
    }

    private static long Draw(string distribution, Random random) => distribution switch
    {
        "narrow" => 1000 + random.Next(30),
        "uniform" => random.NextInt64(10_000_000),
        "exponential" => (long)(-Math.Log(1 - random.NextDouble()) * 5_000),
        "pareto" => (long)(100 / Math.Pow(1 - random.NextDouble(), 1.2)),
        "all sizes" => random.NextInt64() >> random.Next(63),
        _ => random.Next(10) == 0 ? 40_000 + random.Next(5_000) : 200 + random.Next(100),
    };

    private static long Exact(long[] sorted, double share) => sorted[Math.Max(1, (long)Math.Ceiling(share * sorted.Length)) - 1];

    private static Histogram HistogramOf(params long[] values)
    {
        var histogram = new Histogram();
        Array.ForEach(values, value => histogram.Record(value));
        return histogram;
    }

    private static void AssertNear(long exact, long found) =>
        Assert.True(found >= exact && (double)(found - exact) <= exact * 0.01, $"{found} for {exact}");

    private static void AssertSame(Histogram expected, Histogram actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Max, actual.Max);
        for (var share = 0.0; share <= 1; share += 0.01)
        {
            Assert.Equal(expected.Percentile(share), actual.Percentile(share));
        }
    }
}
