using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Reports;

/// <summary>A comparison as tables for a terminal, one for each scenario, and what it means.</summary>
internal static class ComparisonTable
{
    /// <summary>Behind a figure whose row was better than all others in every round.</summary>
    private const string Won = "*";

    /// <summary>Columns that hold the widest table.</summary>
    private const int WideEnough = 125;

    public static void Write(IAnsiConsole console, Report report)
    {
        WriteDoubts(console, report);
        foreach (var scenario in ComparedScenario.All)
        {
            foreach (var rows in report.Comparison.Where(row => row.Scenario == scenario.Name).GroupBy(static row => row.IsOnAll))
            {
                // A narrow terminal gets a table for every two figures: half a number says nothing.
                foreach (var figures in scenario.Figures.Chunk(console.Profile.Width < WideEnough ? 2 : scenario.Figures.Count))
                {
                    WriteTable(console, scenario, figures, [.. rows]);
                }
            }
        }

        console.WriteLine($"Medians of the rounds; {Won} better in each round than any other in any round, and by 5% or more.");
        foreach (var finding in report.Findings)
        {
            console.MarkupLineInterpolated($"- {finding}");
        }

        WriteFaults(console, report);
        if (report.IsClean)
        {
            var delivered = report.Results.Sum(static result => result.Audit.Delivered);
            console.MarkupLineInterpolated($"[green]audit[/] {delivered:N0} deliveries, each line once, whole and in order");
        }
    }

    /// <summary>The runs in which the audit found something, a line each.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="report">The report with the runs.</param>
    /// <param name="of">Which report it is, where there are two.</param>
    public static void WriteFaults(IAnsiConsole console, Report report, string of = "")
    {
        foreach (var result in report.Results.Where(static result => !result.IsClean))
        {
            console.MarkupLineInterpolated(
                $"[red]AUDIT FAILED[/] {of}{result.Scenario}, {result.Io}, {result.Clients} clients: {result.Faults}");
        }
    }

    /// <summary>What makes the figures doubtful comes before them.</summary>
    public static void WriteDoubts(IAnsiConsole console, Report report)
    {
        foreach (var line in report.Facts())
        {
            console.MarkupLineInterpolated($"[grey]{line}[/]");
        }

        foreach (var doubt in report.Doubts)
        {
            console.MarkupLineInterpolated($"[yellow]DOUBTFUL[/] {doubt}");
        }
    }

    private static void WriteTable(IAnsiConsole console, ComparedScenario scenario, IReadOnlyList<string> figures,
        IReadOnlyList<ComparisonRow> rows)
    {
        var table = new Table().Border(console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii);
        table.Title = new TableTitle(Markup.Escape(
            $"{scenario.Name}: {scenario.Title}{(rows[0].IsOnAll ? $", server on {rows[0].Processors} processors" : "")}"));
        table.AddColumn(new TableColumn("clients") { NoWrap = true, Alignment = Justify.Right });
        table.AddColumn(new TableColumn("io") { NoWrap = true });
        foreach (var figure in figures.Select(Figure.Get))
        {
            AddColumn(figure.Unit.Length > 0 ? $"{figure.Name}, {figure.Unit}" : figure.Name);
            if (figure.Name == scenario.Figures[0])
            {
                AddColumn("least");
                AddColumn("most");
            }
        }

        foreach (var group in rows.GroupBy(static row => row.Clients))
        {
            var same = group.ToList();
            foreach (var row in same)
            {
                table.AddRow([group.Key == 0 ? "-" : $"{group.Key:N0}", Markup.Escape(row.Io), .. figures.SelectMany(
                    name => Cells(row, same, Figure.Get(name), isFirst: name == scenario.Figures[0])).Select(Markup.Escape)]);
            }
        }

        void AddColumn(string head) => table.AddColumn(new TableColumn(Markup.Escape(head)) { NoWrap = true, Alignment = Justify.Right });

        console.Write(table);
    }

    private static IEnumerable<string> Cells(ComparisonRow row, IReadOnlyList<ComparisonRow> same, Figure figure, bool isFirst)
    {
        var spread = row.Of(figure.Name);
        yield return $"{Figure.Show(spread?.Median)}{(spread is not null && Judgement.Winner(same, figure) == row ? Won : "")}";
        if (isFirst)
        {
            yield return Figure.Show(spread?.Least);
            yield return Figure.Show(spread?.Most);
        }
    }
}
