using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>The disk's side of the store of shared files. Takes a piece of work, does it, and returns it with its outcome.</summary>
/// <remarks>The worker has no thread: one thread at a time calls it, or a test does. It waits only for the disk.</remarks>
public sealed class FileWorker
{
    private readonly HandoverQueue<FileWork> _given;
    private readonly HandoverQueue<FileWork> _returned;
    private readonly Removals _removals;
    private readonly UnfinishedFiles _unfinished;
    private readonly SealedFiles _sealed;

    internal FileWorker(
        IDisk disk, IFileStoreObserver observer, TimeProvider time, HandoverQueue<FileWork> given, HandoverQueue<FileWork> returned)
    {
        _given = given;
        _returned = returned;
        _removals = new(disk, observer, time);
        _unfinished = new(disk, _removals, observer);
        _sealed = new(disk, _removals, observer);
    }

    /// <summary>Called when the loop has an outcome to collect, or room again. Set it once, before the first work.</summary>
    public Action? OutcomeReady { get; set; }

    /// <summary>How long to wait for work before the next step, after a step without work.</summary>
    public TimeSpan Pause => _removals.Pause;

    /// <summary>Does one piece of work if there is one, and otherwise some housekeeping.</summary>
    /// <returns>Whether there was work; then there may be more.</returns>
    public bool Step()
    {
        if (!_given.TryTake(out var work))
        {
            return _removals.Step(isIdle: true);
        }

        work.Status = Do(work);
        var isAwaited = work.Kind is FileWorkKind.Append or FileWorkKind.Seal or FileWorkKind.Read || work.Status != FileStatus.Ok;
        _returned.Put(work);
        if (isAwaited)
        {
            OutcomeReady?.Invoke();
        }

        _removals.Step(isIdle: false);
        return true;
    }

    /// <summary>Serves a file that an earlier server sealed.</summary>
    internal void Serve(SharedFile record) => _sealed.Add(record.Id, record.SizeBytes);

    /// <summary>
    /// Does what was given, removes what is unfinished and what no caller knows to be sealed, and closes all files. No other thread may use
    /// the queues by now.
    /// </summary>
    /// <remarks>The next start would serve such a file, although no client was ever told of it.</remarks>
    internal void End()
    {
        while (_given.TryTake(out var work))
        {
            work.Status = work.Kind == FileWorkKind.Seal ? FileStatus.Missing : Do(work);
            _returned.Put(work);
        }

        for (var count = _returned.Count; count > 0 && _returned.TryTake(out var work); count--)
        {
            Withdraw(work);
            _returned.Put(work);
        }

        _unfinished.RemoveAll();
        _removals.End();
        _sealed.CloseAll();
    }

    private void Withdraw(FileWork work)
    {
        if (work is { Kind: FileWorkKind.Seal, Status: FileStatus.Ok })
        {
            _sealed.Remove(work.Id);
            (work.Status, work.Sha256) = (FileStatus.Missing, []);
        }
    }

    private FileStatus Do(FileWork work)
    {
        var id = work.Id;
        switch (work.Kind)
        {
            case FileWorkKind.Create:
                return _sealed.Contains(id) ? FileStatus.Failed : _unfinished.Create(id, work.Hash);
            case FileWorkKind.Append:
                return _unfinished.Append(id, work.Block.AsSpan(0, work.Length));
            case FileWorkKind.Seal:
                var status = _unfinished.Seal(work.Record!, out var sha256);
                work.Sha256 = sha256;
                if (status == FileStatus.Ok)
                {
                    _sealed.Add(id, work.Record!.SizeBytes);
                }

                return status;
            case FileWorkKind.Delete:
                if (!_unfinished.Remove(id))
                {
                    _sealed.Remove(id);
                }

                return FileStatus.Ok;
            default:
                return _sealed.Read(id, work.Offset, work.Block.AsSpan(0, work.Length));
        }
    }
}
