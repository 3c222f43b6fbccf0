namespace MuxChat.Storage.Files;

/// <summary>The thread that runs the store's worker, step by step, and waits when there is no work.</summary>
/// <remarks><see cref="FileWorker"/> holds everything worth testing.</remarks>
public sealed class FileStoreThread : IDisposable
{
    private readonly FileStoreSession _session;
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private bool _isStopping;

    private FileStoreThread(FileStoreSession session)
    {
        _session = session;
        _thread = new Thread(Run) { Name = "files", IsBackground = true };
    }

    /// <summary>Starts the worker. From now on the session's store belongs to the loop's thread.</summary>
    /// <param name="session">The open store.</param>
    /// <param name="wake">Wakes the loop to collect outcomes. Called on the store's thread.</param>
    public static FileStoreThread Start(FileStoreSession session, Action wake)
    {
        var thread = new FileStoreThread(session);
        session.Store.Submitted = () => thread._signal.Set();
        session.Worker.OutcomeReady = wake;
        thread._thread.Start();
        return thread;
    }

    /// <summary>
    /// Does the remaining work, closes the session and ends the thread. Call it on the loop's thread, or after that has ended. If it
    /// returns true, the caller can still collect outcomes.
    /// </summary>
    /// <param name="patience">How long to wait for the disk.</param>
    /// <returns>False when the disk took longer. The thread then ends with the process.</returns>
    public bool Close(TimeSpan patience)
    {
        if (!Volatile.Read(ref _isStopping))
        {
            _session.Store.Submitted = null;
            Volatile.Write(ref _isStopping, true);
            _signal.Set();
        }

        return _thread.Join(patience);
    }

    /// <summary>Closes the store, however long the disk takes.</summary>
    public void Dispose()
    {
        Close(Timeout.InfiniteTimeSpan);
        _signal.Dispose();
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            if (!_session.Worker.Step())
            {
                _signal.WaitOne(_session.Worker.Pause);
            }
        }

        _session.Worker.OutcomeReady = null;
        _session.Close();
    }
}
