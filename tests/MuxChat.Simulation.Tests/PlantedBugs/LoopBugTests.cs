namespace MuxChat.Simulation.Tests.PlantedBugs;

// Two compile and run at a time, no more.
[Collection("PlantedLoop")]
public sealed class LoopBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Loop);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Loop.Single(bug => bug.Name == name));
}
