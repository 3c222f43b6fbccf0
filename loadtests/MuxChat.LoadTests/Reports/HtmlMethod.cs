using System.Globalization;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>The page's last part, for a reader who doubts: the machine, the settings, and how each figure came about.</summary>
internal static class HtmlMethod
{
    public static HtmlText Write(Report report)
    {
        var rounds = report.Results.Select(static run => run.Round).DefaultIfEmpty().Max();
        return HtmlText.Of($"<h2 id=\"method\">How it was measured</h2>\n<dl>\n")
            .Add($"<dt>command</dt><dd><code>{report.Command}</code></dd>\n")
            .Add($"<dt>time</dt><dd>{report.Time:yyyy-MM-dd HH:mm} UTC</dd>\n<dt>machine</dt>")
            .AddEach(report.Machine.Lines(), static line => HtmlText.Of($"<dd>{line}</dd>\n"))
            .AddEach(Terms(report, rounds), static term => HtmlText.Of($"<dt>{term.Name}</dt><dd>{term.Text}</dd>\n"))
            .Add($"</dl>\n");
    }

    private static IEnumerable<(string Name, string Text)> Terms(Report report, int rounds)
    {
        var settings = report.Settings;
        yield return ("each run", $"{Figure.Show(settings.WarmSeconds)} s of warm-up, then {Figure.Show(settings.Seconds)} s measured, "
            + $"{settings.Transport}, lines of {settings.PayloadBytes} bytes, at most {settings.Senders} senders, "
            + $"{settings.Window} lines in flight if no rate is set{(rounds > 0 ? "; some scenarios of a comparison change these" : "")}.");
        if (rounds > 0)
        {
            yield return ("rounds", $"{rounds}. In each round the models run in turn, each on a fresh server. "
                + "Each round begins with another model.");
        }

        var busiest = report.Results.MaxBy(static run => run.Load.BusyShare)!;
        var latest = report.Results.MaxBy(static run => run.Load.LagP99Us)!;
        yield return ("load generator", $"One thread. It was busy for {Numbers.Percent(busiest.Load.BusyShare)} of the time or less "
            + $"({Named(busiest)}). At a rate, it said 99% of the lines {Numbers.Milliseconds(latest.Load.LagP99Us)} ms late or less "
            + $"({Named(latest)}).");
        yield return ("latency", "From the moment a line was due, not from when it was sent, to the moment a receiver had it. "
            + "So a server that makes the load wait cannot hide the wait. Each delivery is recorded, to within 0.1%.");
        yield return ("winner", "Better in each round than any other in any round, with three rounds or more, and by 5% or more. Otherwise the "
            + "page claims nothing. As good as the best: a median within 10% of it.");
        yield return ("charts", "Percentile curves: all deliveries of all rounds; a curve ends before the last ten. "
            + "Over time: for each model, the round in the middle; the last moment of a latency may be after the measured time. "
            + "Strips: one marker for each round, a box from the least to the most, and a line at the median. "
            + "k is thousand, M is million.");
    }

    private static string Named(RunResult run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Name}, {run.Io}, {run.Clients:N0} clients");
}
