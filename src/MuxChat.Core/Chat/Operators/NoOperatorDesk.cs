namespace MuxChat.Core.Chat.Operators;

/// <summary>Nobody can be a server operator.</summary>
public sealed class NoOperatorDesk : IOperatorDesk
{
    /// <inheritdoc/>
    public bool HasOperators => false;

    /// <inheritdoc/>
    public bool TryVerify(OperatorClaim claim) => false;

    /// <inheritdoc/>
    public bool TryReadMotd(OperatorAct act) => false;

    /// <inheritdoc/>
    public bool TryTakeOutcome(out DeskOutcome outcome)
    {
        outcome = default;
        return false;
    }

    /// <inheritdoc/>
    public void NoteKill(OperatorAct act, string victim)
    {
    }

    /// <inheritdoc/>
    public void NoteOverride(OperatorAct act, string room, string modes)
    {
    }
}
