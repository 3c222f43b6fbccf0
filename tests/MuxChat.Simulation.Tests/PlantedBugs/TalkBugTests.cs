namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class TalkBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Talk);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Talk.Single(bug => bug.Name == name));
}
