using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Observing;

/// <summary>The figures of a running server, judged by the tool that Prometheus brings along for that.</summary>
[Trait("run", "deep")]
public sealed class PromtoolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_ofARunningServer_passPromtool()
    {
        Assert.SkipUnless(Programs.IsInPath("promtool"), "there is no promtool (Debian's package prometheus)");
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0");
        using var alice = server.ConnectLines();
        alice.Sync();
        using var browser = new HttpClient();
        var text = await browser.GetStringAsync($"http://{server.AdminEndPoint}/metrics", Cancel);
        Assert.Contains("muxchat_clients{protocol=\"line\"} 1\n", text, StringComparison.Ordinal);
        var run = Check(text);
        Assert.True(run.ExitCode == 0 && run.Output.Concat(run.Errors).All(string.IsNullOrEmpty), $"promtool check metrics:\n{run}");

        // The tool sees what it is given: a counter needs its ending.
        var spoilt = Check(text.Replace("muxchat_ticks_total", "muxchat_ticks", StringComparison.Ordinal));
        Assert.NotEqual(0, spoilt.ExitCode);
    }

    private static ProgramRun Check(string text)
    {
        var start = Programs.Command(["promtool", "check", "metrics"]);
        start.RedirectStandardInput = true;
        return ProgramRun.Of(start, Guard.ProgramMs, text);
    }
}
