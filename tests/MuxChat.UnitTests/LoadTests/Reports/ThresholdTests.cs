using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class ThresholdTests
{
    [Theory]
    [InlineData("p99>20ms", "p99", 20)]
    [InlineData("p99 >= 20", "p99", 20)]
    [InlineData("p99.9>0.5s", "p99.9", 500)]
    [InlineData("max>250us", "max", 0.25)]
    [InlineData("deliveries/cpu-s<4M", "deliveries/cpu-s", 4_000_000)]
    [InlineData("deliveries/s<=1.5k", "deliveries/s", 1_500)]
    [InlineData("lost>0", "lost", 0)]
    [InlineData("memory>0.5GB", "memory", 512)]
    [InlineData("load-busy>90%", "load-busy", 90)]
    public void Threshold_is_read_with_its_unit(string text, string figure, double value)
    {
        var threshold = Threshold.Parse(text);
        Assert.Equal((figure, value), (threshold.Figure.Name, Math.Round(threshold.Value, 9)));
    }

    [Theory]
    [InlineData("", "it takes FIGURE>VALUE")]
    [InlineData("p99", "it takes FIGURE>VALUE")]
    [InlineData("p99=20", "it takes FIGURE>VALUE")]
    [InlineData("p99>", "it takes FIGURE>VALUE")]
    [InlineData("p99>-1", "it takes FIGURE>VALUE")]
    [InlineData("p98>20ms", "there is no figure p98; there are deliveries/cpu-s, ")]
    [InlineData("p99>20M", "M is no unit of p99: it takes us, ms or s")]
    [InlineData("lost>1ms", "ms is no unit of lost: it takes k, M, G or nothing")]
    public void Threshold_that_cannot_be_read_says_what_would_be_right(string text, string said)
    {
        var error = Assert.Throws<LoadException>(() => Threshold.Parse(text));
        Assert.Equal(LoadCommandLine.Usage, error.ExitCode);
        Assert.StartsWith($"--fail-if {text}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p99>3.43ms", false)]
    [InlineData("p99>=3.43ms", true)]
    [InlineData("p99<3.43ms", false)]
    [InlineData("p99<=3.43ms", true)]
    [InlineData("p99>3.42ms", true)]
    [InlineData("lost>0", false)]
    public void Threshold_is_crossed_by_values_beyond_it(string text, bool isCrossed) =>
        Assert.Equal(isCrossed, Threshold.Parse(text).Crossed(MadeUpReports.Scenario(MadeUpReports.Result())).Count > 0);

    [Fact]
    public void Crossed_threshold_names_the_run_and_the_value() =>
        Assert.Equal(["p99>1ms: with 5,000 idle: 3.43 ms"],
            Threshold.Parse("p99>1ms").Crossed(MadeUpReports.Scenario(MadeUpReports.Result())));

    // The steps of a search fail, because that is how it ends.
    [Fact]
    public void Search_is_judged_by_the_rate_that_it_found()
    {
        Assert.Empty(Threshold.Parse("p99>20ms").Crossed(MadeUpReports.Search()));
        Assert.Equal(["p99>4ms: 800 lines/s: 4.95 ms"], Threshold.Parse("p99>4ms").Crossed(MadeUpReports.Search()));
    }

    [Fact]
    public void Other_servers_cross_no_threshold()
    {
        var report = MadeUpReports.Comparison(MadeUpReports.Result()) with
        {
            Comparison = [MadeUp.Row(10, "epoll", 900_000), MadeUp.Row(10, "mosquitto", 100)],
        };
        Assert.Empty(Threshold.Parse("deliveries/cpu-s<400k").Crossed(report));
        Assert.Single(Threshold.Parse("deliveries/cpu-s<1M").Crossed(report));
    }

    [Fact]
    public void Comparison_is_judged_by_medians_and_faults_by_every_run()
    {
        var report = MadeUpReports.Comparison(MadeUpReports.Result(), MadeUpReports.Result() with { Audit = new AuditCounts { Lost = 3 } });
        Assert.Equal(["deliveries/cpu-s<900k: broadcast, 100 clients, select: 877,000"],
            Threshold.Parse("deliveries/cpu-s<900k").Crossed(report));
        Assert.Equal(["lost>0: with 5,000 idle: 3"], Threshold.Parse("lost>0").Crossed(report));
    }

    [Fact]
    public void Figure_that_nothing_has_measured_counts_as_crossed() =>
        Assert.Equal(["capacity<5: no run has measured capacity"],
            Threshold.Parse("capacity<5").Crossed(MadeUpReports.Scenario(MadeUpReports.Result())));

    [Fact]
    public void Names_of_figures_are_different() => Assert.Distinct(Figure.All.Select(static figure => figure.Name));
}
