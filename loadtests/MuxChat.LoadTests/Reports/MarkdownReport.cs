using System.Globalization;
using System.Text;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>A report as GitHub-flavoured Markdown, for a pull request or the summary of a pipeline.</summary>
internal static class MarkdownReport
{
    public static string Write(Report report)
    {
        var text = new StringBuilder();
        Line(text, $"## MuxChat under load: {(report.IsClean ? "passed" : "FAILED")}");
        Line(text, "");
        foreach (var doubt in report.Doubts)
        {
            Line(text, $"> **Doubtful:** {Escape(doubt)}");
            Line(text, "");
        }

        if (report.Comparison.Count > 0)
        {
            WriteComparison(text, report);
        }
        else
        {
            WriteResults(text, report.Results);
        }

        WriteAudit(text, report);
        Line(text, "");
        Line(text, "<details><summary>How it was measured</summary>");
        Line(text, "");
        Line(text, $"`{report.Command.Replace('`', '\'')}`, {report.Time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        Line(text, "");
        foreach (var fact in report.Facts())
        {
            Line(text, $"- {Escape(fact)}");
        }

        Line(text, "");
        Line(text, "</details>");
        return text.ToString();
    }

    /// <summary>The tables of a comparison, each under a heading.</summary>
    public static void WriteTables(StringBuilder text, Report report)
    {
        foreach (var scenario in ComparedScenario.All)
        {
            foreach (var rows in report.Comparison.Where(row => row.Scenario == scenario.Name).GroupBy(static row => row.IsOnAll))
            {
                Line(text, "");
                Line(text, $"### {scenario.Name}: {scenario.Title}{(rows.Key ? ", all processors" : "")}");
                Line(text, "");
                Row(text, ["clients", "io", .. scenario.Figures.Select(static name => Figure.Get(name).Head)]);
                Row(text, ["--:", "---", .. scenario.Figures.Select(static _ => "--:")]);
                foreach (var same in rows.GroupBy(static row => row.Clients).Select(static group => group.ToList()))
                {
                    same.ForEach(row => Row(text, [row.Clients == 0 ? "-" : $"{row.Clients:N0}", row.Io,
                        .. scenario.Figures.Select(name => Cell(row, same, Figure.Get(name)))]));
                }
            }
        }
    }

    private static void WriteComparison(StringBuilder text, Report report)
    {
        foreach (var finding in report.Findings)
        {
            Line(text, $"- {Escape(finding)}");
        }

        WriteTables(text, report);
    }

    private static string Cell(ComparisonRow row, IReadOnlyList<ComparisonRow> same, Figure figure)
    {
        var shown = Figure.Show(row.Of(figure.Name)?.Median);
        return Judgement.Winner(same, figure) == row ? $"**{shown}**" : shown;
    }

    private static void WriteResults(StringBuilder text, IReadOnlyList<RunResult> results)
    {
        Row(text, ["", .. results.Select(static result => result.Name)]);
        Row(text, ["---", .. results.Select(static _ => "--:")]);
        Row(text, ["io", .. results.Select(static result => result.Io)]);
        Row(text, ["clients", .. results.Select(static result => $"{result.Clients:N0}")]);
        foreach (var figure in Figure.Measured.Where(figure => results.Any(result => figure.Of(result) is not null)))
        {
            Row(text, [figure.Head, .. results.Select(result => Figure.Show(figure.Of(result)))]);
        }
    }

    private static void WriteAudit(StringBuilder text, Report report)
    {
        Line(text, "");
        foreach (var result in report.Results.Where(static result => !result.IsClean))
        {
            Line(text, $"- **FAILED** {Escape(result.Name)}: {Escape(result.Faults)}");
        }

        foreach (var crossed in report.Crossed)
        {
            Line(text, $"- **FAILED** {Escape(crossed)}");
        }

        if (report.Results.All(static result => result.IsClean))
        {
            var delivered = report.Results.Sum(static result => result.Audit.Delivered);
            Line(text, $"{(report.Crossed.Count > 0 ? "\n" : "")}Audit: {delivered:N0} deliveries, each line once, whole and in order.");
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => Line(text, $"| {string.Join(" | ", cells.Select(Escape))} |");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    // A row ends where the line does, and a cell at a bar. Angle brackets would be HTML.
    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
