using MuxChat.LoadTests;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;
using Spectre.Console;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class TableTests
{
    [Fact]
    public void Table_of_results_has_every_figure()
    {
        var text = Shown(console => ResultTable.Write(console, MadeUpReports.Scenario(MadeUpReports.Result())));
        string[] metrics =
        [
            "with 5,000 idle", "epoll", "5,101", "1.37", "617,000", "1,230,000", "1.21", "2.32", "3.43", "4.54", "5.65", "0.410", "1.59",
            "61", "73", "13", "32.9", "0.550", "17", "6.78", "throughput against alone", "0.987",
            "Abacus 3000, 2 processors", "server on processor 0, load on processor 1",
            "audit with 5,000 idle: 2,468,111 deliveries, each line once, whole and in order",
        ];
        Assert.All(metrics, figure => Assert.Contains(figure, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_of_a_failed_audit_says_how_many_of_each_kind()
    {
        const string Faults = "21 lost, 22 duplicated, 23 reordered, 24 corrupted, 25 refused";
        var failed = MadeUpReports.Faulty() with { Failures = ["5 clients are still in the room"] };
        var text = Shown(console => ResultTable.Write(console, MadeUpReports.Scenario(failed)));
        Assert.Contains("AUDIT FAILED with 5,000 idle: " + Faults, text, StringComparison.Ordinal);
        Assert.Contains("FAILED with 5,000 idle: 5 clients are still in the room", text, StringComparison.Ordinal);

        var compared = Shown(console => ComparisonTable.Write(console, MadeUpReports.Comparison(failed)));
        Assert.Contains(Faults, compared, StringComparison.Ordinal);
        Assert.DoesNotContain("each line once", compared, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_of_a_comparison_has_its_rows_findings_and_the_audit()
    {
        var text = Shown(console => ComparisonTable.Write(console, MadeUpReports.Comparison(MadeUpReports.Result())));
        string[] metrics =
            ["988,000", "889,000", "1,090,000", "877,000", "6.70", "47", "- epoll delivered the most",
                "- select falls off at 100 clients", "audit 2,468,111 deliveries"];
        Assert.All(metrics, figure => Assert.Contains(figure, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_marks_the_winner_of_each_figure_and_nobody_where_rounds_overlap()
    {
        var report = MadeUpReports.Comparison(MadeUpReports.Result()) with
        {
            Comparison =
            [
                MadeUp.Row("broadcast", 100, "threads", ("deliveries/cpu-s", 200), ("deliveries/s", 900), ("p99", 5)),
                MadeUp.Row("broadcast", 100, "epoll", ("deliveries/cpu-s", 700), ("deliveries/s", 300), ("p99", 5.2)),
            ],
        };
        var text = Shown(console => ComparisonTable.Write(console, report));
        Assert.Contains("700*", text, StringComparison.Ordinal);
        Assert.Contains("900*", text, StringComparison.Ordinal);
        Assert.All(["200*", "300*", "5*", "5.20*"], wrong => Assert.DoesNotContain(wrong, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Many_steps_are_rows_and_the_last_one_is_shown_whole()
    {
        var steps = Enumerable.Range(1, 6).Select(step => MadeUpReports.Result($"{step}00 lines/s")).ToArray();
        var lines = Shown(console => ResultTable.Write(console, MadeUpReports.Scenario(steps))).Split('\n');
        Assert.All(steps, step => Assert.Single(lines,
            line => line.StartsWith($"| {step.Name} ", StringComparison.Ordinal) && line.Contains("617,000", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains("login of all, s", StringComparison.Ordinal));
    }

    [Fact]
    public void What_makes_the_figures_doubtful_comes_before_them()
    {
        var limited = MadeUpReports.Result() with { Load = new LoadFigures { Limit = "it worked 99% of the time, and the server 40%" } };
        foreach (var report in (Report[])[MadeUpReports.Scenario(limited), MadeUpReports.Comparison(limited)])
        {
            var busy = report with { Machine = report.Machine with { Doubts = ["The machine was busy: a test."] } };
            var text = Shown(console => ReportCommand.Show(console, busy));
            Assert.InRange(text.IndexOf("DOUBTFUL The machine was busy: a test.", StringComparison.Ordinal), 0,
                text.IndexOf("+--", StringComparison.Ordinal));
            Assert.Contains("DOUBTFUL The load generator was the limit in 1 of 1 runs of idle (epoll 1). In one of them, it worked 99% of the",
                text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Table_shows_names_as_they_are_even_with_brackets() =>
        Assert.Contains("[red]x[/]",
            Shown(console => ResultTable.Write(console, MadeUpReports.Scenario(MadeUpReports.Result("[red]x[/]")))),
            StringComparison.Ordinal);

    private static string Shown(Action<IAnsiConsole> write)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer)
            });
        console.Profile.Width = 140;
        write(console);
        return writer.ToString();
    }
}
