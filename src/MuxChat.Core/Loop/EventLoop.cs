using MuxChat.Core.Clients;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// The loop: one thread that serves every client. A tick waits, accepts, reads and carries out, looks at the timers, writes every dirty
/// outbox once, and closes the doomed.
/// </summary>
/// <remarks>
/// Everything it owns belongs to the thread that calls <see cref="Run"/>, but for <see cref="RequestStop"/>. It never waits but in the
/// network's wait. It runs over any <see cref="INetwork"/>: real sockets or simulated ones, on a real clock or a virtual one.
/// </remarks>
public sealed class EventLoop
{
    private const int ReadyPerTick = 1024;

    private readonly LoopContext _loop;
    private readonly ConnectionTable _table = new();
    private readonly Acceptor _acceptor;
    private readonly Coalescer _coalescer;
    private readonly MetricSet _metrics;
    private readonly ILoopObserver _observer;
    private readonly Readiness[] _ready = new Readiness[ReadyPerTick];
    private volatile bool _stopRequested;
    private bool _draining;

    /// <summary>Creates a loop over a network whose listeners are open.</summary>
    /// <param name="network">Where the channels come from. The loop does not dispose of it.</param>
    /// <param name="listenerProtocols">What each listener's clients speak, by listener; null to find out.</param>
    /// <param name="shared">What all clients share.</param>
    /// <param name="limits">The loop's limits, which may be replaced; see <see cref="ServerLimits"/>.</param>
    /// <param name="metrics">Where it keeps its figures.</param>
    /// <param name="observer">Who hears what an operator may want to know.</param>
    public EventLoop(
        INetwork network,
        IProtocol?[] listenerProtocols,
        ClientContext shared,
        Replaceable<LoopLimits> limits,
        MetricSet metrics,
        ILoopObserver observer)
    {
        _loop = new LoopContext(network, shared, limits);
        _acceptor = new Acceptor(_loop, _table, listenerProtocols, observer);
        _coalescer = new Coalescer(_loop);
        _metrics = metrics;
        _metrics.Io.Text = network.IoName;
        _observer = observer;
    }

    /// <summary>Connections at this moment, those that are finishing included.</summary>
    public int ConnectionCount => _table.Count;

    /// <summary>All connections, for whoever checks the loop from outside: to be read only.</summary>
    internal ConnectionTable Connections => _table;

    /// <summary>Serves until it was asked to stop and every client is gone.</summary>
    public void Run()
    {
        while (Tick())
        {
        }
    }

    /// <summary>
    /// Asks the loop to stop: it closes the listeners, tells every client, and ends when all have what was queued for them, at the latest
    /// after <see cref="LoopLimits.FlushMs"/> and <see cref="LoopLimits.LingerMs"/>. From any thread.
    /// </summary>
    public void RequestStop()
    {
        _stopRequested = true;
        _loop.Network.Wake();
    }

    /// <summary>One turn. Returns false when the loop has stopped.</summary>
    public bool Tick()
    {
        var clock = _loop.Shared.Clock;
        if (_coalescer.HoldUs > 0)
        {
            _loop.Network.Hold(_coalescer.HoldUs);
        }

        var waitUs = clock.ReadMicroseconds();
        var count = _loop.Network.Wait(TimeoutMs(), _ready);
        clock.Refresh();
        var startUs = clock.ReadMicroseconds();
        if (_stopRequested && !_draining)
        {
            BeginDrain();
        }

        CollectOutcomes();
        Dispatch(_ready.AsSpan(0, count));
        FireTimers();

        // Early, so that the disk works while the clients are written to.
        Submit();
        FlushAndReap();
        _metrics.Ticks.Increment();
        _metrics.Io.Text = _loop.Network.IoName;
        var workedUs = clock.ReadMicroseconds() - startUs;
        _metrics.LongestTick.Raise(workedUs);
        _coalescer.Note(startUs - waitUs, workedUs);
        return !_draining || _table.Count > 0;
    }

    private int TimeoutMs()
    {
        if (_loop.Flusher.Resumable.Count > 0)
        {
            return 0;
        }

        var dueMs = _loop.Timers.NextDueMs;
        return dueMs == long.MaxValue ? -1 : (int)Math.Clamp(dueMs - _loop.NowMs, 0, int.MaxValue);
    }

    private void Dispatch(ReadOnlySpan<Readiness> ready)
    {
        foreach (var one in ready)
        {
            if (one.Token.IsListener(out var listener))
            {
                if (!_draining)
                {
                    _acceptor.Accept(listener);
                }
            }
            else if (_table.Find(one.Token) is { } connection)
            {
                _loop.Serve(connection, static (connection, flags) => connection.OnReady(flags), one.Flags, "serving");
            }
        }
    }

    // What is left after a mistake is collected in the next tick.
    private void CollectOutcomes()
    {
        _loop.Errors.Try(static context => context.Acknowledgements.Collect(), _loop.Shared, "delivering the journal's answers");

        // Once everybody is told goodbye, nobody is told anything any more.
        if (!_draining)
        {
            _loop.Errors.Try(static context => context.Hub.Operators.Collect(), _loop.Shared, "delivering answers to operators");
        }
    }

    private void Submit() => _loop.Errors.Try(static context => context.Acknowledgements.Submit(), _loop.Shared,
        "submitting events to the journal");

    private void FireTimers()
    {
        while (_loop.Timers.TryTakeDue(_loop.NowMs, out var entry))
        {
            if (entry is Connection connection)
            {
                _loop.Serve(connection, static (connection, _) => connection.OnTimer(), 0, "running a timer of");
            }
            else if (!_draining)
            {
                _acceptor.Resume();
            }
        }
    }

    // Write, let those go on whose outbox has drained, and close the doomed; their rooms are told, so write
    // again until nothing is left to say.
    private void FlushAndReap()
    {
        var flusher = _loop.Flusher;
        flusher.FlushAll();
        flusher.Resume();
        do
        {
            flusher.FlushAll();
            ReapDoomed();

            // What the resumed went on with, and that rooms lost somebody, goes to the journal too; an answer that it has at once is
            // written in this tick.
            Submit();
        }
        while (flusher.HasWork);
    }

    private void ReapDoomed()
    {
        // Reaping tells rooms, and may not doom anyone else: that happens when they are written to.
        foreach (var connection in _loop.Flusher.Doomed)
        {
            _loop.Serve(connection, static (connection, _) => connection.Reap(), 0, "announcing the end of");
            _table.Free(connection.Token);
            _acceptor.Release(connection.Channel);
            _observer.Closed(connection.Channel, connection.Client.NickForLog, connection.Client.Recipient.Closing.Reason,
                connection.Client.Recipient.UnsentBytes, _table.Count);
            _loop.Close(connection.Channel);
        }

        _loop.Flusher.Doomed.Clear();
    }

    private void BeginDrain()
    {
        _draining = true;
        _loop.Network.CloseListeners();
        _observer.Draining(_table.Count);
        for (var place = 0; place < _table.Places; place++)
        {
            if (_table[place] is { } connection)
            {
                _loop.Serve(connection, static (connection, _) => connection.Stop(), 0, "stopping");
            }
        }
    }

    /// <summary>
    /// Tells how long a loop under load may look away before its next tick, so that more lines come together and go out with one write to
    /// each client: the kernel takes about as long for sixty lines as for one.
    /// </summary>
    /// <remarks>
    /// Only under load: after a tick that worked for long and that had next to nothing to wait for. A line that comes to a loop at
    /// leisure is never held back. Invariant: a hold is at most the limit, and at most <see cref="WorkPerHold"/>th of the work before it,
    /// so that it costs next to no capacity.
    /// </remarks>
    private sealed class Coalescer(LoopContext loop)
    {
        private const int MinWorkUs = 1000;
        private const int WorkPerHold = 16;
        private const int WorkPerWait = 8;

        /// <summary>How long to hold before the next tick, in microseconds; 0 for not at all.</summary>
        public int HoldUs { get; private set; }

        /// <summary>Says how a tick went: how long it waited and how long it then worked, in microseconds.</summary>
        public void Note(long waitedUs, long workedUs) =>
            HoldUs = workedUs >= MinWorkUs && waitedUs <= workedUs / WorkPerWait
                ? (int)Math.Min(loop.Limits.CoalesceUs, workedUs / WorkPerHold)
                : 0;
    }
}
