using CsCheck;
using MuxChat.LoadTests.Reports.Charts;

namespace MuxChat.UnitTests.LoadTests.Reports.Charts;

public class AxisTests
{
    [Fact]
    public void Linear_axis_begins_at_zero_and_ends_at_a_round_number_above()
    {
        var axis = Axis.Linear("ms", [3, 7.3]);
        Assert.Equal((0, 8, false), (axis.Min, axis.Max, axis.IsLog));
        Assert.Equal(["0", "2", "4", "6", "8"], axis.Ticks.Select(static tick => tick.Label));
        Assert.Equal(0.5, axis.Share(4));
    }

    [Fact]
    public void Log_axis_lies_between_round_numbers_and_says_what_it_is()
    {
        var axis = Axis.Log("latency, ms", [0.3, 40]);
        Assert.Equal((0.2, 50), (Math.Round(axis.Min, 9), axis.Max));
        Assert.Equal("latency, ms (log scale)", axis.Title);
        Assert.Equal(["1", "10"], axis.Ticks.Select(static tick => tick.Label));
        Assert.Equal(0.5, Axis.Log("", [1, 100]).Share(10), 9);
    }

    [Fact]
    public void Axis_is_a_log_axis_only_for_values_that_are_far_apart()
    {
        Assert.False(Axis.Fitting("", [1, 20]).IsLog);
        Assert.True(Axis.Fitting("", [1, 21]).IsLog);
        Assert.False(Axis.Fitting("", [0, 21]).IsLog);
        Assert.False(Axis.Fitting("", []).IsLog);
    }

    [Fact]
    public void Percentile_axis_gives_each_nine_one_step()
    {
        var axis = Axis.Percentiles(1_000_000);
        Assert.Equal(["50%", "90%", "99%", "99.9%", "99.99%"], axis.Ticks.Select(static tick => tick.Label));
        Assert.Equal(axis.Share(1_000) - axis.Share(100), axis.Share(100) - axis.Share(10), 9);
        Assert.Equal("99%", Axis.Percentiles(5).Ticks[^1].Label);
        Assert.Equal("99.9%", Axis.Percentiles(9_000).Ticks[^1].Label);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.05, "0.05")]
    [InlineData(250, "250")]
    [InlineData(1_500, "1.5k")]
    [InlineData(2_000_000, "2M")]
    public void Mark_is_short(double value, string shown) => Assert.Equal(shown, Axis.Show(value));

    [Fact]
    public void Any_values_lie_on_their_axis_in_order_and_so_do_its_marks() => Property.Holds(
        Gen.Double[0.000001, 1e9].Array[1, 20],
        static values =>
        {
            foreach (var axis in (Axis[])[Axis.Linear("", values), Axis.Log("", values), Axis.Fitting("", values)])
            {
                Assert.InRange(values.Min(), axis.Min * (1 - 1e-9), axis.Max);
                Assert.InRange(values.Max(), axis.Min, axis.Max * (1 + 1e-9));
                Assert.InRange(axis.Ticks.Count, 2, 7);
                Assert.All(axis.Ticks, tick => Assert.InRange(tick.Value, axis.Min * (1 - 1e-9), axis.Max * (1 + 1e-9)));
                var sorted = values.Order().Select(axis.Share).ToArray();
                Assert.Equal(sorted.Order(), sorted);
                Assert.All(sorted, static share => Assert.InRange(share, 0, 1));
            }
        },
        samples: 1_000);
}
