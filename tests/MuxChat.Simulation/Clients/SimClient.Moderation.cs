using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Clients;

/// <content>What it asks for as an operator.</content>
internal sealed partial class SimClient
{
    private const double Moderating = 0.55;

    // From a generator of its own: an action that is none of these is what it was.
    private bool TryModerate(Link link, int action)
    {
        if (!_world.Plan.HasModeration || !link.IsIn)
        {
            return false;
        }

        var random = SeededRandom.For(Machine.Seed, Wire.Machine.ModerationPart, Number + 1, action);
        var isMeant = random.Chance(Moderating);
        if (isMeant)
        {
            AskFor(link, ModerationWishes.Some(this, link, random), random);
        }

        return isMeant;
    }
}
