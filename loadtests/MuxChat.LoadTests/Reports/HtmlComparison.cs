using System.Globalization;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports.Charts;

namespace MuxChat.LoadTests.Reports;

/// <summary>The page's part about a comparison: the summary, then a section for each scenario.</summary>
internal sealed class HtmlComparison
{
    /// <summary>Figures of a scenario that get a strip chart: a row of them on a wide screen.</summary>
    private const int StripFigures = 3;

    private readonly Report _report;
    private readonly SeriesStyles _styles;
    private readonly List<Part> _parts;

    public HtmlComparison(Report report)
    {
        _report = report;
        _styles = new SeriesStyles(report.Comparison.Select(static row => row.Io));
        var groups = from scenario in ComparedScenario.All
                     from rows in report.Comparison.Where(row => row.Scenario == scenario.Name).GroupBy(static row => row.IsOnAll)
                     orderby rows.Key
                     select new Part(scenario, [.. rows]);
        _parts = [.. groups.OrderBy(static part => ComparedScenario.All.ToList().IndexOf(part.Scenario))];
    }

    public HtmlText Write() => HtmlText.Of($"<h2 id=\"summary\">The answer</h2>\n").Add(HtmlSummary.Write(_report, _styles))
        .Add(List(_report.Findings.Where(finding => !_parts.Exists(part => part.IsAbout(finding)))))
        .AddEach(_parts, WritePart);

    /// <summary>Links to the parts.</summary>
    public HtmlText Links() => HtmlText.Of($"<a href=\"#summary\">The answer</a>")
        .AddEach(_parts, static part => HtmlText.Of($" <a href=\"#{part.Id}\">{part.Short}</a>"));

    private HtmlText WritePart(Part part)
    {
        var figures = part.Scenario.Figures.Select(Figure.Get).ToList();
        var decides = figures[0];
        var page = HtmlText.Of($"<section>\n<h2 id=\"{part.Id}\">{part.Title}</h2>\n");
        page.Add($"<p class=\"note\">{part.Question} The figure that decides: {decides.Head}.</p>\n");
        page.Add(List(part.IsMany ? [] : _report.Findings.Where(part.IsAbout)));
        if (part.IsMany)
        {
            page.Add($"<div class=\"charts\">\n{OneAgainstMany(part)}</div>\n");
        }

        page.Add($"<div class=\"charts\">\n").AddEach(figures.Take(StripFigures), figure => Strips(part, figure));
        page.AddEach(figures.Where(figure => figure == decides || figure.Name is "memory" or "threads"),
            figure => ResultCharts.OverClients(figure, part.Rows, _styles));
        page.Add($"</div>\n").Add(HtmlTable.Compared(
            $"{part.Title}: medians of {Rounds(part)}, least and most{(_report.Doubts.Count > 0 ? "; doubtful, see above" : "")}",
            part.Rows, figures, _styles));
        page.AddEach(part.Sizes(), size => HtmlText.Of($"<div class=\"charts\">\n{Curves(part, size)}</div>\n"));
        page.Add($"<details><summary>Every figure, each round</summary>\n")
            .Add(HtmlTable.Rounds($"{part.Title}: the values of each round, in order", part.Rows, Figure.Measured, _styles));
        return page.Add($"</details>\n</section>\n");
    }

    private HtmlText Strips(Part part, Figure figure)
    {
        var rows = part.Rows.Where(row => row.Of(figure.Name) is not null).ToList();
        return Strips(figure.Head, figure, [.. rows.Select(row =>
            Strip(figure, row, row.Io, SizeOf(row.Clients), [.. rows.Where(other => other.Clients == row.Clients)]))]);
    }

    // For each model the server on one processor, and on all.
    private HtmlText OneAgainstMany(Part part)
    {
        var figure = Figure.Get("deliveries/s");
        return HtmlText.Each(part.Sizes(), size =>
        {
            var rows = _report.Comparison
                .Where(row => row.Scenario == part.Scenario.Name && row.Clients == size && row.Of(figure.Name) is not null)
                .OrderBy(row => _styles[row.Io]).ThenBy(static row => row.IsOnAll).ToList();
            return Strips($"{figure.Head}, {SizeOf(size)}: one processor and all", figure, [.. rows.Select(row => Strip(figure, row,
                row.IsOnAll ? $"{row.Processors} processors" : "1 processor", row.Io,
                [.. rows.Where(other => other.Io == row.Io)]))]);
        });
    }

    private static HtmlText Strips(string title, Figure figure, IReadOnlyList<Strip> strips) => strips.Count == 0 ? HtmlText.Empty
        : new StripChart
        {
            Title = Capital(title),
            Hint = ResultCharts.Hint(figure),
            Axis = Axis.Fitting(figure.Head, strips.SelectMany(static strip => strip.Values)),
            Rows = strips,
        }.Write();

    private Strip Strip(Figure figure, ComparisonRow row, string name, string group, IReadOnlyList<ComparisonRow> same) =>
        new(group, name, _styles[row.Io], row.Values[figure.Name], Judgement.Winner(same, figure) == row);

    // The percentiles of all rounds; over time, the round in the middle of each model.
    private HtmlText Curves(Part part, int size)
    {
        var decides = Figure.Get(part.Scenario.Figures[0]);
        var series = _report.Results
            .Where(run => run.Scenario == part.Scenario.Name && run.Clients == size && run.IsOnAll == part.IsMany)
            .GroupBy(static run => run.Io).Select(runs => new Series(runs.Key, _styles[runs.Key], [.. runs])).ToList();
        var middle = series.Select(one => one.InTheMiddle(decides)).ToList();
        var where = SizeOf(size);
        return ResultCharts.Percentiles($"Latency, {where}", series)
            .Add(ResultCharts.Throughput($"Throughput over time, {where}", middle))
            .Add(ResultCharts.Latency($"Latency over time, {where}", middle))
            .Add(ResultCharts.Lag($"Lag of the load, {where}", middle.Where(static one => one.Runs[0].Rate > 0)));
    }

    private static HtmlText List(IEnumerable<string> sentences)
    {
        var all = sentences.ToList();
        return all.Count == 0 ? HtmlText.Empty
            : HtmlText.Of($"<ul>\n").AddEach(all, static one => HtmlText.Of($"<li>{Capital(one)}</li>\n")).Add($"</ul>\n");
    }

    private static string Rounds(Part part)
    {
        var rounds = part.Rows.SelectMany(static row => row.Values.Values).Max(static values => values.Count);
        return rounds == 1 ? "one round" : $"{rounds} rounds";
    }

    private static string SizeOf(int clients) =>
        clients == 0 ? "all models" : $"{clients.ToString("N0", CultureInfo.InvariantCulture)} clients";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A scenario with the server on one processor, or on several.</summary>
    private sealed record Part(ComparedScenario Scenario, IReadOnlyList<ComparisonRow> Rows)
    {
        public bool IsMany => Rows[0].IsOnAll;

        public string Id => $"{Scenario.Name}{(IsMany ? "-all" : "")}";

        public string Short => $"{Scenario.Name}{(IsMany ? ", all processors" : "")}";

        public string Title => $"{Scenario.Heading}{(IsMany ? $", server on {Rows[0].Processors} processors" : "")}";

        public string Question => IsMany ? "Does the server do more with all processors?" : HtmlSummary.Question(Scenario);

        public IEnumerable<int> Sizes() => Rows.Select(static row => row.Clients).Distinct();

        public bool IsAbout(string finding) => finding.StartsWith(Scenario.Title, StringComparison.OrdinalIgnoreCase);
    }
}
