using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Reports;

/// <summary>Results as a table for a terminal.</summary>
internal static class ResultTable
{
    /// <summary>Columns side by side; more results are rows with a few figures.</summary>
    private const int ResultsAbreast = 4;

    public static void Write(IAnsiConsole console, Report report)
    {
        ComparisonTable.WriteDoubts(console, report);
        if (report.Results.Count > ResultsAbreast)
        {
            WriteSteps(console, report.Results);
        }

        WriteFigures(console, report.Results.Count > ResultsAbreast ? [report.Results[^1]] : report.Results);
        foreach (var result in report.Results)
        {
            WriteVerdict(console, result);
        }
    }

    // Many steps, such as those of a ramp, are rows with a few figures. The last one is shown whole.
    private static void WriteSteps(IAnsiConsole console, IReadOnlyList<RunResult> results)
    {
        string[] figures = ["deliveries/s", "deliveries/cpu-s", "p50", "p99", "max", "lag-p99", "load-busy"];
        var table = NewTable(console);
        foreach (var head in (string[])["", .. figures])
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)) { Alignment = head.Length > 0 ? Justify.Right : Justify.Left });
        }

        foreach (var result in results)
        {
            table.AddRow([Markup.Escape(result.Name), .. figures.Select(name => Figure.Show(Figure.Get(name).Of(result)))]);
        }

        console.Write(table);
    }

    private static void WriteFigures(IAnsiConsole console, IReadOnlyList<RunResult> some)
    {
        var table = NewTable(console);
        table.AddColumn("");
        foreach (var result in some)
        {
            table.AddColumn(new TableColumn(Markup.Escape(result.Name)) { Alignment = Justify.Right });
        }

        table.AddRow(["io", .. some.Select(static result => result.Io)]);
        table.AddRow(["transport", .. some.Select(static result => result.Transport)]);
        table.AddRow(["clients", .. some.Select(static result => $"{result.Clients:N0}")]);
        foreach (var figure in Figure.Measured.Where(figure => some.Any(result => figure.Of(result) is not null)))
        {
            table.AddRow([Markup.Escape(figure.Head), .. some.Select(result => Figure.Show(figure.Of(result)))]);
        }

        console.Write(table);
    }

    private static Table NewTable(IAnsiConsole console) =>
        new Table().Border(console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii);

    private static void WriteVerdict(IAnsiConsole console, RunResult result)
    {
        if (!result.Audit.IsClean)
        {
            console.MarkupLineInterpolated($"[red]AUDIT FAILED[/] {result.Name}: {result.Audit.DescribeFaults()}");
        }
        else if (result.Audit.Delivered > 0)
        {
            console.MarkupLineInterpolated(
                $"[green]audit[/] {result.Name}: {result.Audit.Delivered:N0} deliveries, each line once, whole and in order");
        }

        foreach (var failure in result.Failures)
        {
            console.MarkupLineInterpolated($"[red]FAILED[/] {result.Name}: {failure}");
        }
    }
}
