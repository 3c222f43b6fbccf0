namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class FoundBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Found);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Found.Single(bug => bug.Name == name));
}
