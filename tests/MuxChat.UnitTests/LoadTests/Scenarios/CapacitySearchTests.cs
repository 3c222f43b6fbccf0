using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Scenarios;

namespace MuxChat.UnitTests.LoadTests.Scenarios;

/// <summary>The search for the capacity, with made-up latencies: no server, no clock.</summary>
public class CapacitySearchTests
{
    private const double LimitMs = 20;
    private const int Least = 10;

    /// <summary>The p99 in ms of 1,000 clients on a quiet machine, over the rate: it is near the limit for a third of the rates.</summary>
    private static readonly (double Rate, double P99)[] Measured =
    [
        (3_500, 12.5), (4_500, 14.2), (5_000, 15.5), (5_500, 16.5), (6_000, 17.7), (6_500, 19.2), (7_000, 21), (7_500, 23), (8_500, 30),
    ];

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(10_000, 4_000)]
    [InlineData(10_000, 90_000)]
    [InlineData(12, 10_000)]
    public void Capacity_is_found_to_within_2_percent_or_a_line(double capacity, double first)
    {
        var search = Search(rate => (rate / capacity * 10, rate > capacity ? 21 : 19));
        search.Run(Least, first);
        Assert.InRange(search.Good!.Rate, Math.Min(capacity / 1.02, capacity - 1), capacity);
        Assert.All(search.Steps, static step => Assert.Equal(Math.Floor(step.Rate), step.Rate));
        Assert.Equal(search.Steps.Where(step => step.Rate > capacity).Min(static step => step.Rate), search.Bad!.Rate);
        Assert.All(search.Steps.CountBy(static step => step.Rate), step => Assert.Equal(step.Key > capacity * 2 ? 1
            : step.Key > capacity ? 3 : 1, step.Value));
    }

    [Fact]
    public void No_rate_that_passes_is_no_capacity()
    {
        var search = Search(static rate => (10, 21));
        search.Run(Least, first: 1_000);
        Assert.Null(search.Good);
        Assert.Equal(Least, search.Bad!.Rate);
        Assert.False(search.Check());
        Assert.Equal(Least, search.Bad!.Rate);
    }

    [Fact]
    public void Limit_that_nothing_reaches_ends_the_search()
    {
        var search = Search(static rate => (1, 2));
        search.Run(Least, first: 1_000);
        Assert.InRange(search.Good!.Rate, 4_000, 5_000);
        Assert.Null(search.Bad);
        Assert.False(search.Check());
        Assert.InRange(search.Steps.Max(static step => step.Rate), 4_000, 5_000);
    }

    [Fact]
    public void Check_finds_more_when_the_machine_has_become_faster()
    {
        var capacity = 4_000;
        var search = Search(rate => (10, rate > capacity ? 21 : 19));
        search.Run(Least, first: 5_000);
        Assert.InRange(search.Good!.Rate, 4_000 / 1.02, 4_000);
        capacity = 8_000;
        Assert.True(search.Check());
        Assert.InRange(search.Good.Rate, 8_000 / 1.02, 8_000);
        Assert.InRange(search.Bad!.Rate, 8_001, 8_000 * 1.02);
        var found = search.Good;
        capacity = 3_000;
        Assert.False(search.Check());
        Assert.Same(found, search.Good);
    }

    // As measured: a p99 differs by 5% from try to try, and 7 of 100 tries have a hiccup. In nine of ten series all five are this close.
    [Fact]
    public void Capacity_repeats_within_10_percent_on_a_quiet_machine()
    {
        const int Series = 500;
        const int Searches = 5;
        var random = new Random(16);
        var within = Enumerable.Range(0, Series).Count(_ =>
        {
            var found = Enumerable.Range(0, Searches).Select(_ => Noisy(random)).ToList();
            return found.Max() <= found.Min() * 1.1;
        });
        Assert.InRange(within, Series * 0.9, Series);
    }

    private static double Noisy(Random random)
    {
        var search = Search(rate =>
        {
            var sum = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            var hiccup = random.Next(100) < 7 ? 1.3 + (random.NextDouble() * 5) : 1;
            var p99 = P99(rate) * (1 + (0.05 * sum)) * hiccup;
            return (P99(rate) / 2, p99);
        });
        search.Run(Least, random.Next(4_800, 6_600));
        return search.Good!.Rate;
    }

    private static double P99(double rate)
    {
        var i = Math.Clamp(Measured.Count(point => point.Rate < rate), 1, Measured.Length - 1);
        var ((lowRate, low), (highRate, high)) = (Measured[i - 1], Measured[i]);
        return Math.Max(1, low + ((high - low) * (rate - lowRate) / (highRate - lowRate)));
    }

    private static CapacitySearch Search(Func<double, (double P50, double P99)> latency) => new(
        rate =>
        {
            var (p50, p99) = latency(rate);
            return new RunResult
            {
                Name = "step",
                Io = "made up",
                Clients = 10,
                Rate = rate,
                Latency = new() { P50 = (long)(p50 * 1000), P99 = (long)(p99 * 1000) },
            };
        },
        LimitMs,
        RampScenario.Tries,
        RampScenario.Precision);
}
