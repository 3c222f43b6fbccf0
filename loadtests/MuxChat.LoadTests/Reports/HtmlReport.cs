using System.Globalization;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// A report as one page that needs nothing else: a summary, tables, and charts as inline SVG; light and dark, on a phone and in print. It
/// has no script. First comes what a manager asks, then the charts, and last how it was measured.
/// </summary>
internal static class HtmlReport
{
    public static string Write(Report report)
    {
        var (links, body) = report.Comparison.Count > 0
            ? (new HtmlComparison(report).Links(), new HtmlComparison(report).Write())
            : (HtmlScenario.Links(), new HtmlScenario(report).Write());
        return HtmlText.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>MuxChat: {report.Command}</title>
            <style>{HtmlStyle.Css}</style>
            </head>
            <body>
            <main>
            <h1>MuxChat under load</h1>
            <p class="meta"><code>{report.Command}</code><br>
            {report.Time:yyyy-MM-dd HH:mm} UTC · {report.Machine.Processor}, {report.Machine.Processors} processors</p>

            """)
            .Add(Doubts(report)).Add(Verdict(report))
            .Add($"<nav>").Add(links).Add($" <a href=\"#method\">How it was measured</a></nav>\n")
            .Add(body).Add(HtmlMethod.Write(report)).Add($"</main>\n</body>\n</html>\n").ToString();
    }

    // Those of the machine one by one. Those of single runs can be many, so their number is said first.
    private static HtmlText Doubts(Report report)
    {
        const int MostOpen = 3;
        var ofRuns = report.Doubts.Except(report.Machine.Doubts).ToList();
        var limited = report.Results.Count(static result => result.Load.Limit.Length > 0);
        return report.Doubts.Count == 0 ? HtmlText.Empty
            : HtmlText.Of($"<div class=\"doubts\" role=\"note\"><strong>⚠ Doubtful figures</strong>\n{Items(report.Machine.Doubts)}")
                .Add(ofRuns.Count <= MostOpen ? Items(ofRuns) : HtmlText
                    .Of($"<details><summary>The load generator was the limit in {limited} of {report.Results.Count} runs</summary>\n")
                    .Add(Items(ofRuns)).Add($"</details>\n"))
                .Add($"</div>\n");
    }

    private static HtmlText Items(IReadOnlyList<string> sentences) => sentences.Count == 0 ? HtmlText.Empty
        : HtmlText.Of($"<ul>\n").AddEach(sentences, static one => HtmlText.Of($"<li>{one}</li>\n")).Add($"</ul>\n");

    private static HtmlText Verdict(Report report)
    {
        var faulty = report.Results.Where(static result => !result.IsClean).ToList();
        var delivered = report.Results.Sum(static result => result.Audit.Delivered).ToString("N0", CultureInfo.InvariantCulture);
        var (colour, sign) = report.IsClean ? ("good", "✓") : ("bad", "✗");
        var page = HtmlText.Of($"<p class=\"verdict {colour}\">{sign} {Sentence(report, delivered)}</p>\n");
        return faulty.Count == 0 ? page : page.Add($"<ul class=\"bad\">\n")
            .AddEach(faulty, static result => HtmlText.Of($"<li>{result.Name}, {result.Io}, {result.Clients:N0} clients")
                .Add($"{(result.Round > 0 ? $", round {result.Round}" : "")}: {result.Faults}</li>\n"))
            .Add($"</ul>\n");
    }

    private static string Sentence(Report report, string delivered) => report.Results.All(static result => result.Audit.IsClean)
        ? $"Audit passed: {delivered} deliveries, each line once, whole and in order."
            + (report.IsClean ? "" : $" But the run FAILED: {string.Join("; ",
                report.Crossed.Concat(report.Results.SelectMany(static result => result.Failures)))}.")
        : $"Audit FAILED: of {delivered} deliveries "
            + string.Join(", ", Figure.Faults.Select(fault => string.Create(CultureInfo.InvariantCulture,
                $"{report.Results.Sum(result => fault.Of(result) ?? 0):N0} {fault.Head}"))) + ".";
}
