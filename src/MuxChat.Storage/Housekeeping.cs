using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;

namespace MuxChat.Storage;

/// <summary>
/// What the writer does after each batch and when none waits: deletes sealed segments that are too many or too old, gives the others their
/// index. Little at a time. What does not work is told and tried again later: events do not depend on it.
/// </summary>
internal sealed class Housekeeping(JournalStore store, IEnumerable<SealedSegment> segments) : IDisposable
{
    /// <summary>How often it looks for segments that have grown too old: every hour.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>What did not work is tried again after this time: one second.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // A batch makes one segment at the most: with two deleted after each, the journal shrinks however much is written.
    private const int MaxDeletedPerStep = 2;

    private readonly List<SealedSegment> _sealed = [.. segments];
    private readonly Queue<long> _toIndex = new();
    private SegmentWindow? _window;
    private IndexBuild? _build;
    private bool _isDue = true;
    private long _lookedAt;

    /// <summary>How long to wait for a batch before the next step.</summary>
    public TimeSpan Pause { get; private set; } = Interval;

    /// <summary>A segment was followed by a new one.</summary>
    public void Sealed(long number, long bytes)
    {
        _sealed.Add(new(number, bytes, null));
        _toIndex.Enqueue(number);
        _isDue = true;
    }

    /// <summary>Does a little: deleting first, so that under any load no more is kept than was asked for.</summary>
    /// <param name="currentBytes">The length of the segment that is written to.</param>
    /// <param name="keepsNewest">Whether the newest sealed segment holds what is not in the one that is written to yet.</param>
    /// <returns>Whether there was something to do.</returns>
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
            // An index that is missing is made at the next start.
            Report(result, JournalNames.Index(_toIndex.Dequeue()));
            _build?.Dispose();
            _build = null;
        }
    }

    // One at a time, and the name durably gone before the next: else after a power cut one could be missing in the middle.
    private DiskResult DeleteOldest()
    {
        var oldest = _sealed[0];
        var name = JournalNames.Segment(oldest.Number);

        // Removing the name may have worked the last time, and making that durable not. Or somebody else has removed it: gone is gone.
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

    // The current segment counts as if it were full: it will be before anything is looked at again.
    private bool IsTooMuch(long currentBytes) =>
        store.Options.RetainBytes > 0 && Math.Max(currentBytes, store.Options.SegmentBytes) + _sealed.Sum(segment => segment.Bytes) > store.Options.RetainBytes;

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

/// <summary>A segment that is not written to any more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="NewestUnixMs">When its newest event happened; null as long as that is not known.</param>
internal sealed record SealedSegment(long Number, long Bytes, long? NewestUnixMs);
