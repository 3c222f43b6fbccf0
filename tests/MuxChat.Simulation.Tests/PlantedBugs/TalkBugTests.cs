namespace MuxChat.Simulation.Tests.PlantedBugs;

// Two compile and run at a time, no more.
[Collection("PlantedDelivery")]
public sealed class TalkBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Talk);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Talk.Single(bug => bug.Name == name));
}
