using MuxChat.LoadTests;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.UnitTests.LoadTests.Comparing;

public class ComparisonTests
{
    [Fact]
    public void Rows_of_results_have_medians_over_the_rounds()
    {
        var rows = Rows(["epoll"], [10], RunOf("epoll", 10, 900), RunOf("epoll", 10, 1100), RunOf("epoll", 10, 1000));

        var row = Assert.Single(rows);
        Assert.Equal(new Spread(900, 1000, 1100), row.PerCpuSecond);
        Assert.Equal(new Spread(450, 500, 550), row.PerSecond);
        Assert.Equal(new Spread(100, 100, 100), row.P50);
        Assert.Equal(new Spread(200, 200, 200), row.P99);
        Assert.Equal(new Spread(0.5, 0.5, 0.5), row.LoginSeconds);
        Assert.Equal(new Spread(50_000, 50_000, 50_000), row.RestKb);
        Assert.Equal(new Spread(20, 20, 20), row.SwitchesPerSecond);
        Assert.Equal(7, row.Threads);
        Assert.Equal(0.1, row.AllocatedPerDelivery.Median, 3);
    }

    [Fact]
    public void Rows_of_one_number_of_clients_have_one_winner_and_the_others_against_it()
    {
        var rows = Rows(["select", "epoll", "threads"], [10, 20], RunOf("select", 10, 800), RunOf("epoll", 10, 1000),
            RunOf("threads", 10, 250), RunOf("select", 20, 2000), RunOf("epoll", 20, 1000), RunOf("threads", 20, 500));

        Assert.Equal([(10, "select"), (10, "epoll"), (10, "threads"), (20, "select"), (20, "epoll"), (20, "threads")],
            rows.Select(row => (row.Clients, row.Io)));
        Assert.Equal([false, true, false, true, false, false], rows.Select(row => row.IsWinner));
        Assert.Equal([0.8, 1, 0.25, 1, 0.5, 0.25], rows.Select(row => row.AgainstWinner));
    }

    [Fact]
    public void Rows_without_processor_time_have_no_winner()
    {
        var rows = Rows(["epoll"], [10], RunOf("epoll", 10, 1000) with { UserSeconds = 0, SystemSeconds = 0 });
        Assert.False(Assert.Single(rows).IsWinner);
        Assert.Equal(0, rows[0].AgainstWinner);
    }

    private static List<ComparisonRow> Rows(string[] models, int[] clients, params RunResult[] results) =>
        new ModelComparison(models, clients, rounds: 1, new LoadSettings()).Rows(results);

    private static RunResult RunOf(string io, int clients, long deliveries) => new()
    {
        Name = io,
        Io = io,
        Clients = clients,
        Seconds = 2,
        UserSeconds = 0.25,
        SystemSeconds = 0.75,
        Delivered = deliveries,
        Latency = new LatencyFigures { P50 = 100, P99 = 200 },
        LoginSeconds = 0.5,
        ResidentRestKb = 50_000,
        Threads = 7,
        ContextSwitches = 40,
        AllocatedBytes = deliveries / 10,
    };
}
