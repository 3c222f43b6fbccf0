namespace MuxChat.DeepTests.PlantedBugs;

[Trait("run", "deep")]
public sealed class BugListTests
{
    [Fact]
    public void Planted_bugs_stand_exactly_once_in_the_sources_and_name_a_check()
    {
        var all = BugList.All.ToList();
        Assert.True(all.Count >= 15);
        Assert.Equal(all.Count, all.Select(static bug => bug.Name).Distinct().Count());
        Assert.Empty(all.Where(static bug => SourceCompiler.Of(bug.Project).Occurrences(bug) != 1).Select(static bug => $"{bug.Name}: {SourceCompiler.Of(bug.Project).Occurrences(bug)} times"));
        Assert.All(all, static bug => Assert.NotEmpty(bug.Checks));
        Assert.All(all, static bug => Assert.NotEqual(bug.Find, bug.Replacement));
    }
}
