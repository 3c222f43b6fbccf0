using System.Text.RegularExpressions;

namespace MuxChat.Simulation.Tests.PlantedBugs;

/// <summary>Proof that the checks see: each planted bug is found within 10,000 seeds, by a check that it is said to fail.</summary>
public abstract partial class PlantedBugTests
{
    private const int Seeds = 10_000;

    protected static async Task Find(PlantedBug bug)
    {
        Assert.Equal(1, SpoiltProgram.Occurrences(bug));
        using var program = await SpoiltProgram.Build(bug);
        var run = await SimProcess.OfFolder(program.Folder, "--seeds", $"{Seeds}", "--stop-at-first", "--reports", "0");
        var found = FailedSeed().Match(run.Output);
        Assert.True(run.ExitCode == 1 && found.Success, $"{bug.Name} was not found within {Seeds} seeds: {run}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{bug.Name}: {found.Value}");
        Assert.True(bug.Checks.Contains(found.Groups["check"].Value), $"{bug.Name} was seen by another check than {string.Join(", ", bug.Checks)}: {run.Output[..Math.Min(2000, run.Output.Length)]}");
    }

    protected static TheoryData<string> NamesOf(IEnumerable<PlantedBug> bugs) => [.. bugs.Select(bug => bug.Name)];

    [GeneratedRegex(@"^seed (?<seed>\d+) failed: (?<check>\w+)", RegexOptions.Multiline)]
    private static partial Regex FailedSeed();
}
