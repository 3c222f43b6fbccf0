namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class LimitsBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Limits);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Limits.Single(bug => bug.Name == name));
}
