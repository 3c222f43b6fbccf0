namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class JournalBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Journal);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Journal.Single(bug => bug.Name == name));
}
