using MuxChat.Core.Delivery;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>A client over a Unix socket: the kernel says whose it is, and its close ends both directions at once.</summary>
internal sealed partial class Link
{
    private const double ClosesBothSides = 0.6;

    private int _grantsToSee;

    /// <summary>Whose program it is; null for a client over TCP.</summary>
    public SimLocalUser? User => _world.Plan.UserOf(ClientNumber);

    /// <summary>What the limits for addresses must count it under.</summary>
    public PeerAddress Home => User?.Home ?? Channel.Address;

    /// <summary>Whether it was made a server operator and not told so yet.</summary>
    public bool IsToSeeGrant => _grantsToSee > 0;

    /// <summary>Whether it may be called so while it has not chosen a nick.</summary>
    public bool IsGuestNick(string nick) => User?.MayBeCalled(nick) ?? nick.StartsWith("guest-", StringComparison.Ordinal);

    /// <summary>The server makes it a server operator because of its user.</summary>
    public void NoteGrant(string user)
    {
        var isMeant = User is { IsOperator: true } own && own.Name == user;
        Check.Fail(!isMeant, CheckNames.Rights, $"client {ClientNumber} of {User} is made a server operator as {user}");
        IsServerOperator = true;
        _grantsToSee++;
    }

    /// <summary>It is told that it is a server operator: because of its user, if so.</summary>
    public bool TrySeeGrant()
    {
        if (!IsToSeeGrant)
        {
            return false;
        }

        _grantsToSee--;
        _machine.Milestones.Note(Milestone.LocalOperators);
        return true;
    }

    // As unix(7) has it: what it sent before can still be read, and nothing can be written to it.
    private bool TryCloseBothSides()
    {
        var isMeant = User is not null
            && SeededRandom.For(_machine.Seed, Machine.LocalUserPart, ClientNumber + 1, Number).Chance(ClosesBothSides);
        if (isMeant)
        {
            IsOver = true;
            Arrive(Channel.PeerCloses);
        }

        return isMeant;
    }
}
