using Microsoft.Extensions.Logging;
using MuxChat.Storage;

namespace MuxChat.Server.Hosting;

/// <summary>Writes what happens to the journal into the log. Called on two threads; each kind of line comes from one of them only.</summary>
internal sealed class JournalLog(ILogger logger, TimeProvider time) : IJournalObserver
{
    private readonly RateLimit _behind = new(time, TimeSpan.FromMinutes(1));

    public void TailCut(string path, long offset, long bytes, string reason) => logger.JournalTailCut(path, offset, bytes, reason);

    public void IndexRebuilt(string path, string reason) => logger.JournalIndexRebuilt(path, reason);

    public void Failed(string path, string message) => logger.JournalFailed(path, message);

    public void Full(string path, string message) => logger.JournalFull(path, message);

    public void Resumed(string path) => logger.JournalResumed(path);

    public void SegmentDeleted(string path, long bytes) => logger.JournalSegmentDeleted(path, bytes);

    public void HousekeepingFailed(string path, string message) => logger.JournalHousekeepingFailed(path, message);

    public void FellBehind(long waitingBytes)
    {
        if (_behind.TryPass(out var suppressed))
        {
            logger.JournalFellBehind(waitingBytes, suppressed);
        }
    }

    public void BacklogFull(long waitingBytes) => logger.JournalBacklogFull(waitingBytes);

    public void CaughtUp() => logger.JournalCaughtUp();
}
