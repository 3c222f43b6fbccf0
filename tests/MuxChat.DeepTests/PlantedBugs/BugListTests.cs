using MuxChat.Simulation.Checks;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>The list of planted bugs fits the sources and the checks there are.</summary>
[Trait("run", "deep")]
public sealed class BugListTests
{
    [Fact]
    public void Planted_bug_changes_a_text_that_its_file_has_exactly_once()
    {
        Assert.All([.. BugList.All, .. BugList.Crowd, .. BugList.Fuzzed], static bug => Assert.All(bug.Changes, change =>
        {
            var times = SourceCompiler.Of(bug.Project).Occurrences(change.File, change.Find);
            Assert.True(times == 1, $"\"{bug.Name}\": src/{bug.Project}/{change.File} has this text {times} times: {change.Find}");
            Assert.NotEqual(change.Find, change.Replacement);
        }));
    }

    [Fact]
    public void Planted_bug_has_a_name_of_its_own_and_a_check_that_exists()
    {
        Assert.Equal(BugList.All.Count(), BugList.All.Select(static bug => bug.Name).Distinct().Count());
        Assert.Empty(BugList.All.Where(static bug => !CheckNames.All.Contains(bug.Check))
            .Select(static bug => $"\"{bug.Name}\": there is no check \"{bug.Check}\""));
    }

    /// <summary>A check that no mistake needs may be dead: others would hide that.</summary>
    [Fact]
    public void Check_is_the_only_finder_of_at_least_one_planted_bug()
    {
        Assert.True(CheckNames.All.Count > 30, $"{CheckNames.All.Count} checks were found by reflection");
        Assert.Empty(CheckNames.All.Except(BugList.All.Where(static bug => bug.IsOnlyFinder).Select(static bug => bug.Check)));
    }
}
