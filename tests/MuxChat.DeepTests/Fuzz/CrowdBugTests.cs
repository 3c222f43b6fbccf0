using MuxChat.DeepTests.PlantedBugs;

namespace MuxChat.DeepTests.Fuzz;

/// <summary>Proof that the fuzzer's crowd sees: the mistakes that once ended the server are planted again, and it finds each.</summary>
[Trait("run", "deep")]
public sealed class CrowdBugTests
{
    private const int Inputs = 5_000;

    public static IEnumerable<TheoryDataRow<string>> Names { get; } =
        BugList.Crowd.Select(static bug => new TheoryDataRow<string>(bug.Name).WithTrait("bug", bug.Name)).ToList();

    [Theory]
    [MemberData(nameof(Names))]
    public void Planted_bug_is_found_by_the_crowd(string name)
    {
        var bug = BugList.Crowd.Single(bug => bug.Name == name);
        using var program = SpoiltProgram.Build(bug);
        var run = program.Run("fuzz", "--decoder", "crowd", "--inputs", $"{Inputs}", "--seed", $"{bug.FromSeed}");
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.True(run.ExitCode == 1, $"{Inputs} inputs do not find \"{name}\"\n{run}");
        Assert.Contains(bug.Check, run.OutputText, StringComparison.Ordinal);
    }
}
