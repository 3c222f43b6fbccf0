namespace MuxChat.Simulation.Tests.PlantedBugs;

public sealed class DeliveryBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Delivery);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Delivery.Single(bug => bug.Name == name));
}
