using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Reports;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class HtmlReportTests
{
    private const string Nasty = "<b onclick=\"x\">'&\"</b><script>";

    [Fact]
    public void Page_of_a_scenario_contains_every_figure()
    {
        var page = new HtmlPage(HtmlReport.Write(MadeUpReports.Scenario(MadeUpReports.Result("alone"), MadeUpReports.Result())));
        string[] metrics =
        [
            "loadtests idle --json a.json", "2031-02-03 04:05", "Abacus 3000, 2 processors", "alone", "with 5,000 idle", "epoll", "5,101",
            "1.37", "617,000", "1,234,000",
            "1.21", "2.32", "3.43", "4.54", "5.65", "0.41", "1.59", "61", "73", "13", "98,765", "1,357,911", "17", "6.78",
            "throughput against alone", "0.987",
        ];
        Assert.All(metrics, figure => Assert.Contains(figure, page.Text, StringComparison.Ordinal));
        Assert.Contains("svg", page.Elements);
    }

    [Fact]
    public void Page_of_a_comparison_contains_every_figure_and_finding()
    {
        var page = new HtmlPage(HtmlReport.Write(MadeUpReports.Comparison(MadeUpReports.Result())));
        string[] metrics =
        [
            "epoll delivered the most", "select falls off at 100 clients", "876,543", "987,654", "888,889", "1,086,419", "91 %", "100 %",
            "1,753,086", "1.50", "6.70", "0.23",
            "47", "4,321", "0.125", "100 clients",
        ];
        Assert.All(metrics, figure => Assert.Contains(figure, page.Text, StringComparison.Ordinal));
        Assert.Equal(3, page.Elements.Count(element => element == "svg"));
    }

    [Fact]
    public void Page_needs_nothing_from_elsewhere()
    {
        foreach (var report in (Report[])[MadeUpReports.Scenario(MadeUpReports.Result()), MadeUpReports.Comparison(MadeUpReports.Faulty())])
        {
            var html = HtmlReport.Write(report);
            string[] outside = ["http:", "https:", "<script", "<link", "<img", "<iframe", "@import", "url(", "src=", "href="];
            Assert.All(outside, one => Assert.DoesNotContain(one, html, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Page_is_light_and_dark_and_fits_a_phone_and_paper()
    {
        var html = HtmlReport.Write(MadeUpReports.Scenario(MadeUpReports.Result()));
        string[] rules = ["color-scheme: light dark", "prefers-color-scheme: dark", "width=device-width", "@media print"];
        Assert.All(rules, rule => Assert.Contains(rule, html, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_escapes_whatever_comes_from_outside()
    {
        var result = MadeUpReports.Result(Nasty) with { Io = Nasty, More = new() { [Nasty] = 1 }, Failures = [Nasty] };
        var report = MadeUpReports.Scenario(result) with { Command = Nasty, Machine = new MachineFacts { Processor = Nasty } };
        var comparison = MadeUpReports.Comparison(result) with
        {
            Command = Nasty,
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
}
