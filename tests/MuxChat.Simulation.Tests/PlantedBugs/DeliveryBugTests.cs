namespace MuxChat.Simulation.Tests.PlantedBugs;

// Two compile and run at a time, no more.
[Collection("PlantedDelivery")]
public sealed class DeliveryBugTests : PlantedBugTests
{
    public static TheoryData<string> Names => NamesOf(BugList.Delivery);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Planted_bug_is_found(string name) => Find(BugList.Delivery.Single(bug => bug.Name == name));
}
