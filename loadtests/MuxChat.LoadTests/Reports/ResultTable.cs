using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Reports;

/// <summary>Results as a table for a terminal.</summary>
internal static class ResultTable
{
    /// <summary>Columns side by side; further results go into a table below.</summary>
    private const int ResultsAbreast = 4;

    public static void Write(IAnsiConsole console, Report report)
    {
        ComparisonTable.WriteDoubts(console, report);
        foreach (var some in report.Results.Chunk(ResultsAbreast))
        {
            var table = new Table().Border(console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii);
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

        foreach (var result in report.Results)
        {
            WriteVerdict(console, result);
        }
    }

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
