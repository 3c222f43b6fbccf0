using MuxChat.DeepTests.PlantedBugs;

namespace MuxChat.DeepTests.Fuzz;

/// <summary>Proof that the fuzzer's models see: each mistake that is planted for a target is found by it.</summary>
[Trait("run", "deep")]
public sealed class FuzzBugTests
{
    private const int Inputs = 50_000;

    public static IEnumerable<TheoryDataRow<string>> Names { get; } =
        BugList.Fuzzed.Select(static bug => new TheoryDataRow<string>(bug.Name).WithTrait("bug", bug.Name)).ToList();

    [Theory]
    [MemberData(nameof(Names))]
    public void Planted_bug_is_found_by_its_target(string name)
    {
        var bug = BugList.Fuzzed.Single(bug => bug.Name == name);
        using var program = SpoiltProgram.Build(bug);
        var run = program.Run("fuzz", "--decoder", bug.Check, "--inputs", $"{Inputs}");
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.True(run.ExitCode == 1, $"{Inputs} inputs of {bug.Check} do not find \"{name}\"\n{run}");
        Assert.Contains("FAILED", run.OutputText, StringComparison.Ordinal);
    }
}
