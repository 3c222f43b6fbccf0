namespace MuxChat.Core.Chat.History;

/// <summary>Keeps nothing: rooms remember in memory only, and nobody waits for an acknowledgement.</summary>
public sealed class NoJournal : IJournal
{
    /// <inheritdoc/>
    public bool AcknowledgesLater => false;

    /// <inheritdoc/>
    public bool IsBehind => false;

    /// <inheritdoc/>
    public long Append(in PastEvent past) => 0;

    /// <inheritdoc/>
    public void Keep(RoomStanding standing)
    {
    }

    /// <inheritdoc/>
    public void Submit()
    {
    }

    /// <inheritdoc/>
    public bool TryTakeOutcome(out JournalOutcome outcome)
    {
        outcome = default;
        return false;
    }
}
