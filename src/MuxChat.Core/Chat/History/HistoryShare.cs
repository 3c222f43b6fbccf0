namespace MuxChat.Core.Chat.History;

/// <summary>What one room holds of the memory of all. Its figures are kept by the budget.</summary>
internal abstract class HistoryShare
{
    /// <summary>Memory that it takes, in bytes.</summary>
    public long HeldBytes { get; set; }

    /// <summary>Its place among those of its size.</summary>
    public int BudgetPlace { get; set; }

    /// <summary>
    /// Gives about half of its memory back, 2 KiB or more of which it holds, and lets the oldest events go that then have no place.
    /// </summary>
    public abstract void Halve();
}
