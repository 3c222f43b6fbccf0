using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>Removes files from the disk, and makes that durable when there is time.</summary>
/// <remarks>A removal that the disk refuses is tried again.</remarks>
internal sealed class Removals(IDisk disk, IFileStoreObserver observer, TimeProvider time)
{
    /// <summary>The pause before a refused removal is tried again: one minute.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <summary>How long removals may wait for a pause in other work, to be made durable together: one second.</summary>
    private static readonly TimeSpan Unsynced = TimeSpan.FromSeconds(1);

    private readonly List<string> _refused = [];
    private long _triedAt;
    private long _removedAt;
    private bool _isSyncDue;
    private long? _syncFailedAt;

    /// <summary>How long the worker may wait for other work before the next step.</summary>
    public TimeSpan Pause => _refused.Count > 0 || _isSyncDue ? Retry : Timeout.InfiniteTimeSpan;

    /// <summary>Removes a file. If the disk refuses that, empties it, so that the next start does not serve it either.</summary>
    public void Remove(string name)
    {
        if (!TryRemove(name))
        {
            Empty(name);
            _refused.Add(name);
            _triedAt = time.GetTimestamp();
        }
    }

    /// <summary>Makes all changes of names durable.</summary>
    public DiskResult SyncDirectory()
    {
        var result = disk.SyncDirectory();
        _isSyncDue &= !result.IsOk;
        return result;
    }

    /// <summary>Tries again what is due.</summary>
    /// <param name="isIdle">Whether no other work waits.</param>
    /// <returns>Whether there was work.</returns>
    public bool Step(bool isIdle)
    {
        if (_refused.Count > 0 && time.GetElapsedTime(_triedAt) >= Retry)
        {
            TryAgain();
            return true;
        }

        var isPausing = _syncFailedAt is { } failed && time.GetElapsedTime(failed) < Retry;
        if (!_isSyncDue || isPausing || (!isIdle && time.GetElapsedTime(_removedAt) < Unsynced))
        {
            return false;
        }

        SyncRemovals();
        return true;
    }

    /// <summary>Tries everything once more.</summary>
    public void End()
    {
        TryAgain();
        if (_isSyncDue)
        {
            SyncRemovals();
        }
    }

    private void TryAgain()
    {
        _refused.RemoveAll(TryRemove);
        _triedAt = time.GetTimestamp();
    }

    private void SyncRemovals()
    {
        var result = SyncDirectory();
        _syncFailedAt = result.IsOk ? null : time.GetTimestamp();
        if (!result.IsOk)
        {
            observer.NotRemoved(disk.PathOf(""), result.Message);
        }
    }

    private bool TryRemove(string name)
    {
        var result = disk.Delete(name);
        if (result.IsOk)
        {
            _removedAt = _isSyncDue ? _removedAt : time.GetTimestamp();
            _isSyncDue = true;
        }
        else if (result.Status != DiskStatus.Missing)
        {
            observer.NotRemoved(disk.PathOf(name), result.Message);
            return false;
        }

        return true;
    }

    private void Empty(string name)
    {
        var result = disk.Open(name, DiskOpening.Change, out var file);
        using (file)
        {
            result = result.IsOk ? file!.Truncate(0) : result;
            result = result.IsOk ? file!.Sync() : result;
        }

        if (!result.IsOk)
        {
            observer.NotRemoved(disk.PathOf(name), $"it cannot be emptied either, and may be back after a restart: {result.Message}");
        }
    }
}
