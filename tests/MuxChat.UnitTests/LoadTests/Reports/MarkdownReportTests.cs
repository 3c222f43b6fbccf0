using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class MarkdownReportTests
{
    [Fact]
    public void Search_that_found_nothing_and_a_machine_that_changed_are_doubts()
    {
        static Report Found(double capacity, double after)
        {
            var search = MadeUpReports.Search();
            var last = search.Results[^1] with { Scenario = "ramp", More = new() { ["capacity"] = capacity, ["after/before"] = after } };
            return search with { Results = [.. search.Results.SkipLast(1), last] };
        }

        Assert.Equal(["The machine changed during 1 search (epoll 1). In one of them, a full window moved 85% after the search of what it "
            + "had moved before."], Found(800, 0.85).Doubts);
        Assert.Equal(["No rate passed in 1 search (epoll 1): the capacity is 0, because even with 800 lines a second the p99 was above the "
            + "limit."], Found(0, 1.05).Doubts);
        Assert.Empty(Found(800, 1.05).Doubts);
    }

    [Fact]
    public void Summary_of_a_comparison_has_findings_tables_winners_audit_and_machine()
    {
        var report = MadeUpReports.Comparison(MadeUpReports.Result()) with
        {
            Comparison = [MadeUp.Row(100, "threads", 200, memory: 90), MadeUp.Row(100, "epoll", 700, memory: 40)],
            Machine = MadeUpReports.Comparison().Machine with { Doubts = ["The machine was busy: a test."] },
        };
        var text = MarkdownReport.Write(report);
        Assert.StartsWith("## MuxChat under load: passed\n\n> **Doubtful:** The machine was busy: a test.\n", text,
            StringComparison.Ordinal);
        string[] lines =
        [
            "- epoll delivered the most", "### broadcast: one room, a full window",
            "| clients | io | deliveries per cpu second | deliveries a second | latency p50, ms | latency p99, ms | resident at rest, MB | threads "
                + "| context switches per 1,000 deliveries |",
            "| --: | --- | --: | --: | --: | --: | --: | --: | --: |",
            "| 100 | epoll | **700** | **350** | - | 6.70 | **40** | 3 | - |",
            "| 100 | threads | 200 | 100 | - | 6.70 | 90 | 3 | - |",
            "Audit: 2,468,111 deliveries, each line once, whole and in order.",
            "- server on processor 0, load on processor 1",
        ];
        Assert.All(lines, line => Assert.Contains($"\n{line}\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Summary_of_a_scenario_has_every_figure_that_was_measured()
    {
        var text = MarkdownReport.Write(MadeUpReports.Scenario(MadeUpReports.Result("alone"), MadeUpReports.Result()));
        Assert.Contains("\n|  | alone | with 5,000 idle |\n| --- | --: | --: |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n| latency p99, ms | 3.43 | 3.43 |\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("capacity", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_of_a_failed_run_says_so_first_and_why()
    {
        var report = MadeUpReports.Scenario(MadeUpReports.Faulty()) with { Crossed = ["p99>1ms: with 5,000 idle: 3.43 ms"] };
        var text = MarkdownReport.Write(report);
        Assert.StartsWith("## MuxChat under load: FAILED\n", text, StringComparison.Ordinal);
        Assert.Contains("\n- **FAILED** with 5,000 idle: 21 lost, 22 duplicated, 23 reordered, 24 corrupted, 25 refused\n", text,
            StringComparison.Ordinal);
        Assert.Contains("\n- **FAILED** p99>1ms: with 5,000 idle: 3.43 ms\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("each line once", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_escapes_what_would_end_a_cell_or_begin_html()
    {
        var text = MarkdownReport.Write(MadeUpReports.Scenario(MadeUpReports.Result("a|b<script>\nc")));
        Assert.Contains("| a\\|b&lt;script> c |", text, StringComparison.Ordinal);
    }
}
