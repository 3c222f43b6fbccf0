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
    [InlineData((1L << 31) - 1)]
    [InlineData(1L << 31)]
    [InlineData(Histogram.LongestUs)]
    public void Percentile_of_one_value_below_a_larger_one_is_within_one_percent(long value)
    {
        var histogram = new Histogram();
        histogram.Record(value);
        histogram.Record(Histogram.LongestUs);

        AssertNear(value, histogram.Percentile(0.5));
        Assert.Equal(Histogram.LongestUs, histogram.Percentile(1));
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
    public void Value_of_more_than_an_hour_counts_as_an_hour_and_is_the_maximum_as_it_was()
    {
        var histogram = HistogramOf(5, Histogram.LongestUs * 7);
        Assert.Equal(Histogram.LongestUs * 7, histogram.Max);
        Assert.Equal(2, histogram.Count);
        Assert.InRange(histogram.Percentile(1), Histogram.LongestUs, (long)(Histogram.LongestUs * 1.001));
    }

    [Fact]
    public void Histogram_that_was_written_and_read_is_the_same() => Property.Holds(
        Gen.Long[0, Histogram.LongestUs].Array[0, 50],
        static values =>
        {
            var written = HistogramOf(values);
            var read = Histogram.Decode(written.Encode());
            Assert.Equal(written.Count, read.Count);
            AssertNear(written.Max, read.Max);
            Assert.All(Enumerable.Range(0, 100), one => AssertNear(written.Percentile(one / 100.0), read.Percentile(one / 100.0)));
        },
        samples: 100);

    // Compressed, it is longer than what a stream reads at once, as those of real runs are.
    [Fact]
    public void Histogram_of_many_values_that_was_written_and_read_is_the_same()
    {
        const int LongestRead = 8192;
        var random = new Random(11);
        var written = HistogramOf([.. Enumerable.Range(0, Values * 25).Select(_ => Draw("all sizes", random))]);
        var text = written.Encode();
        Assert.True(Convert.FromBase64String(text).Length > LongestRead, $"{text.Length} characters");

        var read = Histogram.Decode(text);
        Assert.Equal(written.Count, read.Count);
        Assert.All(Enumerable.Range(0, 100), one => AssertNear(written.Percentile(one / 100.0), read.Percentile(one / 100.0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("HISTFAAAAB542pNpmSzMwMDAxAABzFCaEUzOdo==")]
    public void Text_that_is_no_histogram_is_a_format_error(string text) =>
        Assert.Throws<FormatException>(() => Histogram.Decode(text));

    [Fact]
    public void Distribution_is_in_the_text_form_of_hdrhistogram()
    {
        using var writer = new StringWriter();
        HistogramOf([.. Enumerable.Range(1, 1000).Select(one => one * 1000L)]).WriteDistribution(writer);
        var lines = writer.ToString().Split('\n');
        Assert.Contains("Percentile", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("0.500000000000", StringComparison.Ordinal)
            && line.TrimStart().StartsWith("500.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("#[Max", StringComparison.Ordinal)
            && line.Contains("1000", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_of_another_histogram_is_the_same_as_recording_into_one() => Property.Holds(
        Gen.Select(Gen.Long[0, Histogram.LongestUs].Array[0, 50], Gen.Long[0, Histogram.LongestUs].Array[0, 50]),
        static (some, others) =>
        {
            var (whole, part, other) = (HistogramOf([.. some, .. others]), HistogramOf(some), HistogramOf(others));
            part.Add(other);
            AssertSame(whole, part);
        },
        samples: 100);

    [Fact]
    public void Percentile_of_any_values_is_within_one_percent_above_the_exact_one() => Property.Holds(
        Gen.Select(Gen.Long[0, Histogram.LongestUs].Array[1, 50], Gen.Double[0, 1]),
        static (values, share) => AssertNear(Exact([.. values.Order()], share), HistogramOf(values).Percentile(share)),
        samples: 1000);

    [Fact]
    public void Clear_leaves_a_histogram_as_new()
    {
        var histogram = new Histogram();
        histogram.Record(12_345);
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
        "all sizes" => random.NextInt64(Histogram.LongestUs) >> random.Next(31),
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
