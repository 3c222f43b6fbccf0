namespace MuxChat.Simulation.Clients;

/// <content>The nicks and rooms that it names.</content>
internal sealed partial class SimClient
{
    private string SomeNick(SeededRandom random) =>
        random.Chance(0.5) ? $"n{Number}" : random.Pick("Alice", "alice", "bob", "carol", "b\\b`");

    // Lines name a room only where their commands take one.
    private string SomeRoom(SeededRandom random, double share, bool isPart = false)
    {
        var name = random.Pick("#tea", "#TEA", "#lobby", "#room-2", "#世界");
        var isNamed = random.Chance(share);
        return (share >= 1 || isPart || Model.Protocol == "frame") && isNamed ? name : "";
    }
}
