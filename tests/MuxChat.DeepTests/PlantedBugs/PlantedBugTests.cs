using System.Text.RegularExpressions;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Proof that the checks see: each planted bug is found within 10,000 seeds, by a check that it is said to fail.</summary>
[Trait("run", "deep")]
public sealed partial class PlantedBugTests
{
    private const int Seeds = 10_000;

    public static TheoryData<string> Names { get; } = [.. BugList.All.Select(static bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Planted_bug_is_found(string name)
    {
        var bug = BugList.All.Single(bug => bug.Name == name);
        using var program = SpoiltProgram.Build(bug);
        var run = program.Run("simulate", "--seeds", $"{Seeds}", "--stop-at-first", "--reports", "0");
        var found = FailedSeed().Match(run.OutputText);
        Assert.True(run.ExitCode == 1 && found.Success, $"{bug.Name} was not found within {Seeds} seeds: {run}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{bug.Name}: {found.Value}");
        Assert.True(bug.Checks.Contains(found.Groups["check"].Value), $"{bug.Name} was seen by another check than {string.Join(", ", bug.Checks)}: {run.OutputText[..Math.Min(2000, run.OutputText.Length)]}");
    }

    [GeneratedRegex(@"^seed (?<seed>\d+) failed: (?<check>\w+)", RegexOptions.Multiline)]
    private static partial Regex FailedSeed();
}
