namespace MuxChat.Storage;

/// <summary>
/// The thread on which the journal's writer works, and nothing else: it waits until there is something to do, and does it. All that is worth testing is in
/// <see cref="JournalWriter"/>.
/// </summary>
public sealed class JournalThread : IDisposable
{
    private readonly JournalSession _session;
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private bool _isStopping;
    private bool _isClosed;

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
    /// Ends the thread, writes what is left and closes the session, on the calling thread, which must be the loop's or come after it. It waits for the disk.
    /// </summary>
    public void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        Volatile.Write(ref _isStopping, true);
        _signal.Set();
        _thread.Join();
        _session.Journal.Submitted = null;
        _session.Writer.OutcomeReady = null;
        _session.Close();
        _signal.Dispose();
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => Close();

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            if (!_session.Writer.Step())
            {
                _signal.WaitOne(Housekeeping.Interval);
            }
        }
    }
}
