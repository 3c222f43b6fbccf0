using System.Text.RegularExpressions;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

public partial class HtmlReportTests
{
    private const string Nasty = "<b onclick=\"x\">'&\"</b><script>{0}";

    private static readonly LoadFigures Limited = new() { Limit = "it worked 99% of the time, and the server 40%" };

    private static Report[] Reports =>
    [
        MadeUpReports.Scenario(MadeUpReports.Result()),
        MadeUpReports.Scenario(MadeUpReports.Measured("alone"), MadeUpReports.Measured("beside")),
        MadeUpReports.Search(), MadeUpReports.Comparison(MadeUpReports.Faulty()), MadeUpReports.WholeComparison(),
    ];

    [Fact]
    public void Page_of_a_scenario_contains_every_figure()
    {
        var page = new HtmlPage(HtmlReport.Write(MadeUpReports.Scenario(MadeUpReports.Result("alone"), MadeUpReports.Result())));
        string[] metrics =
        [
            "loadtests idle --json a.json", "2031-02-03 04:05", "Abacus 3000, 2 processors", "server on processor 0, load on processor 1",
            "alone", "with 5,000 idle", "epoll", "5,101", "1.37", "617,000", "1,230,000", "1.21", "2.32", "3.43", "4.54", "5.65", "0.410",
            "1.59", "61", "73", "13", "32.9", "0.550", "17", "6.78", "throughput against alone", "0.987",
        ];
        Assert.All(metrics, figure => Assert.Contains(figure, page.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_of_a_comparison_contains_every_figure_each_round_and_every_finding()
    {
        var report = MadeUpReports.WholeComparison();
        var page = new HtmlPage(HtmlReport.Write(report));
        Assert.All(report.Findings, finding => Assert.Contains(finding[1..], page.Text, StringComparison.Ordinal));
        foreach (var row in report.Comparison)
        {
            Assert.All(row.Values, pair =>
            {
                Assert.Contains(Figure.Get(pair.Key).Head, page.Text, StringComparison.Ordinal);
                var rounds = string.Join(" · ", pair.Value.Select(static value => Figure.Show(value)));
                Assert.Contains(rounds, page.Text, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void Page_marks_the_winner_of_each_figure_and_nobody_where_rounds_overlap()
    {
        var report = MadeUpReports.Comparison(MadeUpReports.Result()) with
        {
            Comparison =
            [
                MadeUp.Row("broadcast", 100, "threads", ("deliveries/cpu-s", 200), ("deliveries/s", 900), ("p99", 5)),
                MadeUp.Row("broadcast", 100, "epoll", ("deliveries/cpu-s", 700), ("deliveries/s", 300), ("p99", 5.2)),
            ],
        };
        var html = HtmlReport.Write(report);
        var won = Won().Matches(html).Select(static match => match.Groups[1].Value);
        Assert.Equal(["700", "900"], won);
        Assert.Contains("best\">★</span> 700", html, StringComparison.Ordinal);
        Assert.Equal(["700", "900"], WonStrip().Matches(html).Select(static match => match.Groups[1].Value));

        var oneRound = report with { Comparison = [.. report.Comparison.Select(MadeUp.OneRound)] };
        Assert.DoesNotContain("★ ", HtmlReport.Write(oneRound).Replace("★ was", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(Won().Matches(HtmlReport.Write(oneRound)));
    }

    [Fact]
    public void Page_names_what_makes_the_figures_doubtful_before_everything_else()
    {
        foreach (var report in (Report[])[MadeUpReports.Scenario(MadeUpReports.Result()), MadeUpReports.Comparison(MadeUpReports.Result())])
        {
            var doubtful = report with
            {
                Machine = report.Machine with { Doubts = ["The machine was busy: a test."] },
                Results = [.. Enumerable.Range(0, 5).Select(i => MadeUpReports.Result() with { Scenario = $"s{i}", Load = Limited })],
            };
            var html = HtmlReport.Write(doubtful);
            Assert.InRange(html.IndexOf("The machine was busy: a test.", StringComparison.Ordinal), 1,
                html.IndexOf("<h2", StringComparison.Ordinal));
            Assert.Contains("The load generator was the limit in 5 of 5 runs", html, StringComparison.Ordinal);
            Assert.Equal(5, html.Split("it worked 99% of the time").Length - 1);
            Assert.DoesNotContain("Doubtful", HtmlReport.Write(report), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Page_needs_nothing_from_elsewhere_and_no_script()
    {
        foreach (var html in Reports.Select(HtmlReport.Write))
        {
            string[] outside =
                ["http:", "https:", "<script", "<link", "<img", "<iframe", "@import", "url(", "src=", "href=\"/", "href=\"."];
            Assert.All(outside, one => Assert.DoesNotContain(one, html, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Page_has_each_id_once_and_every_link_leads_to_one()
    {
        foreach (var page in Reports.Select(static report => new HtmlPage(HtmlReport.Write(report))))
        {
            var ids = page.Tags.SelectMany(static tag => Id().Matches(tag)).Select(static match => match.Groups[1].Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
            var links = page.Tags.SelectMany(static tag => Link().Matches(tag)).Select(static match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(links);
            Assert.All(links, link => Assert.Contains(link, ids));
        }
    }

    [Fact]
    public void Page_is_light_and_dark_and_fits_a_phone_and_paper()
    {
        var html = HtmlReport.Write(MadeUpReports.Scenario(MadeUpReports.Result()));
        string[] rules =
            ["color-scheme: light dark", "prefers-color-scheme: dark", "width=device-width", "@media print", "max-width: 40rem"];
        Assert.All(rules, rule => Assert.Contains(rule, html, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_escapes_whatever_comes_from_outside()
    {
        var result = MadeUpReports.Measured(Nasty) with { Io = Nasty, More = new() { [Nasty] = 1 }, Failures = [Nasty], Transport = Nasty };
        var machine = new MachineFacts { Processor = Nasty, Doubts = [Nasty] };
        var report = MadeUpReports.Scenario(result) with { Command = Nasty, Machine = machine };
        var comparison = MadeUpReports.Comparison(result) with
        {
            Command = Nasty,
            Machine = machine,
            Findings = [Nasty],
            Comparison = [MadeUpReports.Comparison().Comparison[0] with { Io = Nasty }],
        };
        foreach (var html in (string[])[HtmlReport.Write(report), HtmlReport.Write(comparison)])
        {
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
            Assert.Contains(Nasty, new HtmlPage(html).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Page_of_a_clean_run_says_that_the_audit_passed()
    {
        var html = HtmlReport.Write(MadeUpReports.Scenario(MadeUpReports.Result()));
        Assert.Contains("Audit passed: 2,468,111 deliveries, each line once, whole and in order.", new HtmlPage(html).Text,
            StringComparison.Ordinal);
        Assert.Contains("verdict good", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_of_a_failed_audit_says_how_many_of_each_kind()
    {
        foreach (var report in (Report[])[MadeUpReports.Scenario(MadeUpReports.Faulty()), MadeUpReports.Comparison(MadeUpReports.Faulty())])
        {
            var html = HtmlReport.Write(report);
            Assert.Contains("of 1,000 deliveries 21 lost, 22 duplicated, 23 reordered, 24 corrupted, 25 refused", new HtmlPage(html).Text,
                StringComparison.Ordinal);
            Assert.Contains("verdict bad", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Page_of_a_run_that_failed_otherwise_does_not_blame_the_audit()
    {
        var html = HtmlReport.Write(
            MadeUpReports.Scenario(MadeUpReports.Result() with { Failures = ["descriptors leak: 5 before, 50 after"] }));
        var text = new HtmlPage(html).Text;
        Assert.Contains("descriptors leak: 5 before, 50 after", text, StringComparison.Ordinal);
        Assert.Contains("verdict bad", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Audit FAILED", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_of_a_search_names_the_capacity_and_judges_every_step()
    {
        var html = HtmlReport.Write(MadeUpReports.Search());
        var page = new HtmlPage(html);
        Assert.Contains("800 lines a second is the highest rate whose p99 stays below 20 ms", page.Text, StringComparison.Ordinal);
        Assert.Contains("limit 20 ms", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("<td>passed</td>").Length - 1);
        Assert.Equal(3, html.Split("<td>too slow</td>").Length - 1);
    }

    [Fact]
    public void Page_of_a_search_that_found_nothing_says_so_and_shows_each_run_once()
    {
        var search = MadeUpReports.Search();
        var nothing = search with
        {
            Results = [search.Results[0], search.Results[^1] with { More = new() { ["capacity"] = 0, ["capacity-deliveries"] = 0 } }],
        };
        var html = HtmlReport.Write(nothing);
        Assert.Contains("no rate has a p99 below 20 ms", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("Latency over time: full window<").Length - 1);
    }

    [GeneratedRegex("""<td class="won"><b><span title="best">★</span> ([0-9,.]+)</b>""")]
    private static partial Regex Won();

    [GeneratedRegex("""<text class="value won"[^>]*>★ ([0-9,.]+)<""")]
    private static partial Regex WonStrip();

    [GeneratedRegex("""\sid="([^"]*)""")]
    private static partial Regex Id();

    [GeneratedRegex("""\shref="#([^"]*)""")]
    private static partial Regex Link();
}
