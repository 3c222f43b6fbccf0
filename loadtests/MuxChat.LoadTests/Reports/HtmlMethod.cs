using System.Globalization;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>The page's last part, for a reader who doubts: the machine, the settings, and how each figure came about.</summary>
internal static class HtmlMethod
{
    public static HtmlText Write(Report report)
    {
        var settings = report.Settings;
        var rounds = report.Results.Select(static run => run.Round).DefaultIfEmpty().Max();
        var page = HtmlText.Of($"<h2 id=\"method\">How it was measured</h2>\n<dl>\n<dt>command</dt><dd><code>{report.Command}</code></dd>\n")
            .Add($"<dt>time</dt><dd>{report.Time:yyyy-MM-dd HH:mm} UTC</dd>\n<dt>machine</dt>")
            .AddEach(report.Machine.Lines(), static line => HtmlText.Of($"<dd>{line}</dd>\n"));
        page.Add($"<dt>each run</dt><dd>{Figure.Show(settings.WarmSeconds)} s of warm-up, then {Figure.Show(settings.Seconds)} s measured, ")
            .Add($"{settings.Transport}, lines of {settings.PayloadBytes} bytes, at most {settings.Senders} senders, ")
            .Add($"{settings.Window} lines in flight where no rate is set{(rounds > 0 ? "; some scenarios of a comparison change these" : "")}</dd>\n");
        if (rounds > 0)
        {
            page.Add($"<dt>rounds</dt><dd>{rounds}; in each round the models run in turn, each on a fresh server, and each round begins with another model</dd>\n");
        }

        var busiest = report.Results.MaxBy(static run => run.Load.BusyShare)!;
        var latest = report.Results.MaxBy(static run => run.Load.LagP99Us)!;
        return page.Add($"<dt>load generator</dt><dd>one thread. At most it was busy {Numbers.Percent(busiest.Load.BusyShare)} of the time ({Where(busiest)}). ")
            .Add($"At a rate, 99% of its lines were at most {Numbers.Milliseconds(latest.Load.LagP99Us)} ms late ({Where(latest)}).</dd>\n")
            .Add($"<dt>latency</dt><dd>from the moment a line was due, not from when it was sent, to the moment a receiver had it. So a server ")
            .Add($"that makes the load wait cannot hide the wait. Each delivery is recorded, to within 0.1%.</dd>\n")
            .Add($"<dt>winner</dt><dd>better in each round than any other in any round, with three rounds or more. Where rounds overlap, nothing ")
            .Add($"is claimed. As good as the best: a median within 10%, or rounds that overlap.</dd>\n")
            .Add($"<dt>charts</dt><dd>percentile curves: all deliveries of all rounds; a curve ends where fewer than ten slower ones are left. ")
            .Add($"Over time: for each model, the round in the middle; the last moment of a latency may be what came after the measured time. Strips: one marker for each round, a box from the least to the most, ")
            .Add($"and a line at the median. k is thousand, M million.</dd>\n</dl>\n");
    }

    private static string Where(RunResult run) => string.Create(CultureInfo.InvariantCulture, $"{run.Name}, {run.Io}, {run.Clients:N0} clients");
}
