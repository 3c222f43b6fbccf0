using MuxChat.Simulation.Programs;

namespace MuxChat.Simulation.Clients;

/// <content>The programs that it runs.</content>
internal sealed partial class SimClient
{
    // From a generator of its own: an action that is none of these is what it was.
    private bool TryRun(Link link, int action)
    {
        if (_world.Plan.Runs == 0 || Model.Protocol == "irc")
        {
            return false;
        }

        var random = SeededRandom.For(Machine.Seed, Wire.Machine.RunPart, Number, action);
        var isMeant = random.Chance(_world.Plan.Runs);
        for (var count = random.Pick(1, 1, 1, 2, 5); isMeant && count > 0; count--)
        {
            link.Ask(new Intent(IntentKind.Run) { Run = RunRequest.Draw(random) }, random);
        }

        return isMeant;
    }
}
