namespace MuxChat.Simulation.Tests.PlantedBugs;

// Two compile and run at a time, no more.
[Collection("PlantedLoop")]
public sealed class FailureReportTests
{
    [Fact]
    public async Task Failing_seed_is_printed_with_commit_check_and_the_steps_that_matter()
    {
        var bug = BugList.Delivery.Single(static bug => bug.Name == "who speaks hears himself");
        using var program = await SpoiltProgram.Build(bug);
        var range = await SimProcess.OfFolder(program.Folder, "--seeds", "200", "--stop-at-first", "--jobs", "1");
        Assert.True(range.ExitCode == 1, range.ToString());
        Assert.Matches(@"(?m)^seed \d+ failed: echo\r?$", range.Output);
        Assert.Matches(@"(?m)^  commit (\w{40}|[\d.]+\S*)\r?$", range.Output);
        Assert.Matches(@"(?m)^  client \d+ \(\S+\) sees .*: it (said that|joined) itself\r?$", range.Output);
        Assert.Contains("Publish", range.Output, StringComparison.Ordinal);

        var seed = range.Output.Split(' ')[1];
        var alone = await SimProcess.OfFolder(program.Folder, "--seed", seed, "--trace");
        Assert.True(alone.ExitCode == 1, alone.ToString());
        var parts = alone.Output.Split($"seed {seed} failed: echo");
        var steps = parts[0].Split('\n').Length - 1;
        Assert.Matches(@"(?m)^  cut down to \d+ steps of clients \d", parts[1]);
        var cut = int.Parse(parts[1].Split("cut down to ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(cut < steps, $"cut down to {cut} of {steps} steps");
    }
}
