namespace MuxChat.Storage;

/// <summary>The thread of the disk's side of a session: it runs the side's worker, step by step, and waits when there is no work.</summary>
/// <remarks>The sides (<see cref="JournalWriter"/>, <see cref="Files.FileWorker"/>) hold everything worth testing.</remarks>
public sealed class StorageThread : IDisposable
{
    private readonly IStorageSession _session;
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private bool _isStopping;

    private StorageThread(IStorageSession session)
    {
        _session = session;
        _thread = new Thread(Run) { Name = session.ThreadName, IsBackground = true };
    }

    /// <summary>Starts the thread. From now on the loop's side of the session belongs to the loop's thread.</summary>
    /// <param name="session">The open session.</param>
    /// <param name="wake">Wakes the loop to take outcomes. Called on the new thread.</param>
    public static StorageThread Start(IStorageSession session, Action wake)
    {
        var thread = new StorageThread(session);
        session.Submitted = () => thread._signal.Set();
        session.OutcomeReady = wake;
        thread._thread.Start();
        return thread;
    }

    /// <summary>
    /// Does the remaining work, closes the session and ends the thread. Call it on the loop's thread, or after that has ended. If it
    /// returns true, the caller owns both sides again and can still take outcomes.
    /// </summary>
    /// <param name="patience">How long to wait for the disk.</param>
    /// <returns>False when the disk took longer. The session then belongs to its thread, which ends
    /// with the process, and the end of a journal is not clean.</returns>
    public bool Close(TimeSpan patience)
    {
        if (!Volatile.Read(ref _isStopping))
        {
            _session.Submitted = null;
            Volatile.Write(ref _isStopping, true);
            _signal.Set();
        }

        return _thread.Join(patience);
    }

    /// <summary>Closes the session, however long the disk takes.</summary>
    public void Dispose()
    {
        Close(Timeout.InfiniteTimeSpan);
        _signal.Dispose();
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            if (!_session.Step())
            {
                _signal.WaitOne(_session.Pause);
            }
        }

        // From here on this thread owns the loop's side as well, because the closing thread waits and does not use it.
        _session.OutcomeReady = null;
        _session.Close();
    }
}

/// <summary>A session with a side for the loop and one for the disk, which a <see cref="StorageThread"/> runs.</summary>
public interface IStorageSession
{
    /// <summary>The name of the thread, for debuggers and <c>top -H</c>.</summary>
    string ThreadName { get; }

    /// <summary>Sets what the loop's side calls when it has given work.</summary>
    Action? Submitted { set; }

    /// <summary>Sets what the disk's side calls when the loop's side can take outcomes.</summary>
    Action? OutcomeReady { set; }

    /// <summary>How long the disk's side can wait for a signal when it has no work.</summary>
    TimeSpan Pause { get; }

    /// <summary>Does the next piece of work of the disk's side. Returns false if there was none.</summary>
    bool Step();

    /// <summary>Does the remaining work of both sides and closes the session.</summary>
    void Close();
}
