namespace MuxChat.DeepTests.PlantedBugs;

[Trait("run", "deep")]
public sealed class FailureReportTests
{
    [Fact]
    public void Failing_seed_is_printed_with_commit_check_and_the_steps_that_matter()
    {
        var bug = BugList.Delivery.Single(static bug => bug.Name == "who speaks hears himself");
        using var program = SpoiltProgram.Build(bug);
        var range = program.Run("simulate", "--seeds", "200", "--stop-at-first", "--jobs", "1");
        Assert.True(range.ExitCode == 1, range.ToString());
        Assert.Matches(@"(?m)^seed \d+ failed: echo\r?$", range.OutputText);
        Assert.Matches(@"(?m)^  commit (\w{40}|[\d.]+\S*)\r?$", range.OutputText);
        Assert.Matches(@"(?m)^  client \d+ \(\S+\) sees .*: it (said that|joined) itself\r?$", range.OutputText);
        Assert.Contains("Publish", range.OutputText, StringComparison.Ordinal);

        var seed = range.OutputText.Split(' ')[1];
        var alone = program.Run("simulate", "--seed", seed, "--trace");
        Assert.True(alone.ExitCode == 1, alone.ToString());
        var parts = alone.OutputText.Split($"seed {seed} failed: echo");
        var steps = parts[0].Split('\n').Length - 1;
        Assert.Matches(@"(?m)^  cut down to \d+ steps of clients \d", parts[1]);
        var cut = int.Parse(parts[1].Split("cut down to ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(cut < steps, $"cut down to {cut} of {steps} steps");
    }
}
