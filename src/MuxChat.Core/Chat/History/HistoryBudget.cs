namespace MuxChat.Core.Chat.History;

/// <summary>The memory that all rooms together may use to remember, in bytes. Invariant: <see cref="UsedBytes"/> is never above the limit.</summary>
internal sealed class HistoryBudget(long limitBytes)
{
    public long UsedBytes { get; private set; }

    /// <summary>Asked when there is not enough left: gives memory back that can be spared, or returns false.</summary>
    public Func<bool>? Spare { get; set; }

    /// <summary>Takes bytes if there are so many left, or can be made so.</summary>
    public bool TryTake(long bytes)
    {
        while (UsedBytes + bytes > limitBytes)
        {
            if (bytes > limitBytes || Spare is null || !Spare())
            {
                return false;
            }
        }

        UsedBytes += bytes;
        return true;
    }

    public void Return(long bytes) => UsedBytes -= bytes;
}
