using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.LoadTests.Reports.Charts;

namespace MuxChat.UnitTests.LoadTests.Reports.Charts;

public partial class ChartTests
{
    [Fact]
    public void Percentile_curve_has_the_latency_of_each_share_and_ends_where_ten_slower_ones_are_left()
    {
        var latencies = new Histogram();
        Enumerable.Range(1, 10_000).ToList().ForEach(value => latencies.Record(value * 1_000));
        var curve = ResultCharts.Curve(latencies, Axis.Percentiles(10_000));

        var marked = curve.Where(static point => point.Text.Length > 0).ToList();
        Assert.Equal([2, 10, 100, 1_000], marked.Select(static point => point.X));
        Assert.All(marked, static point => Assert.InRange(point.Y / (10_000 * (1 - (1 / point.X))), 0.999, 1.002));
        Assert.Equal("99% not later than 9,900 ms", marked[2].Text);
        Assert.Equal(1_000, curve[^1].X);
        Assert.Equal(curve.Select(static point => point.Y).Order(), curve.Select(static point => point.Y));
        Assert.True(curve.Count > 40, $"{curve.Count} points");
    }

    [Fact]
    public void Curve_of_several_rounds_is_of_all_their_latencies()
    {
        var series = new Series("epoll", 0, [MadeUpReports.Measured("a", 1), MadeUpReports.Measured("a", 10), MadeUpReports.Result()]);
        var merged = series.MergeLatencies();
        Assert.Equal(2_000, merged!.Count);
        Assert.Equal(10_000, merged.Max, 10.0);
        Assert.Null(new Series("epoll", 0, [MadeUpReports.Result()]).MergeLatencies());
    }

    [Fact]
    public void Round_in_the_middle_is_the_one_with_the_median()
    {
        var rounds = ((int[])[30, 10, 20]).Select(static delivered => MadeUpReports.Result($"{delivered}") with { Delivered = delivered });
        var middle = new Series("epoll", 0, [.. rounds]).InTheMiddle(Figure.Get("deliveries/s"));
        Assert.Equal("20", Assert.Single(middle.Runs).Name);
    }

    [Fact]
    public void Every_point_of_every_chart_lies_inside_its_picture()
    {
        Report[] reports = [MadeUpReports.WholeComparison(), MadeUpReports.Search(), MadeUpReports.Comparison(MadeUpReports.Result())];
        foreach (var report in reports)
        {
            var charts = Chart().Matches(HtmlReport.Write(report));
            Assert.NotEmpty(charts);
            foreach (Match chart in charts)
            {
                var (width, height) = (Number(chart.Groups["w"]), Number(chart.Groups["h"]));
                Assert.All(Place().Matches(chart.Value).Cast<Match>(), place =>
                {
                    var isAcross = place.Groups["a"].Value is "H" or "x";
                    Assert.InRange(Number(place.Groups["x"]), 0, isAcross || place.Groups["y"].Success ? width : height);
                    Assert.InRange(place.Groups["y"].Success ? Number(place.Groups["y"]) : 0, 0, height);
                });
            }
        }
    }

    [Fact]
    public void Every_chart_says_in_words_what_it_shows()
    {
        var html = HtmlReport.Write(MadeUpReports.WholeComparison());
        var charts = Chart().Matches(html);
        Assert.Equal(html.Split("<figure").Length - 1, charts.Count);
        Assert.All(charts.Cast<Match>(), static chart =>
        {
            Assert.Contains("select", chart.Groups["said"].Value, StringComparison.Ordinal);
            Assert.Contains("is better", chart.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Comparison_has_every_kind_of_chart()
    {
        var text = new HtmlPage(HtmlReport.Write(MadeUpReports.WholeComparison())).Text;
        string[] titles =
        [
            "Latency, 10 clients", "Latency, 100 clients", "Throughput over time, 100 clients", "Latency over time, 100 clients",
            "Lag of the load, 100 clients", "Resident at rest, MB, over clients", "Deliveries per cpu second, over clients",
            "Deliveries a second, 100 clients: one processor and all", "Resident bytes per idle client", "Capacity, lines a second",
        ];
        Assert.All(titles, title => Assert.Contains($"\n{title}\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Strips_have_a_marker_for_each_round_and_a_star_for_the_winner()
    {
        var svg = new StripChart
        {
            Title = "latency",
            Hint = "lower is better",
            Axis = Axis.Linear("ms", [9]),
            Rows =
            [
                new Strip("10 clients", "epoll", 1, [4, 5, 9], true), new Strip("10 clients", "a server with a long name", 6, [8], false),
            ],
        }.Write().ToString();
        Assert.Equal(4, svg.Split("class=\"m s").Length - 1);
        Assert.Contains(">★ 5</text>", svg, StringComparison.Ordinal);
        Assert.Contains(">8</text>", svg, StringComparison.Ordinal);
        Assert.Contains("a server with a…", new HtmlPage($"<!doctype html>{svg}").Text, StringComparison.Ordinal);
        Assert.Contains("10 clients, epoll 5, best; 10 clients, a server with a long name 8", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_keep_their_style_whatever_else_is_shown()
    {
        var (some, all) = (new SeriesStyles(["async", "another"]), new SeriesStyles(["another", "epoll", "async", "select"]));
        Assert.Equal(some["async"], all["async"]);
        Assert.Equal(5, all["another"]);
        string[] results = ["alone", "with 5,000 idle"];
        Assert.Equal([0, 1], results.Select(name => new SeriesStyles(results)[name]));
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<svg viewBox="0 0 (?<w>\d+) (?<h>\d+)" role="img" aria-label="(?<said>[^"]+)">.*?</svg>.*?</figure>""",
        RegexOptions.Singleline)]
    private static partial Regex Chart();

    // Absolute commands of a path, and the place of a text; what follows in small letters is the shape of a marker.
    [GeneratedRegex(
        """(?<a>[ML])(?<x>-?[\d.]+) (?<y>-?[\d.]+)|(?<a>[HV])(?<x>-?[\d.]+)|(?<a>\bx)="(?<x>-?[\d.]+)" y="(?<y>-?[\d.]+)""" + "\"")]
    private static partial Regex Place();
}
