using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Opening;

namespace MuxChat.Storage;

/// <summary>
/// What the writer does when no batch waits: gives sealed segments their index, deletes those that are too many or too old. Little at a time. What does not
/// work is told and tried again later: events do not depend on it.
/// </summary>
internal sealed class Housekeeping(JournalStore store, IEnumerable<SealedSegment> segments) : IDisposable
{
    /// <summary>How often it looks for segments that have grown too old: every hour.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly List<SealedSegment> _sealed = [.. segments];
    private readonly Queue<long> _toIndex = new();
    private SegmentWindow? _window;
    private IndexBuild? _build;
    private bool _isDue = true;
    private bool _isOldestGone;
    private long _lookedAt;

    /// <summary>A segment was followed by a new one.</summary>
    public void Sealed(long number, long bytes)
    {
        _sealed.Add(new(number, bytes, null));
        _toIndex.Enqueue(number);
        _isDue = true;
    }

    /// <summary>Does a little.</summary>
    /// <returns>Whether there was something to do.</returns>
    public bool Step(long currentBytes)
    {
        if (_build is not null || _toIndex.Count > 0)
        {
            Index();
            return true;
        }

        if (!_isDue && store.Time.GetElapsedTime(_lookedAt) < Interval)
        {
            return false;
        }

        _isDue = DeleteOldest(currentBytes);
        _lookedAt = store.Time.GetTimestamp();
        return _isDue;
    }

    /// <inheritdoc/>
    public void Dispose() => _build?.Dispose();

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
            Tell(result, JournalNames.Index(_toIndex.Dequeue()));
            _build?.Dispose();
            _build = null;
        }
    }

    // One at a time, and the name durably gone before the next: else after a power cut one could be missing in the middle.
    private bool DeleteOldest(long currentBytes)
    {
        if (_sealed.Count == 0 || !(IsTooMuch(currentBytes) || IsTooOld(_sealed[0])))
        {
            return false;
        }

        var oldest = _sealed[0];
        var name = JournalNames.Segment(oldest.Number);

        // Removing the name may have worked the last time, and making that durable not.
        var result = _isOldestGone ? DiskResult.Done : store.Disk.Delete(name);
        _isOldestGone = result.IsOk;
        result = result.IsOk ? store.Disk.SyncDirectory() : result;
        if (!result.IsOk)
        {
            Tell(result, name);
            return false;
        }

        _isOldestGone = false;
        _sealed.RemoveAt(0);
        store.Observer.SegmentDeleted(store.Disk.PathOf(name), oldest.Bytes);
        Tell(store.Disk.Delete(JournalNames.Index(oldest.Number)), JournalNames.Index(oldest.Number));
        return true;
    }

    // The current segment counts as if it were full: it will be before anything is looked at again.
    private bool IsTooMuch(long currentBytes) =>
        store.Options.RetainBytes > 0 && Math.Max(currentBytes, store.Options.SegmentBytes) + _sealed.Sum(segment => segment.Bytes) > store.Options.RetainBytes;

    private bool IsTooOld(SealedSegment segment) =>
        store.Options.RetainFor > TimeSpan.Zero && segment.NewestUnixMs is { } newest && store.AgeOf(newest) > store.Options.RetainFor;

    private void Tell(DiskResult result, string name)
    {
        if (!result.IsOk)
        {
            store.Observer.HousekeepingFailed(store.Disk.PathOf(name), result.Message);
        }
    }
}
