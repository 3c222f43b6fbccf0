namespace MuxChat.Simulation.Tests.Running;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--sedes 5", "--sedes")]
    [InlineData("--seeds five", "five")]
    [InlineData("--seeds 0", "--seeds: it takes a number from 1")]
    [InlineData("--from -1", "--from: it takes a number from 0")]
    [InlineData("--seed -1", "--seed: it takes a number from 0")]
    [InlineData("--reports -1", "--reports: it takes a number from 0")]
    [InlineData("--jobs 0", "--jobs: it takes a number from 1 to 1024")]
    [InlineData("--trace", "--trace goes with --seed")]
    [InlineData("more", "more")]
    public async Task Wrong_command_line_exits_2_with_one_line(string arguments, string said)
    {
        var run = await SimProcess.Of(arguments.Split(' '));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Range_without_failures_exits_0_and_ends_with_a_summary()
    {
        var run = await SimProcess.Of("--seeds", "20", "--from", "300");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"^20 seeds and \d+ listed, 0 failed, \d+ ticks, [\d.]+ s, hash [0-9a-f]{16}$", run.Output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task Help_exits_0_and_names_every_option()
    {
        var run = await SimProcess.Of("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.All(["--seeds", "--from", "--seed", "--trace", "--stop-at-first", "--reports", "--jobs"], option => Assert.Contains(option, run.Output, StringComparison.Ordinal));
    }
}
