using MuxChat.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Comparing;

public class FindingsTests
{
    [Fact]
    public void Model_that_is_better_in_each_round_is_named_with_the_others_in_order()
    {
        var findings = Findings.Of(
            [MadeUp.Row(10, "threads", 500_000), MadeUp.Row(10, "epoll", 1_000_000), MadeUp.Row(10, "async", 750_000)]);
        Assert.Equal("One room, a full window, 10 clients: epoll was best in deliveries per cpu second: epoll 1,000,000, async 750,000, "
            + "threads 500,000.", findings[0]);
    }

    [Fact]
    public void Rounds_that_overlap_have_no_winner_and_the_sentence_says_so()
    {
        var findings = Findings.Of(
            [MadeUp.Row(10, "select", 950_000), MadeUp.Row(10, "epoll", 1_000_000), MadeUp.Row(10, "threads", 500_000)]);
        Assert.Equal("One room, a full window, 10 clients: no winner in deliveries per cpu second, because epoll and select "
            + "overlap or are within 5%: epoll 1,000,000, select 950,000, threads 500,000.", findings[0]);
        Assert.DoesNotContain(findings, finding => finding.Contains("was best", StringComparison.Ordinal));
    }

    [Fact]
    public void Lead_of_less_than_five_percent_wins_nothing()
    {
        static ComparisonRow Steady(string io, double value) => MadeUp.Row(10, io, 1) with
        {
            Values = new Dictionary<string, IReadOnlyList<double>> { ["deliveries/cpu-s"] = [value, value, value] },
        };
        Assert.Contains("no winner", Findings.Of([Steady("select", 100), Steady("epoll", 96)])[0], StringComparison.Ordinal);
        Assert.Contains("select was best", Findings.Of([Steady("select", 100), Steady("epoll", 94)])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void One_round_claims_nothing()
    {
        var findings = Findings.Of(
        [
            MadeUp.OneRound(MadeUp.Row(10, "threads", 500_000)), MadeUp.OneRound(MadeUp.Row(10, "epoll", 1_000_000)),
            MadeUp.OneRound(MadeUp.Row(10, "select", 10_000)), MadeUp.OneRound(MadeUp.Row(100, "threads", 500_000, memory: 90)),
            MadeUp.OneRound(MadeUp.Row(100, "threads", 500_000, processors: 2)),
        ]);
        Assert.Equal("One room, a full window, 10 clients: deliveries per cpu second: epoll 1,000,000, threads 500,000, select 10,000. "
            + "One round cannot name a winner.", findings[0]);
        string[] claims = ["was best", "did as well", "did not do", "falls off", "kept up", "costs", "delivered the most", "was enough"];
        Assert.All(findings, finding => Assert.DoesNotContain(claims, claim => finding.Contains(claim, StringComparison.Ordinal)));
    }

    [Fact]
    public void One_model_is_compared_with_nothing()
    {
        var findings = Findings.Of([MadeUp.Row(10, "epoll", 1_000_000)]);
        Assert.Equal("One room, a full window, 10 clients: deliveries per cpu second: epoll 1,000,000.", findings[0]);
    }

    [Fact]
    public void Model_near_the_best_did_as_well_and_its_numbers_of_clients_are_named()
    {
        var findings = Findings.Of(
            [MadeUp.Row(10, "epoll", 100), MadeUp.Row(10, "threads", 90), MadeUp.Row(1000, "epoll", 100), MadeUp.Row(1000, "threads", 50)]);
        Assert.Contains("One room, a full window: threads did as well as the best (within 10%) with 10 clients.",
            findings);
    }

    [Fact]
    public void One_wild_round_does_not_make_a_model_as_good()
    {
        static ComparisonRow Rounds(string io, params double[] values) => MadeUp.Row(10, io, 1) with
        {
            Values = new Dictionary<string, IReadOnlyList<double>> { ["deliveries/cpu-s"] = values },
        };
        var findings = Findings.Of([Rounds("epoll", 100, 101, 102), Rounds("threads", 45, 46, 101)]);
        Assert.Contains("no winner", findings[0], StringComparison.Ordinal);
        Assert.DoesNotContain(findings, finding => finding.Contains("threads did", StringComparison.Ordinal));
    }

    [Fact]
    public void Model_that_was_never_near_is_said_to_be_so()
    {
        var findings = Findings.Of([MadeUp.Row(10, "epoll", 100), MadeUp.Row(10, "async", 20)]);
        Assert.Contains("One room, a full window: async did not do as well as the best with any number of clients.", findings);
        Assert.DoesNotContain(findings, finding => finding.Contains("epoll did not", StringComparison.Ordinal));
    }

    [Fact]
    public void Scenario_without_a_number_of_clients_names_none()
    {
        var findings = Findings.Of(
            [MadeUp.Row("churn", 0, "epoll", ("logins/cpu-s", 900)), MadeUp.Row("churn", 0, "threads", ("logins/cpu-s", 450)),
                MadeUp.Row("churn", 0, "async", ("logins/cpu-s", 880))]);
        Assert.Equal(
        [
            "Clients come and go: no winner in logins per cpu second, because epoll and async overlap or are within 5%: "
                + "epoll 900, async 880, threads 450.",
            "Clients come and go: threads did not do as well as the best.",
            "Clients come and go: async did as well as the best (within 10%).",
        ], findings);
    }

    [Fact]
    public void Less_is_better_for_a_latency()
    {
        var findings = Findings.Of(
            [MadeUp.Row("rate", 10, "epoll", ("p99", 2)), MadeUp.Row("rate", 10, "threads", ("p99", 9))]);
        Assert.Equal("One room, the same rate for all, 10 clients: epoll was best in latency p99, ms: epoll 2, threads 9.", findings[0]);
    }

    [Fact]
    public void Winner_by_the_wall_clock_is_named_beside_the_one_per_processor_second()
    {
        var findings = Findings.Of(
        [
            MadeUp.Row("broadcast", 10, "epoll", ("deliveries/cpu-s", 900), ("deliveries/s", 300)),
            MadeUp.Row("broadcast", 10, "threads", ("deliveries/cpu-s", 500), ("deliveries/s", 480)),
        ]);
        Assert.Contains(findings, finding => finding.Contains("epoll was best in deliveries per cpu second", StringComparison.Ordinal));
        Assert.Contains("By the wall clock, 10 clients: threads delivered the most a second on one processor.", findings);
    }

    [Theory]
    [InlineData(2_000, "Here one loop on one processor loses against several.")]
    [InlineData(1_050, "The rounds overlap or are within 5%, so neither won.")]
    [InlineData(400, "One loop on one processor was enough.")]
    public void One_loop_is_compared_with_threads_on_all_processors(double threads, string verdict)
    {
        var findings = Findings.Of(
        [
            MadeUp.Row("broadcast", 10, "epoll", ("deliveries/s", 1_000)),
            MadeUp.Row("broadcast", 10, "threads", ("deliveries/s", threads)) with { Processors = 4, IsOnAll = true },
            MadeUp.Row("broadcast", 10, "epoll", ("deliveries/s", 9_000)) with { Processors = 4, IsOnAll = true },
        ]);
        const string Compared = "10 clients, all processors: epoll on one processor delivered 1,000 a second, threads on 4 delivered";
        Assert.Contains(findings, finding => finding.StartsWith(Compared, StringComparison.Ordinal)
            && finding.EndsWith(verdict, StringComparison.Ordinal));
    }

    [Fact]
    public void Model_that_did_as_much_on_one_processor_was_not_helped_by_more()
    {
        var findings = Findings.Of(
        [
            MadeUp.Row("broadcast", 10, "epoll", ("deliveries/s", 1_000)), MadeUp.Row("broadcast", 10, "async", ("deliveries/s", 2_500)),
            MadeUp.Row("broadcast", 10, "async", ("deliveries/s", 2_000)) with { Processors = 2, IsOnAll = true },
        ]);
        Assert.Contains(findings, finding => finding.EndsWith("But async delivered 2,500 on one processor, so more of them did not help.",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Other_servers_are_shown_but_win_nothing()
    {
        var findings = Findings.Of([MadeUp.Row(10, "epoll", 100), MadeUp.Row(10, "threads", 50), MadeUp.Row(10, "floor", 900)]);
        Assert.Equal("One room, a full window, 10 clients: of the models, epoll was best in deliveries per cpu second: "
            + "floor 900, epoll 100, threads 50.", findings[0]);
        Assert.Contains("By the wall clock, 10 clients: epoll delivered the most a second on one processor.", findings);
    }

    [Fact]
    public void Loop_and_threads_within_five_percent_have_no_winner_though_their_rounds_do_not_overlap()
    {
        static ComparisonRow Rounds(string io, params double[] values) => MadeUp.Row(10, io, 1) with
        {
            Values = new Dictionary<string, IReadOnlyList<double>> { ["deliveries/s"] = values },
        };
        var findings = Findings.Of(
            [Rounds("epoll", 1_000, 1_001, 1_002), Rounds("threads", 1_030, 1_031, 1_032) with { Processors = 4, IsOnAll = true }]);
        Assert.Contains(findings, finding => finding.EndsWith("so neither won.", StringComparison.Ordinal));
    }

    [Fact]
    public void Select_that_keeps_up_with_epoll_is_said_to_do_so_up_to_the_most_clients()
    {
        var findings = Findings.Of(
            [MadeUp.Row(1000, "epoll", 100), MadeUp.Row(1000, "select", 95), MadeUp.Row(10, "epoll", 100), MadeUp.Row(10, "select", 99)]);
        Assert.Contains(findings, finding => finding.StartsWith(
            "select kept up with epoll (within 10%, or not told apart) up to 1,000 busy clients", StringComparison.Ordinal));
    }

    [Fact]
    public void Select_that_falls_behind_bends_at_the_fewest_clients_where_it_does()
    {
        var findings = Findings.Of(
        [
            MadeUp.Row(10_000, "epoll", 100), MadeUp.Row(10_000, "select", 10),
            MadeUp.Row(1_000, "epoll", 100), MadeUp.Row(1_000, "select", 60),
            MadeUp.Row(10, "epoll", 100), MadeUp.Row(10, "select", 99),
        ]);
        Assert.Contains("select falls off at 1,000 clients: there it delivers 60% of epoll's rate.", findings);
    }

    [Fact]
    public void Memory_of_a_client_more_is_the_slope_between_fewest_and_most()
    {
        var findings = Findings.Of(
            [MadeUp.Row(100, "threads", 100, memory: 40, threads: 203), MadeUp.Row(1_124, "threads", 100, memory: 66, threads: 2203)]);
        Assert.Contains("One more client costs threads about 26 KB of resident memory at rest, and 2,200 threads ran for 1,124 clients.",
            findings);
    }

    [Fact]
    public void Memory_of_a_client_more_is_not_guessed_from_one_number_of_clients() =>
        Assert.DoesNotContain(Findings.Of([MadeUp.Row(100, "epoll", 100)]),
        finding => finding.Contains("One more client", StringComparison.Ordinal));
}
