namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class IrcBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Irc);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Irc.Single(bug => bug.Name == name));
}
