namespace MuxChat.Storage;

/// <summary>
/// The thread on which the journal's writer works, and nothing else: it waits until there is something to do, and does it. All that is
/// worth testing is in <see cref="JournalWriter"/>.
/// </summary>
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
    /// <param name="wake">Wakes the loop: there is an outcome. Called on the writer's thread.</param>
    public static JournalThread Start(JournalSession session, Action wake)
    {
        var thread = new JournalThread(session);
        session.Journal.Submitted = () => thread._signal.Set();
        session.Writer.OutcomeReady = wake;
        thread._thread.Start();
        return thread;
    }

    /// <summary>
    /// Writes what is left, closes the session and ends the thread. The caller is the loop's thread, or comes after it; the journal is its
    /// own again when this returns true, and outcomes can still be taken.
    /// </summary>
    /// <param name="patience">How long to wait for the disk.</param>
    /// <returns>False when the disk took longer: then the journal belongs to its thread, which ends with the process, and
    /// the end is not clean.</returns>
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

    /// <summary>Closes it, however long the disk takes.</summary>
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

        // From here on the loop's side is this thread's too: whoever closes waits, and does not touch it.
        _session.Writer.OutcomeReady = null;
        _session.Close();
    }
}
