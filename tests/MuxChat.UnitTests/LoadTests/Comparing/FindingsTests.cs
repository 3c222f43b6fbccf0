using MuxChat.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Comparing;

public class FindingsTests
{
    [Fact]
    public void Findings_name_the_winner_of_each_number_of_clients_and_the_others_in_order()
    {
        var findings = Findings.Of(
            [MadeUp.Row(10, "threads", 500_000, 0.5), MadeUp.Row(10, "epoll", 1_000_000, 1), MadeUp.Row(10, "select", 950_000, 0.95)]);
        Assert.Equal("10 clients: epoll delivered the most per second of processor time (1,000,000 deliveries); against it select 95 %, "
            + "threads 50 %.", findings[0]);
    }

    [Fact]
    public void Findings_of_one_model_compare_it_with_nothing()
    {
        var findings = Findings.Of([MadeUp.Row(10, "epoll", 1_000_000, 1)]);
        Assert.Equal("10 clients: epoll delivered the most per second of processor time (1,000,000 deliveries).", Assert.Single(findings));
    }

    [Fact]
    public void Model_within_ten_percent_did_as_well_and_the_clients_are_named()
    {
        var findings = Findings.Of(
            [MadeUp.Row(10, "epoll", 100, 1), MadeUp.Row(10, "threads", 90, 0.9), MadeUp.Row(1000, "epoll", 100, 1),
                MadeUp.Row(1000, "threads", 89, 0.89)]);
        Assert.Contains("threads did as well as the best (within 10%) at 10 clients.", findings);
    }

    [Fact]
    public void Model_that_was_never_near_is_said_to_be_so()
    {
        var findings = Findings.Of([MadeUp.Row(10, "epoll", 100, 1), MadeUp.Row(10, "async", 20, 0.2)]);
        Assert.Contains("async never came within 10% of the best with these numbers of clients.", findings);
        Assert.DoesNotContain(findings, finding => finding.StartsWith("epoll never", StringComparison.Ordinal));
    }

    [Fact]
    public void Select_that_keeps_up_with_epoll_is_said_to_do_so_up_to_the_most_clients()
    {
        var findings = Findings.Of(
            [MadeUp.Row(1000, "epoll", 100, 1), MadeUp.Row(1000, "select", 95, 0.95), MadeUp.Row(10, "epoll", 100, 1),
                MadeUp.Row(10, "select", 99, 0.99)]);
        Assert.Contains(findings,
            finding => finding.StartsWith(
                "select kept up with epoll (within 10%, or within the spread of the rounds) up to 1,000 busy clients",
                StringComparison.Ordinal));
    }

    [Fact]
    public void Select_that_falls_behind_bends_at_the_fewest_clients_where_it_does()
    {
        var findings = Findings.Of(
        [
            MadeUp.Row(10_000, "epoll", 100, 1), MadeUp.Row(10_000, "select", 10, 0.1),
            MadeUp.Row(1_000, "epoll", 100, 1), MadeUp.Row(1_000, "select", 60, 0.6),
            MadeUp.Row(10, "epoll", 100, 1), MadeUp.Row(10, "select", 99, 0.99),
        ]);
        Assert.Contains("select falls off at 1,000 clients: there it delivers 60 % of epoll's rate.", findings);
    }

    [Fact]
    public void Select_whose_rounds_reach_into_those_of_epoll_does_not_bend()
    {
        // 88 at the median, 79 to 97; epoll 90 to 110.
        var findings = Findings.Of([MadeUp.Row(10, "epoll", 100, 1), MadeUp.Row(10, "select", 88, 0.88)]);
        Assert.Contains(findings, finding => finding.StartsWith("select kept up with epoll", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_of_a_client_more_is_the_slope_between_fewest_and_most()
    {
        var findings = Findings.Of(
            [MadeUp.Row(100, "threads", 100, 1, restKb: 40_000, threads: 203),
                MadeUp.Row(1_100, "threads", 100, 1, restKb: 65_500, threads: 2203)]);
        Assert.Contains("one more client costs threads 25.5 KB of resident memory at rest, and 2203 threads ran for 1,100 clients.",
            findings);
    }

    [Fact]
    public void Memory_of_a_client_more_is_not_guessed_from_one_number_of_clients() =>
        Assert.DoesNotContain(Findings.Of([MadeUp.Row(100, "epoll", 100, 1)]),
        finding => finding.Contains("one more client", StringComparison.Ordinal));
}
