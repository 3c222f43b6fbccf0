using System.Text.Json;
using System.Text.Json.Nodes;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Reports;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class JsonReportTests
{
    [Fact]
    public void Report_of_a_scenario_has_every_figure_by_name()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(MadeUpReports.Scenario(MadeUpReports.Result())));
        var root = json.RootElement;

        Assert.Equal("loadtests idle --json a.json", root.GetProperty("command").GetString());
        Assert.Equal("Abacus 3000", root.GetProperty("machine").GetProperty("processor").GetString());
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero), root.GetProperty("time").GetDateTimeOffset());
        Assert.Equal("127.0.0.1:7070", root.GetProperty("settings").GetProperty("connect").GetString());
        Assert.Equal(64, root.GetProperty("settings").GetProperty("payload_bytes").GetInt32());
        Assert.True(root.GetProperty("is_clean").GetBoolean());

        var result = Assert.Single(root.GetProperty("results").EnumerateArray());
        (string Name, double Value)[] metrics =
        [
            ("clients", 5_101), ("senders", 11), ("seconds", 4), ("login_seconds", 1.37), ("sent", 12_345), ("delivered", 2_468_000),
            ("delivered_per_second", 617_000), ("delivered_per_cpu_second", 1_234_000), ("user_seconds", 0.41), ("system_seconds", 1.59),
            ("resident_rest_kb", 61 * 1024), ("resident_load_kb", 73 * 1024), ("threads", 13), ("context_switches", 98_765),
            ("allocated_bytes", 1_357_911), ("collections", 17), ("longest_tick_us", 6_780),
        ];
        Assert.All(metrics, figure => Assert.Equal(figure.Value, result.GetProperty(figure.Name).GetDouble(), 6));
        Assert.Equal(
            [1_210, 2_320, 3_430, 4_540, 5_650],
            ((string[])["p50", "p90", "p99", "p999", "max"]).Select(name => result.GetProperty("latency").GetProperty(name).GetInt64()));
        Assert.Equal(2_468_111, result.GetProperty("audit").GetProperty("delivered").GetInt64());
        Assert.Equal(0.987, result.GetProperty("more").GetProperty("against-alone").GetDouble());
    }

    [Fact]
    public void Report_of_a_comparison_has_its_rows_and_findings()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(MadeUpReports.Comparison(MadeUpReports.Result())));
        var rows = json.RootElement.GetProperty("comparison").EnumerateArray().ToList();

        Assert.Equal(["select", "epoll"], rows.Select(row => row.GetProperty("io").GetString()));
        Assert.Equal([1_086_419.4, 888_888.6, 987_654],
            rows[1].GetProperty("values").GetProperty("deliveries/cpu-s").EnumerateArray().Select(one => Math.Round(one.GetDouble(), 1)));
        Assert.Equal(["epoll delivered the most", "select falls off at 100 clients"],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public void Report_with_a_failed_audit_is_not_clean_and_says_which_faults()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(MadeUpReports.Scenario(MadeUpReports.Faulty())));
        Assert.False(json.RootElement.GetProperty("is_clean").GetBoolean());
        var audit = json.RootElement.GetProperty("results")[0].GetProperty("audit");
        Assert.Equal([21, 22, 23, 24, 25],
            ((string[])["lost", "duplicated", "reordered", "corrupted", "refused"]).Select(kind => audit.GetProperty(kind).GetInt32()));
    }

    [Theory]
    [InlineData("results")]
    [InlineData("comparison")]
    [InlineData("machine")]
    [InlineData("settings")]
    [InlineData("session")]
    [InlineData("crossed")]
    [InlineData("machine.doubts")]
    [InlineData("results.0")]
    [InlineData("results.0.audit")]
    [InlineData("results.0.load")]
    [InlineData("results.0.more")]
    [InlineData("results.0.io")]
    [InlineData("results", "[]")]
    [InlineData("results.0.histogram", "\"HISTOGRAM\"")]
    [InlineData("settings.connect", "\"nowhere\"")]
    public void File_that_is_no_whole_report_is_refused_with_one_line(string path, string value = "null")
    {
        var root = JsonNode.Parse(JsonReport.Write(MadeUpReports.Comparison(MadeUpReports.Measured("broadcast"))))!;
        var keys = path.Split('.');
        var parent = keys.SkipLast(1).Aggregate(root, static (node, key) => int.TryParse(key, out var index) ? node[index]! : node[key]!);
        if (int.TryParse(keys[^1], out var place))
        {
            parent[place] = JsonNode.Parse(value);
        }
        else
        {
            parent[keys[^1]] = JsonNode.Parse(value);
        }

        var error = Assert.Throws<LoadException>(() => Read(root.ToJsonString()));
        Assert.Equal(LoadCommandLine.Usage, error.ExitCode);
        Assert.Contains("is no report of this program", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Rows_of_a_comparison_are_made_from_its_runs_again_whatever_the_file_says()
    {
        var root = JsonNode.Parse(JsonReport.Write(MadeUpReports.WholeComparison()))!;
        root["comparison"]![0]!["values"] = new JsonObject();
        root["comparison"]![1]!["io"] = "[red]x";
        var report = Read(root.ToJsonString());
        Assert.Equivalent(MadeUpReports.WholeComparison().Comparison, report.Comparison);
    }

    private static Report Read(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return JsonReport.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
