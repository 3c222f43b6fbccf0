using System.Numerics;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat.History;

/// <summary>
/// The memory that all rooms together may use to remember, in bytes, and who uses how much: what is missing is taken from those that hold
/// the most.
/// </summary>
/// <remarks>
/// Owned by the directory of rooms. Invariants: <see cref="UsedBytes"/> is what the logs and the standings of rooms hold, and above the
/// limit only by standings; each log that holds anything stands once in the list for its size, a power of two.
/// </remarks>
internal sealed class HistoryBudget(Replaceable<ChatLimits> limits)
{
    private const int Sizes = 64;

    // Logs below 2 KiB, whose rings may be as small as they get, keep what they have.
    private const int MinSize = 10;

    private readonly List<Share>?[] _bySize = new List<Share>?[Sizes];

    public long UsedBytes { get; private set; }

    /// <summary>Events that one room may remember.</summary>
    public int EventsPerRoom => limits.Current.History;

    /// <summary>Asked first when there is not enough left: forgets a room in which nothing was said, or returns false.</summary>
    public Func<bool>? SpareSilent { get; set; }

    /// <summary>Asked last: gives memory back that can be spared, or returns false.</summary>
    public Func<bool>? Spare { get; set; }

    /// <summary>
    /// Takes bytes if there are so many left, or can be made so. No log loses any for one that would then hold as much as it.
    /// </summary>
    public bool TryReserve(Share log, long bytes)
    {
        while (UsedBytes + bytes > LimitBytes)
        {
            if (bytes > LimitBytes || !TryMakeRoom(log.HeldBytes + bytes))
            {
                return false;
            }
        }

        Change(log, bytes);
        return true;
    }

    /// <summary>
    /// Takes, or gives back, bytes of a room's standing. They are never refused: what logs hold makes room for them, and dormant rooms do.
    /// </summary>
    public void Hold(long bytes)
    {
        UsedBytes += bytes;
        while (bytes > 0 && UsedBytes > LimitBytes && TryMakeRoom(0))
        {
        }
    }

    /// <summary>Gives back bytes that a log no longer holds.</summary>
    public void Return(Share log, long bytes) => Change(log, -bytes);

    private long LimitBytes => limits.Current.HistoryBytes;

    private static int SizeOf(long bytes) => BitOperations.Log2((ulong)bytes);

    private bool TryMakeRoom(long largerThan) =>
        SpareSilent?.Invoke() == true || TryHalveOneLargerThan(largerThan) || Spare?.Invoke() == true;

    private bool TryHalveOneLargerThan(long bytes)
    {
        for (var size = Sizes - 1; size > Math.Max(SizeOf(bytes), MinSize); size--)
        {
            if (_bySize[size] is { Count: > 0 } logs)
            {
                logs[0].Halve();
                return true;
            }
        }

        return false;
    }

    private void Change(Share log, long bytes)
    {
        var before = log.HeldBytes;
        log.HeldBytes += bytes;
        UsedBytes += bytes;
        if (before > 0 && log.HeldBytes > 0 && SizeOf(before) == SizeOf(log.HeldBytes))
        {
            return;
        }

        if (before > 0)
        {
            var old = _bySize[SizeOf(before)]!;
            old[log.BudgetPlace] = old[^1];
            old[log.BudgetPlace].BudgetPlace = log.BudgetPlace;
            old.RemoveAt(old.Count - 1);
        }

        if (log.HeldBytes > 0)
        {
            var logs = _bySize[SizeOf(log.HeldBytes)] ??= [];
            log.BudgetPlace = logs.Count;
            logs.Add(log);
        }
    }

    /// <summary>What one room holds of the memory of all. Its figures are kept by the budget.</summary>
    internal abstract class Share
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
}
