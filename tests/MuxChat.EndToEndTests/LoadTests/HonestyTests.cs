using System.Text.Json;
using MuxChat.LoadTests.Measures;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>The load program must not flatter: what a server makes its users wait is in the figures, whenever it happens.</summary>
public class HonestyTests
{
    private const string LoadTests = "MuxChat.LoadTests.dll";
    private const int Clients = 20;

    [Fact]
    public async Task Stall_until_after_the_end_of_the_measured_time_is_in_the_latencies()
    {
        const int Rate = 500;
        const int LinesToLogin = 4;
        const long HalfUs = 200_000;
        using var folder = new OutputFolder();
        using var server = ServerProcess.Start("--listen", "line://127.0.0.1:0", "--flood", "off");

        // 250 lines in half a second. From the 125th on nothing is heard until 240 are said: the last one of them is due 0.23 s later, so
        // the first one waits for at least so long, on any machine.
        await using var proxy = new ManglingProxy(server.EndPoint("line"), new Mangler(Mangling.None, every: 1000, seed: 1),
            new Stall(afterHeard: 125 * (Clients - 1), untilSent: (LinesToLogin * Clients) + 240));
        var run = ProgramRun.Of(LoadTests, "broadcast", "--connect", $"{proxy.EndPoint}", "--clients", $"{Clients}",
            "--rate", $"{Rate}", "--seconds", "0.5", "--warm", "0", "--json", folder.File("run.json"));

        Assert.True(run.ExitCode == 0, run.ToString());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("run.json"), TestContext.Current.CancellationToken));
        var result = json.RootElement.GetProperty("results")[0];
        var latency = Histogram.Decode(result.GetProperty("histogram").GetString()!);
        Assert.True(latency.Max >= HalfUs, run.ToString());
        Assert.True(result.GetProperty("latency").GetProperty("p99").GetInt64() >= HalfUs / 2, run.ToString());
    }

    // More than a client may be owed: what cannot be delivered in time waits in the load, and its delay is in the latencies.
    [Fact]
    public async Task Rate_that_nobody_can_keep_up_with_is_slow_and_loses_nothing()
    {
        using var folder = new OutputFolder();
        var run = ProgramRun.Of(LoadTests, "broadcast", "--clients", "10", "--senders", "1", "--payload", "4000", "--rate", "20000",
            "--seconds", "0.6", "--warm", "0", "--json", folder.File("run.json"));
        Assert.True(run.ExitCode == 0, run.ToString());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("run.json"), TestContext.Current.CancellationToken));
        var result = json.RootElement.GetProperty("results")[0];
        Assert.True(result.GetProperty("audit").GetProperty("delivered").GetInt64() >= 12_000 * 9, run.ToString());
        Assert.True(Histogram.Decode(result.GetProperty("histogram").GetString()!).Count >= 12_000 * 9, run.ToString());
    }

    [Fact]
    public async Task Report_says_what_the_load_generator_itself_did_and_where_it_was_measured()
    {
        using var folder = new OutputFolder();
        var start = Programs.StartInfo(LoadTests, ["broadcast", "--clients", "20", "--rate", "500", "--seconds", "0.3", "--warm", "0.1",
            "--json", folder.File("run.json"), "--md", folder.File("run.md"), "--hgrm", folder.Path]);
        start.Environment["MUXCHAT_MAX_LINE_BYTES"] = "8192";
        start.Environment["MUXCHAT_ADMIN_PASSWORD"] = "hunter2";
        var run = ProgramRun.Of(start, Guard.ProgramMs);

        Assert.True(run.ExitCode == 0, run.ToString());
        var text = await File.ReadAllTextAsync(folder.File("run.json"), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(text);
        var load = json.RootElement.GetProperty("results")[0].GetProperty("load");
        Assert.True(load.GetProperty("cpu_share").GetDouble() > 0, text);
        Assert.True(load.GetProperty("busy_share").GetDouble() > 0, text);
        Assert.True(load.GetProperty("lag_max_us").GetInt64() > 0, text);
        var machine = json.RootElement.GetProperty("machine");
        Assert.Contains("MUXCHAT_MAX_LINE_BYTES=8192", machine.GetProperty("variables").EnumerateArray().Select(one => one.GetString()));
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.StartsWith("0.", machine.GetProperty("server").GetString(), StringComparison.Ordinal);
        var isNative = start.Environment.TryGetValue("MUXCHAT_SERVER", out var named) && named is { Length: > 0 }
            && !named.EndsWith(".dll", StringComparison.Ordinal);
        Assert.EndsWith(isNative ? "a native executable" : "compiled while it runs (JIT)", machine.GetProperty("server").GetString(),
            StringComparison.Ordinal);
        Assert.All(["load average before", "server on processor", "MUXCHAT_MAX_LINE_BYTES=8192"],
            fact => Assert.True(run.OutputText.Contains(fact, StringComparison.Ordinal) || !OperatingSystem.IsLinux()
                || (fact == "server on processor" && Environment.ProcessorCount < 2), run.ToString()));
        Assert.StartsWith("## MuxChat under load: passed", await File.ReadAllTextAsync(folder.File("run.md"),
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Percentile", await File.ReadAllTextAsync(folder.File("broadcast-1.hgrm"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p99<1us", 0)]
    [InlineData("p99>=1us", 3)]
    [InlineData("deliveries/s<900G", 3)]
    public void Threshold_that_is_crossed_exits_3_and_says_by_what(string threshold, int exitCode)
    {
        var run = ProgramRun.Of(LoadTests, "broadcast", "--clients", "10", "--senders", "2", "--seconds", "0.2", "--warm", "0",
            "--fail-if", threshold);
        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Equal(exitCode == 3, run.OutputText.Contains($"FAILED {threshold}: broadcast: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Capacity_with_few_clients_and_a_short_time_is_a_whole_number_of_lines_and_not_0()
    {
        using var folder = new OutputFolder();
        var run = ProgramRun.Of(LoadTests, "ramp", "--clients", "50", "--seconds", "0.3", "--warm", "0.1", "--p99-ms", "30000",
            "--json", folder.File("run.json"));
        Assert.True(run.ExitCode == 0, run.ToString());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("run.json"), TestContext.Current.CancellationToken));
        var steps = json.RootElement.GetProperty("results").EnumerateArray().ToList();
        var capacity = steps[^1].GetProperty("more").GetProperty("capacity").GetDouble();
        Assert.True(capacity >= 1, run.ToString());
        Assert.Equal(Math.Floor(capacity), capacity);

        // A limit that nothing reaches ends the search at four times what a full window had moved.
        var full = steps[0].GetProperty("sent").GetDouble() / steps[0].GetProperty("seconds").GetDouble();
        Assert.All(steps.Skip(1), step => Assert.InRange(step.GetProperty("rate").GetDouble(), 0, Math.Max(100, full * 5.01)));
        Assert.Equal(["full window", "full window after"],
            new[] { steps[0], steps[^2] }.Select(static step => step.GetProperty("name").GetString()));
        Assert.True(steps[^1].GetProperty("more").GetProperty("after/before").GetDouble() > 0, run.ToString());
    }
}
