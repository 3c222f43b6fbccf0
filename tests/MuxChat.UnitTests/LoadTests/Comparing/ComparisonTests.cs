using MuxChat.LoadTests;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.UnitTests.LoadTests.Comparing;

public class ComparisonTests
{
    [Fact]
    public void Rows_of_results_have_every_figure_of_every_round()
    {
        var row = Assert.Single(ComparisonRun.Rows([RunOf("epoll", 10, 900), RunOf("epoll", 10, 1100), RunOf("epoll", 10, 1000)]));

        Assert.Equal(new Spread(900, 1000, 1100) { Count = 3 }, row.Of("deliveries/cpu-s"));
        Assert.Equal(new Spread(450, 500, 550) { Count = 3 }, row.Of("deliveries/s"));
        Assert.Equal([0.2, 0.2, 0.2], row.Values["p99"]);
        Assert.Equal([7.0, 7, 7], row.Values["threads"]);
        Assert.Null(row.Of("capacity"));
    }

    [Fact]
    public void Rows_keep_scenarios_numbers_of_clients_processors_and_models_apart()
    {
        var rows = ComparisonRun.Rows(
        [
            RunOf("select", 10, 800), RunOf("epoll", 10, 1000), RunOf("epoll", 20, 1000), RunOf("epoll", 10, 1) with { Scenario = "rooms" },
            RunOf("epoll", 10, 1) with { IsOnAll = true }, RunOf("epoll", 10, 1200),
        ]);
        Assert.Equal(
            [("broadcast", 10, false, "select"), ("broadcast", 10, false, "epoll"), ("broadcast", 20, false, "epoll"),
                ("rooms", 10, false, "epoll"), ("broadcast", 10, true, "epoll")],
            rows.Select(row => (row.Scenario, row.Clients, row.IsOnAll, row.Io)));
        Assert.Equal([1000.0, 1200], rows[1].Values["deliveries/cpu-s"]);
    }

    [Fact]
    public void Plan_begins_each_round_with_another_model()
    {
        var plan = Plan("broadcast", [10], "a", "b", "c");
        Assert.Equal(["a", "b", "c", "b", "c", "a", "c", "a", "b"], plan.Select(step => step.Io));
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3], plan.Select(step => step.Round));
    }

    [Fact]
    public void Plan_leaves_out_what_makes_no_sense_with_so_few_clients_and_runs_churn_once()
    {
        var plan = Plan("", [10, 100], "epoll");
        Assert.Equal(
            [("churn", 0), ("broadcast", 10), ("rate", 10), ("slow", 10), ("ramp", 10), ("broadcast", 100), ("rate", 100), ("rooms", 100),
                ("idle", 100), ("slow", 100), ("ramp", 100)],
            plan.Where(step => step.Round == 1).Select(step => (step.Scenario.Name, step.Clients)));
    }

    [Fact]
    public void Plan_with_all_processors_runs_the_broadcast_once_more()
    {
        var plan = (RunOf(["broadcast", "rate"], [100], "epoll") with { IsOnAll = true }).Plan();
        Assert.Equal([("broadcast", false), ("broadcast", true), ("rate", false)],
            plan.Where(step => step.Round == 1).Select(step => (step.Scenario.Name, step.IsOnAll)));
    }

    [Fact]
    public void Settings_of_each_scenario_fit_its_number_of_clients()
    {
        var plan = Plan("", [2, 3, 4, 20, 1000], "epoll");
        Assert.All(plan.Where(step => step.Scenario.Name == "slow"),
            step => Assert.True(step.Settings.Stalled < step.Settings.Clients - step.Settings.Senders, $"{step}"));
        Assert.All(plan.Where(step => step.Scenario.Name == "rooms"),
            step => Assert.True(step.Settings.Rooms * 2 <= step.Settings.Clients, $"{step}"));
        Assert.All(plan.Where(step => step.Scenario.Name == "rate"),
            step => Assert.InRange(step.Settings.Rate * (step.Clients - 1) / ComparedScenario.CalmDeliveries, 1, 1.03));
    }

    [Fact]
    public void Check_names_the_scenarios_that_so_few_clients_leave_out_and_refuses_a_run_of_nothing()
    {
        Assert.Equal(["rooms", "idle"], RunOf(["broadcast", "rooms", "idle"], [10], "epoll").Check().Select(one => one.Name));
        Assert.Empty(RunOf(["broadcast", "churn"], [10], "epoll").Check());
        var error = Assert.Throws<LoadException>(() => RunOf(["rooms", "idle"], [10], "epoll").Check());
        Assert.Equal((LoadCommandLine.Usage, "--clients 10: too few for rooms, idle"), (error.ExitCode, error.Message));
    }

    [Fact]
    public void Check_refuses_other_servers_that_would_have_nothing_to_do()
    {
        var run = RunOf(["idle"], [100], "epoll") with { Yardsticks = [Yardstick.Find("redis")!] };
        var error = Assert.Throws<LoadException>(() => run.Check());
        Assert.StartsWith("--with redis: other servers take part in broadcast and rate", error.Message, StringComparison.Ordinal);
    }

    private static List<ComparisonRun.Step> Plan(string scenario, int[] clients, params string[] models) =>
        [.. RunOf(scenario.Length > 0 ? [scenario] : [.. ComparedScenario.All.Select(one => one.Name)], clients, models).Plan()];

    private static ComparisonRun RunOf(string[] scenarios, int[] clients, params string[] models) => new()
    {
        Scenarios = [.. ComparedScenario.All.Where(scenario => scenarios.Contains(scenario.Name))],
        Models = models,
        Clients = clients,
        Rounds = 3,
        Settings = new LoadSettings(),
    };

    private static RunResult RunOf(string io, int clients, long deliveries) => new()
    {
        Scenario = "broadcast",
        Processors = 1,
        Name = io,
        Io = io,
        Clients = clients,
        Seconds = 2,
        CpuSeconds = 1,
        Delivered = deliveries,
        Latency = new LatencyFigures { P50 = 100, P99 = 200 },
        Threads = 7,
    };
}
