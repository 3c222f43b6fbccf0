namespace MuxChat.Storage;

/// <summary>The thread that runs the journal's writer, step by step, and waits when there is no work.</summary>
/// <remarks><see cref="JournalWriter"/> holds everything worth testing.</remarks>
public sealed class JournalThread : IDisposable
{
    private readonly JournalSession _session;
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private bool _isStopping;

    private JournalThread(JournalSession session)
    {
        _session = session;
        _thread = new Thread(Run) { Name = "journal", IsBackground = true };
    }

    /// <summary>Starts the writer. From now on the session's journal belongs to the loop's thread.</summary>
    /// <param name="session">The open journal.</param>
    /// <param name="wake">Wakes the loop to take an outcome. Called on the writer's thread.</param>
    public static JournalThread Start(JournalSession session, Action wake)
    {
        var thread = new JournalThread(session);
        session.Journal.Submitted = () => thread._signal.Set();
        session.Writer.OutcomeReady = wake;
        thread._thread.Start();
        return thread;
    }

    /// <summary>
    /// Writes the remaining events, closes the session and ends the thread. Call it on the loop's thread, or after that has ended. If it
    /// returns true, the caller owns the journal again and can still take outcomes.
    /// </summary>
    /// <param name="patience">How long to wait for the disk.</param>
    /// <returns>False when the disk took longer. The journal then belongs to its thread, which ends
    /// with the process, and the end is not clean.</returns>
    public bool Close(TimeSpan patience)
    {
        if (!Volatile.Read(ref _isStopping))
        {
            _session.Journal.Submitted = null;
            Volatile.Write(ref _isStopping, true);
            _signal.Set();
        }

        return _thread.Join(patience);
    }

    /// <summary>Closes the journal, however long the disk takes.</summary>
    public void Dispose()
    {
        Close(Timeout.InfiniteTimeSpan);
        _signal.Dispose();
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            if (!_session.Writer.Step())
            {
                _signal.WaitOne(_session.Writer.Pause);
            }
        }

        // From here on this thread owns the loop's side as well, because the closing thread waits and does not use it.
        _session.Writer.OutcomeReady = null;
        _session.Close();
    }
}
