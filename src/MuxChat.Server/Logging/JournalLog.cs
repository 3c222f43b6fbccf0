using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Metrics;
using MuxChat.Storage;

namespace MuxChat.Server.Logging;

/// <summary>
/// Logs the journal's events, and counts its batches. An event that may repeat is logged once a minute, with the number of repetitions.
/// </summary>
/// <remarks>Two threads call it, but each kind of event comes from only one of them.</remarks>
internal sealed class JournalLog(ILogger logger, TimeProvider time, JournalMetrics metrics) : IJournalObserver
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateLimit _full = new(time, Minute);
    private readonly RateLimit _resumed = new(time, Minute);
    private readonly RateLimit _deleted = new(time, Minute);
    private readonly RateLimit _housekeeping = new(time, Minute);
    private readonly RateLimit _behind = new(time, Minute);
    private readonly RateLimit _backlog = new(time, Minute);
    private readonly RateLimit _caughtUp = new(time, Minute);

    public void TailCut(string path, long offset, long bytes, string reason) => logger.JournalTailCut(path, offset, bytes, reason);

    public void IndexRebuilt(string path, string reason) => logger.JournalIndexRebuilt(path, reason);

    public void Failed(string path, string message) => logger.JournalFailed(path, message);

    public void Full(string path, string message)
    {
        if (_full.TryPass(out var suppressed))
        {
            logger.JournalFull(path, message, suppressed);
        }
    }

    public void Resumed(string path)
    {
        if (_resumed.TryPass(out var suppressed))
        {
            logger.JournalResumed(path, suppressed);
        }
    }

    public void SegmentDeleted(string path, long bytes)
    {
        if (_deleted.TryPass(out var suppressed))
        {
            logger.JournalSegmentDeleted(path, bytes, suppressed);
        }
    }

    public void HousekeepingFailed(string path, string message)
    {
        if (_housekeeping.TryPass(out var suppressed))
        {
            logger.JournalHousekeepingFailed(path, message, suppressed);
        }
    }

    public void FellBehind(long waitingBytes)
    {
        if (_behind.TryPass(out var suppressed))
        {
            logger.JournalFellBehind(waitingBytes, suppressed);
        }
    }

    public void BacklogFull(long waitingBytes)
    {
        if (_backlog.TryPass(out var suppressed))
        {
            logger.JournalBacklogFull(waitingBytes, suppressed);
        }
    }

    public void CaughtUp()
    {
        if (_caughtUp.TryPass(out var suppressed))
        {
            logger.JournalCaughtUp(suppressed);
        }
    }

    public void BatchEnded(JournalStatus status, long bytes, long? syncUs)
    {
        var isStored = status == JournalStatus.Stored;
        metrics.Up.Set(isStored ? 1 : 0);
        metrics.BytesWritten.Add(isStored ? bytes : 0);
        if (syncUs is { } us)
        {
            metrics.Sync.Record(us);
        }
    }
}
