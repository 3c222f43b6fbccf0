using System.Globalization;
using System.Net;
using System.Text;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// A report as one page that needs nothing else: tables, and charts as inline SVG; light and dark, on a phone and in print.
/// </summary>
internal static class HtmlReport
{
    public static string Write(Report report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>MuxChat: {Text(report.Command)}</title>
            <style>{HtmlStyle.Css}</style>
            </head>
            <body>
            <main>
            <h1>MuxChat under load</h1>
            <p class="meta"><code>{Text(report.Command)}</code><br>{report.Time:yyyy-MM-dd HH:mm} UTC · {Text(string.Join(" · ", report.Machine.Lines()))}</p>
            <p class="verdict {(report.IsClean ? "good" : "bad")}">{Verdict(report)}</p>

            """);
        if (report.Comparison.Count > 0)
        {
            WriteComparison(page, report);
        }
        else
        {
            WriteScenario(page, report);
        }

        page.Append("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void WriteScenario(StringBuilder page, Report report)
    {
        page.Append("<h2>Latency</h2>\n<p>Milliseconds from the moment a line was due until a recipient had it.</p>\n");
        page.Append(BarChart.Write("ms", [.. report.Results.SelectMany(Percentiles)]));
        page.Append("<h2>Throughput</h2>\n");
        page.Append(BarChart.Write("deliveries a second",
            [.. report.Results.Select(result => new Bar(result.Name, "", result.DeliveredPerSecond, 0, 0))]));
        page.Append("<h2>Figures</h2>\n");
        WriteResults(page, report.Results);
    }

    private static void WriteComparison(StringBuilder page, Report report)
    {
        page.Append("<h2>What it means</h2>\n<ul>\n");
        report.Findings.ToList().ForEach(finding => page.Append(CultureInfo.InvariantCulture, $"<li>{Text(finding)}</li>\n"));
        page.Append("</ul>\n<h2>Figures</h2>\n<div class=\"scroll\"><table>\n");
        foreach (var row in report.Comparison)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{row.Clients:N0}</td><td>{Text(row.Io)}</td></tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static void WriteResults(StringBuilder page, IReadOnlyList<RunResult> results)
    {
        page.Append("<div class=\"scroll\"><table>\n<tr><th></th><th>io</th><th>clients</th><th>login s</th><th>deliveries / "
            + "s</th><th>deliveries / cpu s</th><th>p50 ms</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th><th>user "
            + "s</th><th>system s</th><th>MB rest</th><th>MB load</th><th>threads</th><th>switches</th><th>bytes "
            + "allocated</th><th>collections</th><th>longest tick ms</th></tr>\n");
        foreach (var result in results)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{Text(result.Name)}</td><td>{Text(result.Io)}</td><td>{result.Clients:N0}</td><td>{result.LoginSeconds:0.00}"
                    + $"</td><td>{result.DeliveredPerSecond:N0}</td><td>{result.DeliveredPerCpuSecond:N0}</td><td>"
                    + $"{result.Latency.P50 / 1000.0:0.00}</td><td>{result.Latency.P90 / 1000.0:0.00}</td><td>"
                    + $"{result.Latency.P99 / 1000.0:0.00}</td><td>{result.Latency.P999 / 1000.0:0.00}</td><td>"
                    + $"{result.Latency.Max / 1000.0:0.00}</td><td>{result.UserSeconds:0.00}</td><td>{result.SystemSeconds:0.00}</td>"
                    + $"<td>{result.ResidentRestKb / 1024}</td><td>{result.ResidentLoadKb / 1024}</td><td>{result.Threads}</td><td>"
                    + $"{result.ContextSwitches:N0}</td><td>{result.AllocatedBytes:N0}</td><td>{result.Collections}</td><td>"
                    + $"{result.LongestTickUs / 1000.0:0.00}</td></tr>\n");
        }

        page.Append("</table></div>\n<ul>\n");
        foreach (var result in results)
        {
            foreach (var (name, value) in result.More)
            {
                page.Append(CultureInfo.InvariantCulture, $"<li>{Text(result.Name)}: {Text(name)} <b>{value:#,0.###}</b></li>\n");
            }

            result.Failures.ForEach(
                failure => page.Append(CultureInfo.InvariantCulture, $"<li class=\"bad\">{Text(result.Name)}: {Text(failure)}</li>\n"));
        }

        page.Append("</ul>\n");
    }

    private static IEnumerable<Bar> Percentiles(RunResult result) =>
    [
        new(result.Name, "p50", result.Latency.P50 / 1000.0, 0, 0),
        new(result.Name, "p90", result.Latency.P90 / 1000.0, 0, 0),
        new(result.Name, "p99", result.Latency.P99 / 1000.0, 0, 0),
        new(result.Name, "p99.9", result.Latency.P999 / 1000.0, 0, 0),
    ];

    private static string Verdict(Report report)
    {
        var delivered = report.Results.Sum(result => result.Audit.Delivered).ToString("N0", CultureInfo.InvariantCulture);
        return report.Results.All(result => result.Audit.IsClean)
            ? $"Audit passed: {delivered} deliveries, each line once, whole and in order."
                + (report.IsClean ? "" : " But the run FAILED: the reasons are below the figures.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Audit FAILED: of {delivered} deliveries {report.Results.Sum(result => result.Audit.Lost):N0} lost, "
                    + $"{report.Results.Sum(result => result.Audit.Duplicated):N0} duplicated, "
                    + $"{report.Results.Sum(result => result.Audit.Reordered):N0} reordered, "
                    + $"{report.Results.Sum(result => result.Audit.Corrupted):N0} corrupted, "
                    + $"{report.Results.Sum(result => result.Audit.Refused):N0} refused.");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
