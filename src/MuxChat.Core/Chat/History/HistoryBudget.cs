using System.Numerics;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat.History;

/// <summary>
/// Limits the memory, in bytes, that all rooms together use for their past. Takes missing memory from the rooms that hold the most.
/// </summary>
/// <remarks>
/// Invariants: <see cref="UsedBytes"/> is the sum of what the logs and standings of rooms hold, and only standings can push it above the
/// limit. Each log that holds memory is once in the list for its size, a power of two. Owner: the directory of rooms.
/// </remarks>
internal sealed class HistoryBudget(Replaceable<ChatLimits> limits)
{
    private const int Sizes = 64;

    // Logs below 2 KiB keep their memory, because their rings may be at their smallest.
    private const int MinSize = 10;

    private readonly List<Share>?[] _bySize = new List<Share>?[Sizes];

    public long UsedBytes { get; private set; }

    /// <summary>The largest number of events that one room may remember.</summary>
    public int EventsPerRoom => limits.Current.History;

    /// <summary>Tried first when memory is short: forgets a dormant room without messages. False if there is none.</summary>
    public Func<bool>? SpareSilent { get; set; }

    /// <summary>Tried last when memory is short: forgets another dormant room. False if there is none.</summary>
    public Func<bool>? Spare { get; set; }

    /// <summary>Reserves bytes for a log, if they are free or can be freed. False otherwise.</summary>
    /// <remarks>A log is halved only for a log that would still be in a smaller size class (a power of two) with the new bytes.</remarks>
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

    /// <summary>Adds the bytes of a room's standing to those used, or subtracts them if negative.</summary>
    /// <remarks>Never refused. To make room, logs are halved and dormant rooms are forgotten.</remarks>
    public void Hold(long bytes)
    {
        UsedBytes += bytes;
        while (bytes > 0 && UsedBytes > LimitBytes && TryMakeRoom(0))
        {
        }
    }

    /// <summary>Returns bytes that a log no longer holds.</summary>
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

    /// <summary>The part of the memory that one room's log holds. The budget keeps its figures.</summary>
    internal abstract class Share
    {
        /// <summary>The memory held, in bytes.</summary>
        public long HeldBytes { get; set; }

        /// <summary>Index in the budget's list for the log's size.</summary>
        public int BudgetPlace { get; set; }

        /// <summary>
        /// Returns about half of the log's memory, which is at least 2 KiB, and drops the oldest events that no longer fit.
        /// </summary>
        public abstract void Halve();
    }
}
