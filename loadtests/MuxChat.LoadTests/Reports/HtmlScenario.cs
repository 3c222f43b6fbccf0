using System.Globalization;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports.Charts;

namespace MuxChat.LoadTests.Reports;

/// <summary>The page's part about one scenario: its result in large numbers, its charts, and a table of every figure.</summary>
internal sealed class HtmlScenario(Report report)
{
    /// <summary>Figures in large numbers, in this order; those that a run does not know are left out.</summary>
    private static readonly string[] Large =
    [
        "capacity", "capacity-deliveries", "logins/s", "idle-bytes", "against-alone", "p99-slow", "throughput-slow", "cut",
        "deliveries/s", "p50", "p99", "deliveries/cpu-s", "memory-load",
    ];

    private const int MostLarge = 6;

    private bool IsSearch => report.Results[^1].More.ContainsKey("capacity");

    public HtmlText Write()
    {
        var last = report.Results[^1];
        var shown = Shown().ToList();
        var series = shown.Select((run, i) => new Series(run.Name, i % SeriesStyles.Count, [run])).ToList();
        var large = Large.Where(name => !IsSearch || name.StartsWith("capacity", StringComparison.Ordinal) || name == "memory-load")
            .Select(Figure.Get).Where(figure => figure.Of(last) is not null).Take(MostLarge);
        var page = HtmlText.Of($"<h2 id=\"summary\">The result</h2>\n")
            .AddEach(IsSearch ? [Found(last)] : report.Results.Select(Sentence), static one =>
                HtmlText.Of($"<p class=\"lead\">{one}</p>\n"))
            .Add($"<div class=\"tiles\">\n").AddEach(large, figure =>
                HtmlText.Of($"<div><b>{Figure.Show(figure.Of(last))}</b>{figure.Head}</div>\n"))
            .Add($"</div>\n<h2 id=\"charts\">Charts</h2>\n<div class=\"charts\">\n");
        if (IsSearch)
        {
            page.Add(ResultCharts.OverRate(report.Results, report.Settings.P99Ms));
        }

        page.Add(ResultCharts.Percentiles("Latency at each percentile", series))
            .Add(ResultCharts.Throughput("Throughput over time", series))
            .AddEach(shown, static run => ResultCharts.LatencyOf(run, $"Latency over time: {run.Name}"))
            .Add(ResultCharts.Memory("Memory over time", series))
            .Add($"</div>\n<h2 id=\"figures\">Figures</h2>\n");
        if (IsSearch)
        {
            page.Add(HtmlTable.Steps("Every step of the search", report.Results, report.Settings.P99Ms));
        }

        return page.Add(HtmlTable.Runs("Every figure", IsSearch ? [last] : report.Results));
    }

    /// <summary>Links to the parts.</summary>
    public static HtmlText Links() =>
        HtmlText.Of($"<a href=\"#summary\">The result</a> <a href=\"#charts\">Charts</a> <a href=\"#figures\">Figures</a>");

    // Of a search: the full window, the highest rate that passed, and the lowest one that did not.
    private IEnumerable<RunResult> Shown()
    {
        if (!IsSearch)
        {
            return report.Results;
        }

        var capacity = report.Results[^1].More["capacity"];
        var limitUs = report.Settings.P99Ms * 1000;
        return report.Results.Where(static run => run.Rate <= 0).Take(1)
            .Concat(report.Results.Where(run => run.Rate > 0 && run.Rate == capacity && run.Latency.P99 <= limitUs).TakeLast(1))
            .Concat(report.Results.Where(run => run.Rate > capacity).OrderBy(static run => run.Rate).Take(1));
    }

    private string Found(RunResult last)
    {
        var capacity = last.More["capacity"];
        return string.Create(CultureInfo.InvariantCulture, $"With {last.Clients:N0} clients under {last.Io}, ")
            + (capacity > 0 ? $"{Figure.Show(capacity)} lines a second is the highest rate whose p99 stays below "
                : "no rate has a p99 below ") + $"{Figure.Show(report.Settings.P99Ms)} ms.";
    }

    private static string Sentence(RunResult run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Name} ({run.Clients:N0} clients, {run.Io}): ")
            + $"{Figure.Show(run.DeliveredPerSecond)} deliveries a second. "
            + $"Half of them came within {Numbers.Milliseconds(run.Latency.P50)} ms, "
            + $"and 99% within {Numbers.Milliseconds(run.Latency.P99)} ms.";
}
