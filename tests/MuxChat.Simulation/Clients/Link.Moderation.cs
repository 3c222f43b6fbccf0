using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <summary>What a client is beyond a member of rooms: a server operator, or one whom a server operator has disconnected.</summary>
internal sealed partial class Link
{
    private bool _hasClaimed;

    /// <summary>Whether it is a server operator.</summary>
    public bool IsServerOperator { get; set; }

    /// <summary>Its request to become one that was not answered yet; null for none.</summary>
    public Intent? Claim { get; private set; }

    /// <summary>Whether it has asked to become one, or is one without that.</summary>
    public bool HasClaimed => _hasClaimed || User is { IsOperator: true };

    /// <summary>What it and its rooms must be told of its end; null while nobody has disconnected it.</summary>
    public string? KilledWith { get; private set; }

    /// <summary>The request by which it was disconnected.</summary>
    public Intent? KilledBy { get; private set; }

    /// <summary>In which turn of the loop that was.</summary>
    public int KilledInTick { get; private set; }

    /// <summary>It was put out of a room, and may have turned to another one before: which is its current one is not known.</summary>
    public bool IsCurrentUnsure { get; set; }

    /// <summary>The user name by which masks know it.</summary>
    public string ShownUser => ShownUserIn(ServedBy.Protocol);

    /// <summary>The user name by which it is known where it speaks a protocol.</summary>
    public string ShownUserIn(string protocol) =>
        protocol != "irc" ? protocol : User?.ShownUser ?? IrcWishes.ShownUser(ClientNumber);

    /// <summary>All nicks that it has or may have had.</summary>
    public IEnumerable<string> Nicks => Intents.All.Where(static asked => asked.Kind is IntentKind.Nick or IntentKind.Resume)
        .Select(static asked => asked.Nick).Append(LogNick ?? "").Append(NickBefore ?? "").Append(Picture.Nick)
        .Where(static nick => nick.Length > 0).Distinct();

    /// <summary>A server operator disconnects it.</summary>
    public void NoteKilled(Intent by, string killer)
    {
        KilledBy = by;
        KilledInTick = _world.Ticks;
        KilledWith = $"killed by {killer}{(by.Text.Length > 0 ? ": " + by.Text : "")}";
        _machine.Milestones.Note(Milestone.Killed);
    }

    /// <summary>It is told what became of its request to become a server operator: one there must be, and it must be true.</summary>
    public void SeeClaim(bool isOperator, string seen)
    {
        if (isOperator && TrySeeGrant())
        {
            return;
        }

        var isTrue = Claim is not null && isOperator == IsServerOperator;
        Check.Fail(
            !isTrue,
            CheckNames.Rights,
            $"client {ClientNumber} is told '{seen}'; it asked for {Claim}, and is an operator: {IsServerOperator}");
        Claim = null;
        _machine.Milestones.Note(isOperator ? Milestone.Operators : Milestone.OperatorsRefused);
    }

    private void NoteClaim(Intent claim) => (Claim, _hasClaimed) = (claim, true);
}
