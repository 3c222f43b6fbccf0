using System.Globalization;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>The charts of runs. Where there is nothing to show, a chart is left out.</summary>
internal static class ResultCharts
{
    public const string LowerIsBetter = "lower is better";
    public const string HigherIsBetter = "higher is better";

    private const double MicrosecondsPerMs = 1000;
    private const double KbPerMb = 1024;

    /// <summary>A curve ends where so few slower deliveries are left: further out it would show single ones.</summary>
    private const int LeastBeyond = 10;

    public static string Hint(Figure figure) => figure.IsMoreBetter ? HigherIsBetter : LowerIsBetter;

    /// <summary>Latency at each share of all deliveries, of all rounds together.</summary>
    public static HtmlText Percentiles(string title, IEnumerable<Series> series)
    {
        var known = series.Select(static one => (Series: one, Latencies: one.MergeLatencies()))
            .Where(static pair => pair.Latencies is not null).Select(static pair => (pair.Series, Latencies: pair.Latencies!)).ToList();
        var axis = Axis.Percentiles(known.Select(static pair => Beyond(pair.Latencies)).DefaultIfEmpty().Max());
        var lines = known.Select(pair => new Line(pair.Series.Name, pair.Series.Style, Curve(pair.Latencies, axis),
            $"p99 {Numbers.Milliseconds(pair.Latencies.Percentile(0.99))} ms"));
        return Write(title, LowerIsBetter, axis, values => Axis.Log("latency, ms", values), [.. lines]);
    }

    /// <summary>The points of a percentile curve: many for the line, and those with a marker at the marks of the axis.</summary>
    public static List<LinePoint> Curve(Histogram latencies, Axis axis)
    {
        const int StepsPerNine = 20;
        var end = Math.Min(axis.Max, Beyond(latencies));
        var marks = axis.Ticks.ToDictionary(static tick => tick.Value, static tick => tick.Label);
        var steps = Enumerable.Range(0, 1 + (int)(Math.Log10(end) * StepsPerNine))
            .Select(static i => Math.Pow(10, (double)i / StepsPerNine)).Where(step => step > axis.Min);
        return
        [
            .. steps.Where(step => !marks.Keys.Any(mark => Math.Abs(mark - step) < step / 1000))
                .Concat(marks.Keys.Where(mark => mark <= end)).Order().Select(x =>
                {
                    var us = Math.Max(1, latencies.Percentile(1 - (1 / x)));
                    return new LinePoint(x, us / MicrosecondsPerMs,
                        marks.TryGetValue(x, out var label) ? $"{label} not later than {Numbers.Milliseconds(us)} ms" : "");
                }),
        ];
    }

    /// <summary>What came after the measured time is left out: it belongs to a moment that is shorter than the others.</summary>
    public static HtmlText Throughput(string title, IEnumerable<Series> series) => OverTime(title, HigherIsBetter,
        series.Select(static one => one with
        {
            Runs = [one.Runs[0] with { Series = [.. one.Runs[0].Series.Where(sample => sample.Seconds <= one.Runs[0].Seconds)] }],
        }),
        static sample => sample.DeliveredPerSecond, static values => Axis.Linear("deliveries a second", values));

    public static HtmlText Latency(string title, IEnumerable<Series> series) => OverTime(title, LowerIsBetter, series,
        static sample => sample.P99Us / MicrosecondsPerMs, static values => Axis.Log("latency p99, ms", values));

    public static HtmlText Lag(string title, IEnumerable<Series> series) => OverTime(title, $"load generator; {LowerIsBetter}", series,
        static sample => sample.LagUs / MicrosecondsPerMs, static values => Axis.Fitting("latest line of the moment, ms late", values));

    public static HtmlText Memory(string title, IEnumerable<Series> series) => OverTime(title, LowerIsBetter, series,
        static sample => sample.ResidentKb / KbPerMb, static values => Axis.Linear("resident memory of the server, MB", values));

    /// <summary>The latencies of one run over time: the median, the p99, and how late the load generator was.</summary>
    public static HtmlText LatencyOf(RunResult run, string title) => Write(title, LowerIsBetter, TimeAxis(run.Series),
        static values => Axis.Log("ms", values),
        [
            new Line("p99", 6, Points(run.Series, static sample => sample.P99Us / MicrosecondsPerMs)),
            new Line("p50", 3, Points(run.Series, static sample => sample.P50Us / MicrosecondsPerMs)),
            new Line("lag of the load", 4, Points(run.Series, static sample => sample.LagUs / MicrosecondsPerMs)),
        ]);

    /// <summary>A figure of each model over the number of clients: medians, and bars from the least to the most.</summary>
    public static HtmlText OverClients(Figure figure, IReadOnlyList<ComparisonRow> rows, SeriesStyles styles)
    {
        var known = rows.Where(row => row.Clients > 0 && row.Of(figure.Name) is not null).ToList();
        var lines = known.GroupBy(static row => row.Io).Select(group => new Line(group.Key, styles[group.Key],
        [
            .. group.OrderBy(static row => row.Clients).Select(row => (row.Clients, Spread: row.Of(figure.Name)!)).Select(pair =>
                new LinePoint(pair.Clients, pair.Spread.Median, $"{Count(pair.Clients)} clients: {Figure.Show(pair.Spread.Median)}")
                {
                    Span = (pair.Spread.Least, pair.Spread.Most),
                }),
        ]));
        var sizes = known.Select(static row => row.Clients).Distinct().Order().ToList();
        return sizes.Count < 2 ? HtmlText.Empty : Write($"{Capital(figure.Head)}, over clients", Hint(figure), ClientsAxis(sizes),
            values => Axis.Fitting(figure.Head, values), [.. lines]);
    }

    /// <summary>The p99 of each rate that was tried, and the limit.</summary>
    public static HtmlText OverRate(IReadOnlyList<RunResult> steps, double limitMs)
    {
        var points = steps.Where(static step => step.Rate > 0).OrderBy(static step => step.Rate).ThenBy(static step => step.Latency.P99)
            .Select(static step => new LinePoint(step.Rate, step.Latency.P99 / MicrosecondsPerMs,
                $"{Figure.Show(step.Rate)} lines a second: p99 {Numbers.Milliseconds(step.Latency.P99)} ms")).ToList();
        var best = points.GroupBy(static point => point.X).Select(static tries => tries.First() with { Text = "" });
        var rates = Axis.Linear("lines a second", points.Select(static point => point.X));
        return Write("Latency at each rate that was tried", LowerIsBetter, rates,
            values => Axis.Log("latency p99, ms", [.. values, limitMs]),
            [
                new Line("better try of each rate", 4, [.. best]),
                new Line("too slow", 1, [.. points.Where(point => point.Y > limitMs)]) { IsOnlyMarkers = true },
                new Line("passed", 2, [.. points.Where(point => point.Y <= limitMs)]) { IsOnlyMarkers = true },
            ],
            (limitMs, $"limit {Figure.Show(limitMs)} ms"));
    }

    private static HtmlText OverTime(
        string title, string hint, IEnumerable<Series> series, Func<Sample, double> of, Func<IEnumerable<double>, Axis> axis)
    {
        var all = series.ToList();
        return Write(title, hint, TimeAxis(all.SelectMany(static one => one.Runs[0].Series)), axis,
            [.. all.Select(one => (Series: one, Points: Points(one.Runs[0].Series, of))).Select(static pair => new Line(pair.Series.Name,
                pair.Series.Style, pair.Points,
                pair.Points.Count > 0 ? $"median {Figure.Show(Spread.Of(pair.Points.Select(static point => point.Y)).Median)}" : ""))]);
    }

    // What was not measured is 0 and has no point.
    private static List<LinePoint> Points(IReadOnlyList<Sample> samples, Func<Sample, double> of)
    {
        const int MostMarkers = 12;
        var every = (samples.Count / MostMarkers) + 1;
        return
        [
            .. samples.Select((sample, i) => new LinePoint(sample.Seconds, of(sample),
                i % every == 0 ? $"{Figure.Show(sample.Seconds)} s: {Figure.Show(of(sample))}" : ""))
                .Where(static point => point.Y > 0),
        ];
    }

    private static HtmlText Write(string title, string hint, Axis x, Func<IEnumerable<double>, Axis> y, IReadOnlyList<Line> lines,
        (double Value, string Name)? limit = null)
    {
        var drawn = lines.Where(static line => line.Points.Count > 0).ToList();
        var values = drawn.SelectMany(static line => line.Points)
            .SelectMany(static point => point.Span is { } span ? [point.Y, span.Least, span.Most] : (double[])[point.Y]);
        return drawn.Count == 0 ? HtmlText.Empty
            : new LineChart { Title = title, Hint = hint, X = x, Y = y(values), Lines = drawn, Limit = limit }.Write();
    }

    private static Axis TimeAxis(IEnumerable<Sample> samples) => Axis.Linear("seconds", samples.Select(static sample => sample.Seconds));

    // Marks at the numbers that were run.
    private static Axis ClientsAxis(List<int> sizes)
    {
        var axis = Axis.Log("clients", sizes.Select(static size => (double)size));
        var ticks = sizes.Select(static size => new Tick(size, Count(size)));
        return axis with { Min = sizes[0] / 1.3, Max = sizes[^1] * 1.3, Ticks = [.. ticks] };
    }

    private static double Beyond(Histogram latencies) => Math.Max(1, (double)latencies.Count / LeastBeyond);

    private static string Count(int clients) => clients.ToString("N0", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
