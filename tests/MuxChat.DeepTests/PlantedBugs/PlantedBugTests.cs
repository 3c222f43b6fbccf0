using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>
/// Proof that each check sees: the mistake that is planted for it is found, by this check. README.md has how to run one of them.
/// </summary>
[Trait("run", "deep")]
public sealed partial class PlantedBugTests
{
    private const int Seeds = 10_000;
    private const int MaxShown = 2_000;

    /// <summary>A check is the only finder when this many seeds fail and each of them by this check.</summary>
    private const int FailingSeeds = 3;

    /// <summary>Each bug by its name, which is also its trait, so that one can be run alone.</summary>
    public static IEnumerable<TheoryDataRow<string>> Names { get; } =
        BugList.All.Select(static bug => new TheoryDataRow<string>(bug.Name).WithTrait("bug", bug.Name)).ToList();

    [Theory]
    [MemberData(nameof(Names))]
    public void Planted_bug_is_found_by_its_check(string name)
    {
        var bug = BugList.All.Single(bug => bug.Name == name);
        string[] range = ["simulate", "--seeds", $"{Seeds}", "--from", $"{bug.FromSeed}", "--unlisted", "--reports", "0"];
        string[] arguments = bug.IsOnlyFinder
            ? [.. range, "--stop-after", $"{FailingSeeds}"] : [.. range, "--check", bug.Check, "--stop-at-first"];
        using var program = SpoiltProgram.Build(bug);
        var run = program.Run(arguments);
        var found = FailedSeed().Matches(run.OutputText)
            .Select(static match => (Seed: match.Groups["seed"].Value, Check: match.Groups["check"].Value)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", found.Select(static one => $"seed {one.Seed}: {one.Check}")));
        Assert.True(run.ExitCode == 1 && found.Count > 0,
            Tell(bug, $"{Seeds} seeds from {bug.FromSeed} on do not fail by this check", arguments, run));
        var others = found.Where(one => one.Check != bug.Check).Select(static one => $"seed {one.Seed} by {one.Check}").ToList();
        Assert.True(others.Count == 0,
            Tell(bug, $"this check is said to be the only finder, and another one found it: {string.Join(", ", others)}", arguments, run));
    }

    private static string Tell(PlantedBug bug, string seen, string[] arguments, ProgramRun run) => $"""
        The mistake "{bug.Name}" in {bug.Project}/{bug.File}: the check "{bug.Check}" must find it.
        Seen: {seen}.
        Again: dotnet tests/MuxChat.DeepTests/bin/Debug/net10.0/MuxChat.DeepTests.dll --filter-trait "bug={bug.Name}"
        By hand: in src/{bug.Project}/{bug.File} put this
        {bug.Replacement}
        in the place of this
        {bug.Find}
        and dotnet run -c Release --project tests/MuxChat.Simulation -- {string.Join(' ', arguments)}
        It said: {run.ToString()[..Math.Min(MaxShown, run.ToString().Length)]}
        """;

    [GeneratedRegex(@"^seed (?<seed>\d+) failed: (?<check>\w+)", RegexOptions.Multiline)]
    private static partial Regex FailedSeed();
}
