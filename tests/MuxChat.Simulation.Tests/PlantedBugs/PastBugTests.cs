namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class PastBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Past);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Past.Single(bug => bug.Name == name));
}
