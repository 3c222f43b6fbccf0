using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// The NBomber program with everything on, as a process, with the stand-in of <c>tests/NBomber</c> instead of the package. Its report has
/// one fact a line.
/// </summary>
public sealed partial class NBomberScenarioTests(LineServer server) : IClassFixture<LineServer>, IDisposable
{
    private readonly OutputFolder _folder = new();

    private IPEndPoint Server => server.Process.EndPoint("line");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("broadcast --clients 8 --senders 3", "broadcast/say")]
    [InlineData("broadcast --clients 8 --rate 50 --ramp 1", "broadcast/say", Traits = ["run", "deep"])]
    [InlineData("broadcast --clients 8 --senders 3 --ramp 1 --transport ws", "broadcast/say", Traits = ["run", "deep"])]
    [InlineData("slow --clients 12 --senders 2 --stalled 3 --rate 50", "slow/say", Traits = ["run", "deep"])]
    [InlineData("churn --logins 10", "churn/login", "churn/say", "churn/leave")]
    public void Scenario_against_a_server_of_its_own_passes(string scenario, params string[] steps)
    {
        var run = Run([.. scenario.Split(' '), "--warm", "0.2"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Empty(run.Errors);
        Assert.All(steps, step => Assert.True(Counts(run, $"step {step}") is { Ok: > 0, Fail: 0 }, run.ToString()));
        var own = Counts(run, $"scenario {scenario.Split(' ')[0]}");
        Assert.True(own is { Ok: > 0, Fail: 0 }, run.ToString());
        Assert.Equal(steps.Sum(step => Counts(run, $"step {step}").Bytes), own.Bytes);
        Assert.Contains("hint muxchat-audit: audit: ", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("each line once, whole and in order", run.Output[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_scenarios_run_at_once_with_the_options_of_each()
    {
        var run = Run("broadcast,churn", "--clients", "6", "--rate", "20", "--logins", "5", "--warm", "0");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.All((string[])["broadcast/say", "churn/login", "churn/say", "churn/leave"],
            step => Assert.True(Counts(run, $"step {step}") is { Ok: > 0, Fail: 0 }, run.ToString()));
        Assert.Contains("test broadcast,churn,", run.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mangling.Repeat, "duplicated", 3)]
    [InlineData(Mangling.SwapWithNext, "reordered", 5, Traits = ["run", "deep"])]
    public async Task Lines_that_are_mangled_are_failures_in_the_report(Mangling mangling, string kind, int seed)
    {
        var mangler = new Mangler(mangling, every: 200, seed);
        await using var proxy = new ManglingProxy(Server, mangler);
        var run = Run("broadcast", "--connect", $"{proxy.EndPoint}", "--clients", "10", "--senders", "1", "--rate", "200", "--warm", "0");

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.True(mangler.Mangled > 0, run.ToString());
        var audit = Counts(run, "step broadcast/audit");
        Assert.True(audit is { Ok: 0, Fail: > 0 } && Counts(run, "scenario broadcast").Fail > 0, run.ToString());
        Assert.Contains($"step broadcast/audit: status '{kind}' {audit.Fail}: ", run.OutputText, StringComparison.Ordinal);
        Assert.Contains($"counter audit-{kind}: {audit.Fail} lines", run.Output);
        Assert.Contains($"plugin muxchat-audit: {kind} {mangler.Mangled}", run.Output);
        Assert.Contains(run.Output, line => line.StartsWith("threshold broadcast/: failed: ", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("hint muxchat-audit: AUDIT FAILED: ", StringComparison.Ordinal));
        Assert.StartsWith("AUDIT FAILED: ", run.Output[^1], StringComparison.Ordinal);
    }

    // A lost line is awaited for ten seconds.
    [Fact]
    [Trait("run", "deep")]
    public async Task Client_whose_line_was_lost_leaves_all_the_same()
    {
        await using var proxy = new ManglingProxy(Server, new Mangler(Mangling.Drop, every: 10, seed: 1));
        var run = Run("churn", "--connect", $"{proxy.EndPoint}", "--logins", "6", "--warm", "0");

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.True(Counts(run, "step churn/say").Fail > 0, run.ToString());
        Assert.Contains("step churn/say: status 'unheard' ", run.OutputText, StringComparison.Ordinal);
        Assert.Equal(Counts(run, "step churn/login").Ok, Counts(run, "step churn/leave").Ok);
        Assert.Equal(Counts(run, "step churn/say").Fail, Counts(run, "scenario churn").Fail);
    }

    [Theory]
    [InlineData("broadcast --seconds 0.5", "--seconds 0.5: NBomber takes 1 or more")]
    [InlineData("broadcast --ramp 0.5", "--ramp 0.5: NBomber takes 1 or more, or 0 for none", Traits = ["run", "deep"])]
    [InlineData("broadcast --warm 8 --seconds 2 --ramp 1", "--warm 8: NBomber takes no more than --ramp and --seconds together, 3")]
    [InlineData("broadcast --rate 0.5", "--rate 0.5: NBomber takes a whole number a second", Traits = ["run", "deep"])]
    [InlineData("churn --logins 1.5", "--logins 1.5: NBomber takes a whole number a second", Traits = ["run", "deep"])]
    [InlineData("slow --clients 12 --stalled 11", "--stalled 11 is too many for --clients 12: who speaks must read")]
    [InlineData("broadcast --rooms 3", "'--rooms'")]
    [InlineData("broadcast --idle 3", "'--idle'", Traits = ["run", "deep"])]
    [InlineData("broadcast --stalled 3", "'--stalled'", Traits = ["run", "deep"])]
    [InlineData("broadcast --window 3", "'--window'", Traits = ["run", "deep"])]
    [InlineData("broadcast --json a.json", "'--json'")]
    [InlineData("broadcast --html a.html", "'--html'", Traits = ["run", "deep"])]
    [InlineData("churn --clients 3", "'--clients'", Traits = ["run", "deep"])]
    [InlineData("broadcast --p99-ms x", "--p99-ms x: it takes a number from 0 to 60000", Traits = ["run", "deep"])]
    [InlineData("broadcast --report-formats pdf", "--report-formats pdf: it takes txt,csv,html,md or none")]
    [InlineData("broadcast,chrun", "there is no scenario 'chrun'; there are broadcast, churn, slow")]
    [InlineData("broadcast,slow", "broadcast,slow: slow is a broadcast already")]
    [InlineData("broadcast --target=other", "NBomber refused: Target scenarios: 'other' is not found.")]
    public void Wrong_command_line_exits_2_with_one_line(string arguments, string said)
    {
        var run = ProgramRun.Of("MuxChat.NBomberStandIn.dll", arguments.Split(' '));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(said, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Server_that_is_full_exits_1_with_one_line()
    {
        using var full = ServerProcess.Start("--listen", "line://127.0.0.1:0", "--flood", "off", "--max-clients", "5");
        var run = Run("broadcast", "--connect", $"{full.EndPoint("line")}", "--clients", "10");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Matches("^client [0-9]+ of 10 was rejected", Assert.Single(run.Errors));
    }

    [Fact]
    public void Arguments_of_NBombers_own_reach_it()
    {
        var config = _folder.File("config.json");
        File.WriteAllText(config, """{ "TargetScenarios": ["churn"] }""");
        var run = Run("broadcast,churn", "--session-id=s1", "--test-name", "evening", "--license=key", $"--config={config}",
            "--logins", "3", "--warm", "0", "--report-formats", "csv,md");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("session s1, suite muxchat, test evening, license 'key'", run.Output);
        Assert.DoesNotContain("scenario broadcast", run.OutputText, StringComparison.Ordinal);
        Assert.Equal(["nbomber_report_s1.csv", "nbomber_report_s1.md"],
            Directory.GetFiles(_folder.File("reports")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void P99_above_the_threshold_exits_1_though_the_audit_is_clean()
    {
        var run = Run("broadcast", "--clients", "4", "--rate", "20", "--warm", "0", "--p99-ms", "0.001", "--report-formats", "none");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains("threshold broadcast/say: failed: (step.Ok.Latency.Percent99 <= 0.001)", run.Output);
        Assert.StartsWith("audit: ", run.Output[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("reports")));
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.Of("MuxChat.NBomberStandIn.dll",
        [.. arguments, "--seconds", "1", "--report-folder", _folder.File("reports")]);

    // "step broadcast/say: ok 12, fail 0, bytes 768, p99 1.0"
    private static (int Ok, int Fail, long Bytes) Counts(ProgramRun run, string what)
    {
        var line = run.Output.FirstOrDefault(line => line.StartsWith($"{what}: ok ", StringComparison.Ordinal));
        Assert.True(line is not null, $"{what} is not in the report: {run}");
        var numbers = Number().Matches(line[what.Length..])
            .Select(static one => long.Parse(one.Value, CultureInfo.InvariantCulture)).ToList();
        return ((int)numbers[0], (int)numbers[1], numbers[2]);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
