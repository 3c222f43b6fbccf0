using System.Text.RegularExpressions;
using MuxChat.Simulation;
using MuxChat.Simulation.Running;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Simulation;

public sealed partial class RunTests
{
    private const int Seeds = 1_000;

    [Fact]
    public void ProductionCode_over1000Seeds_failsNone()
    {
        var range = new SeedRange([], 1, Seeds, jobs: 1);
        range.Run(static _ => { });
        Assert.Empty(range.Failed.Select(static failed => $"{failed.Seed}: {failed.Failure}"));
        Assert.Equal(Seeds, range.Done);

        // What is never met is never checked.
        Assert.All(Enum.GetValues<Milestone>(), milestone => Assert.True(range.Milestones[milestone] > 0, $"no run came to {milestone}"));
    }

    [Fact]
    public void Seeds_thatFailedOnce_failNoMore()
    {
        var listed = SimulateCommand.ReadList(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "failed.seeds")));
        Assert.NotEmpty(listed);
        Assert.All(listed, static seed => Assert.Null(SimRun.Of(seed).Failure));
    }

    [Fact]
    public void List_withCommentsAndEmptyLines_givesItsNumbers() =>
        Assert.Equal([17UL, 18446744073709551615UL], SimulateCommand.ReadList(["# words", "", " 17  # why", "18446744073709551615"]));

    [Fact]
    public void Seed_runTwice_givesTheSameTraceWithAndWithoutLines()
    {
        var (read, unread) = (SimRun.Of(7, keepsLines: true), SimRun.Of(7));
        Assert.Equal((read.Hash, read.Ticks), (unread.Hash, unread.Ticks));
        Assert.NotEmpty(read.Lines);
        Assert.Empty(unread.Lines);
        Assert.NotEqual(read.Hash, SimRun.Of(8).Hash);
    }

    [Fact]
    public void Client_thatIsLeftOut_isInNoStep()
    {
        var all = SimRun.Of(7, keepsLines: true);
        Assert.Contains(all.Lines, static line => line.Client == 0);
        var without = SimRun.Of(7, keepsLines: true, new Omissions().With(client: 0));
        Assert.DoesNotContain(without.Lines, static line => line.Client == 0);
        Assert.Null(without.Failure);
    }

    [Fact]
    public void Seeds_inTwoProcesses_giveTheSameHash()
    {
        string[] seeds = ["simulate", "--unlisted", "--seeds", "40", "--from"];
        var first = ProgramRun.Of("MuxChat.Simulation.dll", [.. seeds, "1000"]);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Equal(HashOf(first.Output), HashOf(InProcess.Run([.. seeds, "1000", "--jobs", "1"]).Output));
        Assert.NotEqual(HashOf(first.Output), HashOf(InProcess.Run([.. seeds, "1001"]).Output));
    }

    [Fact]
    public void Seed_tracedInTwoProcesses_givesTheSameLines()
    {
        var first = ProgramRun.Of("MuxChat.Simulation.dll", "simulate", "--seed", "12", "--trace");
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("Publish", first.OutputText, StringComparison.Ordinal);
        Assert.Equal(first.Output, InProcess.Run("simulate", "--seed", "12", "--trace").Output);
    }

    private static string HashOf(IReadOnlyList<string> output) =>
        Hash().Match(output[^1]).Groups["hash"].Value is { Length: > 0 } hash
        ? hash : throw new InvalidOperationException(string.Join('\n', output));

    [GeneratedRegex(@"seeds and \d+ listed, 0 failed, .*hash (?<hash>[0-9a-f]{16})$")]
    private static partial Regex Hash();
}
