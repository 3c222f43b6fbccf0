using MuxChat.LoadTests.Reports;
using Spectre.Console;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class TableTests
{
    [Fact]
    public void Table_of_results_has_every_figure()
    {
        var text = Shown(console => ResultTable.Write(console, [MadeUpReports.Result()]));
        string[] metrics =
        [
            "with 5,000 idle", "epoll", "5,101", "1.37", "617,000", "1,234,000", "1.21", "2.32", "3.43", "4.54", "5.65", "0.41 / 1.59",
            "61 / 73", "13", "98,765",
            "0.550", "17", "6.78", "throughput against alone 0.987",
            "audit with 5,000 idle: 2,468,111 deliveries, each line once, whole and in order",
        ];
        Assert.All(metrics, figure => Assert.Contains(figure, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_of_a_failed_audit_says_how_many_of_each_kind()
    {
        const string Faults = "21 lost, 22 duplicated, 23 reordered, 24 corrupted, 25 refused";
        var failed = MadeUpReports.Faulty() with { Failures = ["5 clients are still in the room"] };
        var text = Shown(console => ResultTable.Write(console, [failed]));
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
            ["987,654", "888,889", "1,086,419", "876,543", "91 %", "1.50", "6.70", "47", "- epoll delivered the most",
                "- select falls off at 100 clients", "audit 2,468,111 deliveries"];
        Assert.All(metrics, figure => Assert.Contains(figure, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_shows_names_as_they_are_even_with_brackets() =>
        Assert.Contains("[red]x[/]", Shown(console => ResultTable.Write(console, [MadeUpReports.Result("[red]x[/]")])),
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
