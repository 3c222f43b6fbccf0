using System.Text.Json;
using MuxChat.LoadTests.Yardsticks;
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
    [InlineData("slow --clients 10 --senders 2 --stalled 2 --rate 0 --payload 4000", "cut as slow consumers")]
    [InlineData("ramp --clients 5 --senders 2 --p99-ms 30000", "capacity, lines a second", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 20 --senders 3 --transport frame", "audit broadcast:", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 20 --senders 3 --transport ws", "audit broadcast:")]
    [InlineData("broadcast --clients 20 --senders 3 --transport tls", "audit broadcast:", Traits = [Run, Deep])]
    [InlineData("churn --logins 30 --transport wss", "logins a second", Traits = [Run, Deep])]
    [InlineData("broadcast --clients 20 --senders 3 --payload 400 --transport irc", "audit broadcast:")]
    [InlineData("idle --clients 10 --idle 20 --transport irc", "resident bytes per idle client", Traits = [Run, Deep])]
    [InlineData("churn --logins 30 --transport irc", "logins a second", Traits = [Run, Deep])]
    [InlineData("churn --logins 30 --transport ws", "logins a second", Traits = [Run, Deep])]
    [InlineData("slow --clients 10 --senders 2 --stalled 2 --rate 0 --payload 4000 --transport ws", "cut as slow consumers",
        Traits = [Run, Deep])]
    public void Scenario_with_tiny_settings_exits_0_and_prints_its_table(string scenario, string figure)
    {
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", [.. scenario.Split(' '), "--seconds", "0.5", "--warm", "0.1"]);

        Assert.True(run.ExitCode == 0, run.ToString());
        string[] rows = ["| io ", "| transport ", "| clients ", "deliveries a second", "latency p99.9", "server processor time, s",
            "resident at rest, MB", figure];
        Assert.All(rows, row => Assert.Contains(row, run.OutputText, StringComparison.Ordinal));
        Assert.Contains("each line once, whole and in order", run.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.OutputText, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Compare_of_one_round_exits_0_claims_nothing_and_writes_every_file()
    {
        using var folder = new OutputFolder();
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "compare", "--io", "select,epoll", "--clients", "10,20", "--rounds", "1",
            "--seconds", "0.2", "--warm", "0.1", "--scenarios", "broadcast,rate", "--processors", "one", "--json", folder.File("a.json"),
            "--html", folder.File("a.html"), "--md", folder.File("a.md"), "--hgrm", folder.Path);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("deliveries/cpu-s", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("One round cannot name a winner.", run.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("was best", run.OutputText, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("a.json"), TestContext.Current.CancellationToken));
        var rows = json.RootElement.GetProperty("comparison").EnumerateArray().Select(row => (row.GetProperty("scenario").GetString(),
            row.GetProperty("clients").GetInt32(), row.GetProperty("io").GetString()));
        Assert.Equal(
        [
            ("broadcast", 10, "select"), ("broadcast", 10, "epoll"), ("rate", 10, "select"), ("rate", 10, "epoll"),
            ("broadcast", 20, "select"), ("broadcast", 20, "epoll"), ("rate", 20, "select"), ("rate", 20, "epoll"),
        ], rows);
        Assert.All(json.RootElement.GetProperty("results").EnumerateArray(),
            result => Assert.True(result.GetProperty("audit").GetProperty("delivered").GetInt64() > 0));
        string[] files = ["a.html", "a.md", "broadcast-10-select.hgrm", "broadcast-20-epoll.hgrm", "rate-10-epoll.hgrm"];
        Assert.All(files, file => Assert.True(new FileInfo(folder.File(file)).Length > 0, file));
    }

    [Theory]
    [InlineData("--scenarios rooms,idle,slow,churn,ramp --io epoll --clients 100 --rounds 1",
        "idle-bytes", "logins/cpu-s", "capacity", "p99-slow")]
    [InlineData("--scenarios broadcast --io threads,epoll --clients 10 --rounds 3 --processors both",
        "10 clients, all processors: epoll on one processor delivered", "Medians of the rounds")]
    [Trait("run", "deep")]
    public void Compare_of_every_scenario_exits_0_and_shows_what_it_is_about(string arguments, params string[] shown)
    {
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", ["compare", .. arguments.Split(' '), "--seconds", "0.3", "--warm", "0.1"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.All(shown.Where(text => Environment.ProcessorCount > 1 || !text.Contains("all processors", StringComparison.Ordinal)),
            text => Assert.Contains(text, run.OutputText, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("run", "deep")]
    public void Compare_with_an_installed_yardstick_shows_it_beside_the_models()
    {
        Assert.SkipUnless(Yardstick.Find("redis")!.IsInstalled, "redis-server is not installed");
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "compare", "--io", "epoll", "--with", "redis", "--clients", "10", "--rounds", "1",
            "--scenarios", "broadcast", "--processors", "one", "--seconds", "0.3", "--warm", "0.1");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("| redis ", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("measured with it: redis: Redis server", run.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void Builds_that_run_in_turn_leave_two_reports_whose_rounds_are_compared_in_pairs()
    {
        using var folder = new OutputFolder();
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "compare", "--io", "epoll", "--scenarios", "broadcast", "--processors", "one",
            "--clients", "10", "--rounds", "10", "--seconds", "0.1", "--warm", "0", "--json", folder.File("a.json"),
            "--versus", Path.Combine(AppContext.BaseDirectory, "muxchat.dll"), "--versus-json", folder.File("b.json"));

        // The verdict itself is a matter of the clock. The command must come to the same one, and say it by its exit code.
        var report = ProgramRun.Of("MuxChat.LoadTests.dll", "report", folder.File("b.json"), folder.File("a.json"));
        Assert.Contains("The two ran in turn, round by round.", report.OutputText, StringComparison.Ordinal);
        var verdict = Assert.Single(report.Output, line => line.Contains("pairs of rounds", StringComparison.Ordinal));
        Assert.Contains(verdict, run.OutputText, StringComparison.Ordinal);
        Assert.Equal(verdict.StartsWith("SLOWER", StringComparison.Ordinal) ? 3 : 0, report.ExitCode);
        Assert.True(run.ExitCode == report.ExitCode, run.ToString());

    }

    [Fact]
    public void Report_of_one_file_shows_its_tables_again_and_writes_its_page()
    {
        using var folder = new OutputFolder();
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "broadcast", "--clients", "5", "--senders", "1", "--seconds", "0.1", "--warm", "0",
            "--json", folder.File("a.json"), "--html", folder.File("a.html"));
        Assert.True(run.ExitCode == 0, run.ToString());
        var report = ProgramRun.Of("MuxChat.LoadTests.dll", "report", folder.File("a.json"), "--html", folder.File("again.html"));
        Assert.True(report.ExitCode == 0, report.ToString());
        Assert.Equal(run.Output.Where(line => line.StartsWith('|')), report.Output.Where(line => line.StartsWith('|')));
        Assert.Equal(File.ReadAllText(folder.File("a.html")), File.ReadAllText(folder.File("again.html")));
    }
}
