using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Crash;

/// <summary>
/// The program that kills the server again and again: it finds nothing where something is promised, and what is lost where nothing is.
/// </summary>
[Trait("run", "deep")]
public sealed class CrashTests
{
    [Theory]
    [InlineData("auto", "fsync")]
    [InlineData("epoll", "os")]
    [InlineData("threads", "fsync")]
    [InlineData("async", "fsync")]
    public void Nothing_acknowledged_is_lost_doubled_or_renumbered(string io, string durability)
    {
        using var data = new DataFolder();
        var run = Run(data, "--rounds", "4", "--io", io, "--durability", durability);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains(", 0 faults;", run.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain(": 0 lines acknowledged", run.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_lost_without_a_promise_is_found()
    {
        using var data = new DataFolder();
        var run = Run(data, "--rounds", "20", "--durability", "none");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains("FAULT: lost: ", run.OutputText, StringComparison.Ordinal);
    }

    private static ProgramRun Run(DataFolder data, params string[] arguments) =>
        ProgramRun.Of("MuxChat.Simulation.dll", ["crash", .. arguments, "--data", data.Path]);
}
