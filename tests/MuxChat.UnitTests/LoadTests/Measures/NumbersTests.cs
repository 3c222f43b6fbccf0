using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.UnitTests.LoadTests.Measures;

public class NumbersTests
{
    [Theory]
    [InlineData(7_684.096, "7,680")]
    [InlineData(2.408, "2.41")]
    [InlineData(0, "0")]
    [InlineData(12, "12")]
    [InlineData(999.9, "1,000")]
    [InlineData(0.05123, "0.0512")]
    [InlineData(6_254_321, "6,250,000")]
    [InlineData(-45.678, "-45.7")]
    [InlineData(1e-9, "0.000000")]
    public void Number_is_shown_with_three_digits(double value, string shown) => Assert.Equal(shown, Numbers.Show(value));

    [Fact]
    public void Share_is_shown_in_whole_percent() => Assert.Equal("91%", Numbers.Percent(0.914));

    [Theory]
    [InlineData(0.99, 0.5, 0, 10_000, true)]
    [InlineData(0.99, 0.95, 0, 10_000, false)]
    [InlineData(0.99, null, 0, 10_000, true)]
    [InlineData(0.5, 0.5, 0, 10_000, false)]
    [InlineData(0.5, 0.5, 6_000, 10_000, true)]
    [InlineData(0.5, 0.5, 4_000, 10_000, false)]
    [InlineData(0.5, 0.5, 900, 1_000, false)]
    public void Load_generator_was_the_limit_when_it_had_no_time_left_or_was_late(
        double busy, double? server, long lagUs, long p99Us, bool isLimit)
    {
        var load = new LoadFigures { BusyShare = busy, LagP99Us = lagUs }.Judge(server, p99Us, seconds: 5);
        Assert.Equal(isLimit, load.Limit.Length > 0);
    }

    [Theory]
    [InlineData(90_000, 1, false)]
    [InlineData(110_000, 1, true)]
    [InlineData(240_000, 5, false)]
    [InlineData(1_460_000, 3, true)]
    public void Load_generator_that_stood_still_was_the_limit(long pauseUs, double seconds, bool isLimit)
    {
        var load = new LoadFigures { BusyShare = 0.4, PauseUs = pauseUs }.Judge(0.5, 10_000, seconds);
        Assert.Equal(isLimit, load.Limit.StartsWith("it stood still for", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("epoll", 4, 1)]
    [InlineData("select", 4, 1)]
    [InlineData("auto", 4, 1)]
    [InlineData("threads", 4, 4)]
    [InlineData("async", 4, 4)]
    [InlineData("nats", 1, 1)]
    public void One_loop_is_busy_when_it_uses_one_processor_of_many(string io, int processors, int usable) =>
        Assert.Equal(usable, IoModels.Usable(io, processors));
}
