using System.Text.Json;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// Every scenario and the comparison as they are used, with settings as small as they go. Times and rates are not judged.
/// </summary>
public class ScenarioTests
{
    private const string Run = "run";
    private const string Deep = "deep";

    [Theory]
    [InlineData("broadcast --clients 20 --senders 3", "audit broadcast:", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 10 --rate 500 --payload 200 --io threads", "audit broadcast:", Traits = [Run, Deep])]
    [InlineData("rooms --clients 20 --rooms 4", "audit rooms:")]
    [InlineData("idle --clients 10 --idle 20", "resident bytes per idle client", Traits = [Run, Deep])]
    [InlineData("churn --logins 30", "logins a second")]
    [InlineData("churn --logins 30 --io async", "descriptors after", Traits = [Run, Deep])]
    [InlineData("slow --clients 10 --senders 2 --stalled 2 --rate 0 --payload 4000", "cut as slow consumers ")]
    [InlineData("ramp --clients 5 --senders 2 --p99-ms 2", "capacity, lines per second", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 20 --senders 3 --transport frame", "audit broadcast:", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 20 --senders 3 --transport ws", "audit broadcast:")]
    [InlineData("broadcast --clients 20 --senders 3 --transport tls", "audit broadcast:", Traits = [Run, Deep])]
    [InlineData("churn --logins 30 --transport wss", "logins a second", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 20 --senders 3 --payload 400 --transport irc", "audit broadcast:")]
    [InlineData("idle --clients 10 --idle 20 --transport irc", "resident bytes per idle client", Traits = [Run, Deep])]
    [InlineData("churn --logins 30 --transport irc", "logins a second", Traits = [Run, Deep])]
    [InlineData("churn --logins 30 --transport ws", "logins a second", Traits = [Run, Deep])]
    [InlineData("slow --clients 10 --senders 2 --stalled 2 --rate 0 --payload 4000 --transport ws", "cut as slow consumers ",
        Traits = [Run, Deep])]
    public void Scenario_with_tiny_settings_exits_0_and_prints_its_table(string scenario, string figure)
    {
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", [.. scenario.Split(' '), "--seconds", "0.5", "--warm", "0.1"]);

        Assert.True(run.ExitCode == 0, run.ToString());
        string[] rows = ["| io ", "| transport ", "| clients ", "deliveries a second", "latency p99.9", "server user / system, s",
            "resident at rest / under load, MB", figure];
        Assert.All(rows, row => Assert.Contains(row, run.OutputText, StringComparison.Ordinal));
        Assert.Contains("each line once, whole and in order", run.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.OutputText, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    [Fact]
    [Trait("run", "deep")]
    public async Task Compare_with_tiny_settings_exits_0_and_writes_json_and_html()
    {
        using var folder = new OutputFolder();
        var run = ProgramRun.Of(
            "MuxChat.LoadTests.dll", "compare", "--io", "select,epoll", "--clients", "10,20", "--rounds", "1", "--seconds", "0.3", "--json",
            folder.File("a.json"), "--html", folder.File("a.html"));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("deliveries/cpu s", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("delivered the most per second of processor time", run.OutputText, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("a.json"), TestContext.Current.CancellationToken));
        var rows = json.RootElement.GetProperty("comparison").EnumerateArray()
            .Select(row => (row.GetProperty("clients").GetInt32(), row.GetProperty("io").GetString()));
        Assert.Equal([(10, "select"), (10, "epoll"), (20, "select"), (20, "epoll")], rows);
        Assert.All(json.RootElement.GetProperty("results").EnumerateArray(),
            result => Assert.True(result.GetProperty("audit").GetProperty("delivered").GetInt64() > 0));
        Assert.Contains("Audit passed", await File.ReadAllTextAsync(folder.File("a.html"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
