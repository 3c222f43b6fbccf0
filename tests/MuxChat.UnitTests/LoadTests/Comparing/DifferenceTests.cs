using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Reports;

namespace MuxChat.UnitTests.LoadTests.Comparing;

/// <summary>
/// Reports of a noisy machine: a drift that both feel, and noise of each run. How often the verdict is right is counted over many seeds.
/// </summary>
public class DifferenceTests
{
    private const int Tries = 200;
    private const double Noise = 0.1;

    [Fact]
    public void Server_that_is_ten_percent_slower_is_found_in_nine_of_ten_tries() =>
        Assert.InRange(Count(Verdict.Slower, ratio: 0.9), Tries * 9 / 10, Tries);

    [Fact]
    public void Server_that_is_ten_percent_faster_is_found_in_nine_of_ten_tries() =>
        Assert.InRange(Count(Verdict.Faster, ratio: 1.1), Tries * 9 / 10, Tries);

    [Fact]
    public void Same_server_is_not_told_from_itself_in_nine_of_ten_tries() =>
        Assert.InRange(Count(Verdict.Slower, ratio: 1) + Count(Verdict.Faster, ratio: 1), 0, Tries / 10);

    [Fact]
    public void Reports_that_did_not_run_in_turn_say_so_instead_of_blaming_the_server()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new Random(seed);
            var difference = Difference.Between(ReportOf(random, 1, session: "a"), ReportOf(random, 0.85, session: "b"));
            Assert.Equal(Verdict.Unknown, difference.Verdict);
            Assert.Contains("did not run in turn", difference.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Half_as_fast_is_seen_without_turns_as_well() =>
        Assert.Equal(Verdict.Slower, Difference.Between(ReportOf(new Random(1), 1, "a"), ReportOf(new Random(2), 0.5, "b")).Verdict);

    [Fact]
    public void Yardstick_that_ran_beside_both_takes_the_machines_drift_away()
    {
        var first = ReportOf(new Random(1), 1, "a", yardstick: 0.5);
        var second = ReportOf(new Random(1), 0.7, "b", yardstick: 0.5 * 0.7);
        var difference = Difference.Between(first, second);
        Assert.Equal(("redis", Verdict.Unknown), (difference.Yardstick, difference.Verdict));
        Assert.Contains("less than 12% says nothing", difference.Reason, StringComparison.Ordinal);
        Assert.Equal(1, difference.Ratio, 6);
    }

    [Theory]
    [InlineData("--payload")]
    [InlineData("--transport")]
    [InlineData("--window")]
    [InlineData("--seconds")]
    public void Reports_with_other_settings_are_not_compared(string option)
    {
        var first = ReportOf(new Random(1), 1, "a");
        var second = ReportOf(new Random(1), 0.5, "a");
        var settings = second.Settings;
        second = second with
        {
            Settings = option switch
            {
                "--payload" => settings with { PayloadBytes = settings.PayloadBytes + 1 },
                "--transport" => settings with { Transport = "tls" },
                "--window" => settings with { Window = settings.Window + 1 },
                _ => settings with { Seconds = settings.Seconds + 1 },
            },
        };
        var difference = Difference.Between(first, second);
        Assert.Equal(Verdict.Unknown, difference.Verdict);
        Assert.Contains("other settings", difference.Reason, StringComparison.Ordinal);
        Assert.Contains(option, difference.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Ramp_ends_at_another_rate_each_time_and_says_nothing_about_work_per_second()
    {
        var first = ReportOf(new Random(1), 1, "a");
        var ramps = first with { Results = [.. first.Results.Select(static run => run with { Scenario = "ramp" })] };
        Assert.Equal(0, Difference.Between(ramps, ramps).Pairs);
    }

    [Fact]
    public void Round_in_which_nothing_was_delivered_is_not_left_out()
    {
        var first = ReportOf(new Random(1), 1, "a");
        Assert.Equal(0, Figure.Get("deliveries/cpu-s").Of(first.Results[0] with { Delivered = 0 }));
        Assert.Null(Figure.Get("deliveries/cpu-s").Of(first.Results[0] with { CpuSeconds = 0 }));
        Assert.Null(Figure.Get("allocated").Of(first.Results[0]));
    }

    [Fact]
    public void Few_rounds_say_nothing_but_how_many_are_needed()
    {
        var difference = Difference.Between(ReportOf(new Random(1), 1, "a", rounds: 3), ReportOf(new Random(1), 0.2, "a", rounds: 3));
        Assert.Equal((Verdict.Unknown, 6), (difference.Verdict, difference.Pairs));
        Assert.Contains("8 are needed (--rounds)", difference.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounds_of_other_scenarios_and_numbers_of_clients_are_not_compared()
    {
        var first = ReportOf(new Random(1), 1, "a");
        var second = first with { Results = [.. first.Results.Select(run => run with { Clients = run.Clients + 1 })] };
        Assert.Equal(0, Difference.Between(first, second).Pairs);
    }

    private static int Count(Verdict verdict, double ratio) => Enumerable.Range(0, Tries).Count(seed =>
    {
        var random = new Random(seed);
        var drift = Enumerable.Range(0, 1000).Select(_ => 0.7 + (0.6 * random.NextDouble())).ToArray();
        return Difference.Between(ReportOf(random, 1, "a", drift: drift), ReportOf(random, ratio, "a", drift: drift)).Verdict == verdict;
    });

    private static Report ReportOf(
        Random random, double ratio, string session, int rounds = 15, double? yardstick = null, double[]? drift = null) =>
        MadeUpReports.Scenario() with
        {
            Session = session,
            Results =
            [
                .. from clients in (int[])[100, 1000]
                   from round in Enumerable.Range(1, rounds)
                   from io in (string[])(yardstick is null ? ["epoll"] : ["epoll", "redis"])
                   let noise = yardstick is null ? Math.Exp(Noise * Normal(random)) : 1
                   let share = io == "redis" ? yardstick!.Value : ratio
                   select RunOf(clients, round, io, share * noise * (drift?[clients + round - 100] ?? 1)),
            ],
        };

    private static RunResult RunOf(int clients, int round, string io, double share) => new()
    {
        Scenario = "broadcast",
        Round = round,
        Name = io,
        Io = io,
        Clients = clients,
        Processors = 1,
        Seconds = 1,
        CpuSeconds = 1,
        Delivered = (long)(share * 5_000_000),
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
