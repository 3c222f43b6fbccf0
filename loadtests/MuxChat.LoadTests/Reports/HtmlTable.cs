using System.Globalization;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports.Charts;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// Tables of the page. A row is a figure and a column is a model or a run. So a row has all that is compared; a phone shows four models.
/// </summary>
internal static class HtmlTable
{
    /// <summary>Before a figure that was better in each round than any other model's in any round.</summary>
    public const string Won = "★";

    /// <summary>Runs side by side; further ones go into a table below.</summary>
    private const int RunsAbreast = 4;

    /// <summary>Medians with the least and the most, and a mark at the winner of each figure.</summary>
    public static HtmlText Compared(
        string caption, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<Figure> figures, SeriesStyles styles) =>
        Write(caption, rows, figures, styles, static (row, same, figure) =>
            row.Of(figure.Name) is not { } spread ? HtmlText.Of($"<td>-</td>")
            : Judgement.Winner(same, figure) == row
                ? HtmlText.Of($"<td class=\"won\"><b><span title=\"best\">{Won}</span> {Figure.Show(spread.Median)}</b>")
                    .Add($"{Range(spread)}</td>")
                : HtmlText.Of($"<td>{Figure.Show(spread.Median)}{Range(spread)}</td>"));

    /// <summary>The value of each round.</summary>
    public static HtmlText Rounds(
        string caption, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<Figure> figures, SeriesStyles styles) =>
        Write(caption, rows, figures, styles, static (row, _, figure) => row.Values.TryGetValue(figure.Name, out var values)
            ? HtmlText.Of($"<td>{string.Join(" · ", values.Select(static one => Figure.Show(one)))}</td>")
            : HtmlText.Of($"<td>-</td>"));

    /// <summary>Every figure of each run.</summary>
    public static HtmlText Runs(string caption, IReadOnlyList<RunResult> runs) => HtmlText.Each(runs.Chunk(RunsAbreast), some =>
        Box(caption, HtmlText.Of($"<thead><tr><th scope=\"col\">figure</th>")
            .AddEach(some, static run => HtmlText.Of($"<th scope=\"col\">{run.Name}</th>")).Add($"</tr></thead>\n<tbody>\n")
            .Add(Row("io", some, static run => run.Io)).Add(Row("transport", some, static run => run.Transport))
            .Add(Row("clients", some, static run => run.Clients.ToString("N0", CultureInfo.InvariantCulture)))
            .AddEach(Figure.All.Where(figure => some.Any(run => figure.Of(run) is not null)),
                figure => Row($"{figure.Head}", some, run => Figure.Show(figure.Of(run)), Arrow(figure)))
            .Add($"</tbody>\n")));

    /// <summary>The rates that a search for the capacity has tried. The one that it found is the last.</summary>
    public static HtmlText Steps(string caption, IReadOnlyList<RunResult> steps, double limitMs) => Box(caption,
        HtmlText.Of($"<thead><tr>")
            .AddEach((string[])["step", "deliveries a second", "p50, ms", "p99, ms", "p99.9, ms", "verdict"],
                static head => HtmlText.Of($"<th scope=\"col\">{head}</th>"))
            .Add($"</tr></thead>\n<tbody>\n")
            .AddEach(steps, step => HtmlText.Of($"<tr><th scope=\"row\">{step.Name}</th><td>{Figure.Show(step.DeliveredPerSecond)}</td>")
                .AddEach((long[])[step.Latency.P50, step.Latency.P99, step.Latency.P999],
                    static us => HtmlText.Of($"<td>{Numbers.Milliseconds(us)}</td>"))
                .Add($"<td>{(step.Rate <= 0 ? "-" : step.Latency.P99 <= limitMs * 1000 ? "passed" : "too slow")}</td></tr>\n"))
            .Add($"</tbody>\n"));

    /// <summary>A table in its own box. If the table is too wide, the box scrolls, and has a shadow at the side that is hidden.</summary>
    public static HtmlText Box(string caption, HtmlText rows) => HtmlText
        .Of($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">")
        .Add($"<table><caption><span>{caption}</span></caption>\n").Add(rows).Add($"</table></div>\n");

    private static HtmlText Write(string caption, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<Figure> figures, SeriesStyles styles,
        Func<ComparisonRow, IReadOnlyList<ComparisonRow>, Figure, HtmlText> cell)
    {
        var models = rows.Select(static row => row.Io).Distinct().ToList();
        var table = HtmlText.Of($"<thead><tr><th scope=\"col\">figure</th>")
            .AddEach(models, io => HtmlText.Of($"<th scope=\"col\">{SeriesStyles.Swatch(styles[io])}{io}</th>")).Add($"</tr></thead>\n");
        foreach (var group in rows.GroupBy(static row => row.Clients))
        {
            var same = group.ToList();
            table.Add($"<tbody>\n");
            if (group.Key > 0)
            {
                table.Add($"<tr><th class=\"size\" scope=\"rowgroup\" colspan=\"{models.Count + 1}\">{group.Key:N0} clients</th></tr>\n");
            }

            foreach (var figure in figures.Where(figure => same.Exists(row => row.Of(figure.Name) is not null)))
            {
                table.Add($"<tr><th scope=\"row\">{figure.Head}{Arrow(figure)}</th>").AddEach(models, io =>
                    same.Find(row => row.Io == io) is { } row ? cell(row, same, figure) : HtmlText.Of($"<td>-</td>")).Add($"</tr>\n");
            }

            table.Add($"</tbody>\n");
        }

        return Box(caption, table);
    }

    private static HtmlText Row(string head, IEnumerable<RunResult> runs, Func<RunResult, string> show, HtmlText? arrow = null) =>
        HtmlText.Of($"<tr><th scope=\"row\">{head}{arrow ?? HtmlText.Empty}</th>")
            .AddEach(runs, run => HtmlText.Of($"<td>{show(run)}</td>")).Add($"</tr>\n");

    private static HtmlText Arrow(Figure figure) =>
        HtmlText.Of($"&#160;<span class=\"dir\" title=\"{ResultCharts.Hint(figure)}\">{(figure.IsMoreBetter ? "↑" : "↓")}</span>");

    private static HtmlText Range(Spread spread) => spread.Most > spread.Least
        ? HtmlText.Of($"<small>{Figure.Show(spread.Least)}–{Figure.Show(spread.Most)}</small>")
        : HtmlText.Empty;
}
