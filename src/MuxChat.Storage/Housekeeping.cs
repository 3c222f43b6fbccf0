using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;

namespace MuxChat.Storage;

/// <summary>Deletes sealed segments over the limits of size or age, and writes the indexes of the others.</summary>
/// <remarks>
/// The writer calls it after each batch and when no batch waits; each step is short. A failure is logged
/// and retried later. Stored events do not depend on it.
/// </remarks>
internal sealed class Housekeeping(JournalStore store, IEnumerable<SealedSegment> segments) : IDisposable
{
    /// <summary>How often segments are checked for age: every hour.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>The pause before a failed step is retried: one second.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // A batch creates at most one segment. With two deletions after each batch, the journal shrinks under any load.
    private const int MaxDeletedPerStep = 2;

    private readonly List<SealedSegment> _sealed = [.. segments];
    private readonly Queue<long> _toIndex = new();
    private SegmentWindow? _window;
    private IndexBuild? _build;
    private bool _isDue = true;
    private long _lookedAt;

    /// <summary>How long the writer may wait for a batch before the next step.</summary>
    public TimeSpan Pause { get; private set; } = Interval;

    /// <summary>Records that a new segment has followed this one, which is <paramref name="bytes"/> long.</summary>
    public void Sealed(long number, long bytes)
    {
        _sealed.Add(new(number, bytes, null));
        _toIndex.Enqueue(number);
        _isDue = true;
    }

    /// <summary>Does one short step. Deletes first, so that the size limit holds under any load.</summary>
    /// <param name="currentBytes">The length of the current segment.</param>
    /// <param name="keepsNewest">Whether the newest sealed segment holds standings that the current one does not have yet.</param>
    /// <returns>Whether there was work.</returns>
    public bool Step(long currentBytes, bool keepsNewest)
    {
        var hasDeleted = (_isDue || store.Time.GetElapsedTime(_lookedAt) >= Pause) && Delete(currentBytes, keepsNewest ? 1 : 0);
        if (_build is null && _toIndex.Count == 0)
        {
            return hasDeleted;
        }

        Index();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _build?.Dispose();

    private bool Delete(long currentBytes, int kept)
    {
        var deleted = 0;
        var result = DiskResult.Done;
        while (deleted < MaxDeletedPerStep && _sealed.Count > kept && (IsTooMuch(currentBytes) || IsTooOld(_sealed[0])))
        {
            result = DeleteOldest();
            if (!result.IsOk)
            {
                break;
            }

            deleted++;
        }

        _isDue = result.IsOk && (deleted == MaxDeletedPerStep || kept > 0);
        _lookedAt = store.Time.GetTimestamp();
        Pause = result.IsOk ? Interval : Retry;
        return deleted > 0;
    }

    private void Index()
    {
        var result = DiskResult.Done;
        SegmentIndex? index = null;
        if (_build is null)
        {
            result = IndexBuild.Begin(store.Disk, _window ??= new(), _toIndex.Peek(), store.Options.HistoryEvents, out _build);
        }
        else
        {
            result = _build.Step(out index);
            if (index is not null)
            {
                var at = _sealed.FindIndex(segment => segment.Number == index.Segment);
                _sealed[at] = _sealed[at] with { NewestUnixMs = index.NewestUnixMs };
                result = IndexFile.Write(store.Disk, index);
            }
        }

        if (index is not null || !result.IsOk)
        {
            // The next start rebuilds a missing index.
            Report(result, JournalNames.Index(_toIndex.Dequeue()));
            _build?.Dispose();
            _build = null;
        }
    }

    // Delete one segment, and make that durable before the next: otherwise a power cut could leave a gap in the middle.
    private DiskResult DeleteOldest()
    {
        var oldest = _sealed[0];
        var name = JournalNames.Segment(oldest.Number);

        // The last attempt may have removed the name and failed to sync, or another process has removed the file. Both count as deleted.
        var result = store.Disk.Delete(name);
        if (result.IsOk)
        {
            store.Observer.SegmentDeleted(store.Disk.PathOf(name), oldest.Bytes);
        }

        result = result.IsOk || result.Status == DiskStatus.Missing ? store.Disk.SyncDirectory() : result;
        if (!result.IsOk)
        {
            Report(result, name);
            return result;
        }

        _sealed.RemoveAt(0);
        DropIndex(oldest.Number);
        return result;
    }

    private void DropIndex(long segment)
    {
        if (_toIndex.TryPeek(out var next) && next == segment)
        {
            _toIndex.Dequeue();
            _build?.Dispose();
            _build = null;
        }

        var result = store.Disk.Delete(JournalNames.Index(segment));
        Report(result.Status == DiskStatus.Missing ? DiskResult.Done : result, JournalNames.Index(segment));
    }

    // The current segment counts as full, because it may be full before the next check.
    private bool IsTooMuch(long currentBytes) =>
        store.Options.RetainBytes > 0
        && Math.Max(currentBytes, store.Options.SegmentBytes) + _sealed.Sum(segment => segment.Bytes) > store.Options.RetainBytes;

    private bool IsTooOld(SealedSegment segment) =>
        store.Options.RetainFor > TimeSpan.Zero && segment.NewestUnixMs is { } newest && store.AgeOf(newest) > store.Options.RetainFor;

    private void Report(DiskResult result, string name)
    {
        if (!result.IsOk)
        {
            store.Observer.HousekeepingFailed(store.Disk.PathOf(name), result.Message);
        }
    }
}

/// <summary>A segment that is complete.</summary>
/// <param name="Number">The segment's number.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="NewestUnixMs">The time of its newest event, in milliseconds since 1970-01-01 UTC; null while unknown.</param>
internal sealed record SealedSegment(long Number, long Bytes, long? NewestUnixMs);
