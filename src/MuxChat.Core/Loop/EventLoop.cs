using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// The event loop: one thread that serves every client. A tick waits, accepts, reads, runs commands, fires timers, writes every dirty
/// outbox once, and reaps the doomed connections.
/// </summary>
/// <remarks>
/// The thread that calls <see cref="Run"/> owns everything here; other threads may call only <see cref="RequestStop"/>. The loop blocks
/// nowhere except in the network's wait. It runs over any <see cref="INetwork"/>: real or simulated sockets, on a real or virtual clock.
/// </remarks>
public sealed class EventLoop
{
    private const int ReadyPerTick = 1024;

    private readonly LoopContext _loop;
    private readonly ConnectionTable _table = new();
    private readonly Acceptor _acceptor;
    private readonly DatagramListener?[] _datagrams;
    private readonly Coalescer _coalescer;
    private readonly MetricSet _metrics;
    private readonly ILoopObserver _observer;
    private readonly Readiness[] _ready = new Readiness[ReadyPerTick];
    private volatile bool _stopRequested;
    private bool _draining;

    /// <summary>Creates a loop over a network whose listeners are open.</summary>
    /// <param name="network">The source of channels. The loop does not dispose it.</param>
    /// <param name="listenerProtocols">The protocol of each listener's clients, by listener; null to detect it.</param>
    /// <param name="shared">The state that all clients share.</param>
    /// <param name="limits">The loop's limits, which may be replaced; see <see cref="ServerLimits"/>.</param>
    /// <param name="metrics">The set in which the loop counts.</param>
    /// <param name="observer">Receives the events that go to the log.</param>
    /// <param name="datagrams">The service of each listener of datagrams, by listener; null if there is none.</param>
    /// <param name="watch">Those who watch the loop; null if no client can.</param>
    public EventLoop(
        INetwork network,
        IProtocol?[] listenerProtocols,
        ClientContext shared,
        Replaceable<LoopLimits> limits,
        MetricSet metrics,
        ILoopObserver observer,
        IDatagramService?[]? datagrams = null,
        LoopWatch? watch = null)
    {
        _loop = new LoopContext(network, shared, limits);
        _datagrams = [.. listenerProtocols.Select((_, listener) => datagrams?[listener] is { } service
            ? new DatagramListener(_loop, listener, service, observer) : null)];
        _acceptor = new Acceptor(_loop, _table, listenerProtocols, observer);
        _coalescer = new Coalescer(_loop);
        _metrics = metrics;
        _metrics.Io.Text = network.IoName;
        _metrics.OnRefresh(CountClients);
        watch?.Attach(_loop, _table);
        _observer = observer;
    }

    /// <summary>Connections now, including those that are finishing.</summary>
    public int ConnectionCount => _table.Count;

    /// <summary>All connections, read-only, for a check of the loop from outside.</summary>
    internal ConnectionTable Connections => _table;

    /// <summary>Serves until a stop is requested and every client is gone.</summary>
    public void Run()
    {
        while (Tick())
        {
        }
    }

    /// <summary>
    /// Asks the loop to stop; callable from any thread. The loop closes its listeners and tells every client. It ends when all queued bytes
    /// are sent, at most <see cref="LoopLimits.FlushMs"/> plus <see cref="LoopLimits.LingerMs"/> later.
    /// </summary>
    public void RequestStop()
    {
        _stopRequested = true;
        _loop.Network.Wake();
    }

    /// <summary>Runs one turn. Returns false when the loop has stopped.</summary>
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
        _loop.BeginTick();
        var startUs = clock.ReadMicroseconds();
        _loop.Recorder.Begin(waitUs, startUs - waitUs, count);
        if (_stopRequested && !_draining)
        {
            BeginDrain();
        }

        CollectOutcomes();
        Dispatch(_ready.AsSpan(0, count));
        FireTimers();

        // Submit early, so that the disk works while the loop writes to the clients.
        Submit();
        FlushAndReap();
        _loop.Recorder.End();
        _metrics.Ticks.Increment();
        _metrics.Io.Text = _loop.Network.IoName;
        var workedUs = clock.ReadMicroseconds() - startUs;
        _metrics.LongestTick.Raise(workedUs);
        _metrics.TickWork.Record(workedUs);
        _metrics.TickWait.Record(startUs - waitUs);
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
                    Serve(listener);
                }
            }
            else if (_table.Find(one.Token) is { } connection)
            {
                _loop.Serve(connection, static (connection, flags) => connection.OnReady(flags), one.Flags, "serving");
            }
        }
    }

    private void Serve(int listener)
    {
        var phase = _loop.Recorder.Enter(TickPhase.Accept);
        if (_datagrams[listener] is { } datagrams)
        {
            datagrams.OnReady();
        }
        else
        {
            _acceptor.Accept(listener);
        }

        _loop.Recorder.Enter(phase);
    }

    // After an internal error, the next tick collects the rest.
    private void CollectOutcomes()
    {
        _loop.Errors.Try(static context => context.Acknowledgements.Collect(), _loop.Shared, "delivering the journal's answers");

        // After the goodbye, a client must receive nothing more.
        if (!_draining)
        {
            _loop.Errors.Try(static context => context.Hub.Operators.Collect(), _loop.Shared, "delivering answers to operators");
            _loop.Errors.Try(static context => context.Hub.Files.Collect(), _loop.Shared, "delivering what the store of files has done");
        }

        _loop.Errors.Try(static context => context.Hub.Programs.Collect(), _loop.Shared, "starting commands");
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
            else if (_draining)
            {
                // The listeners are closed.
                continue;
            }
            else if (entry is LoopWatch watch)
            {
                _loop.Errors.Try(static watch => watch.OnTimer(), watch, "reporting to those who watch the loop");
            }
            else if (entry is DatagramListener datagrams)
            {
                datagrams.Resume();
            }
            else
            {
                _acceptor.Resume();
            }
        }
    }

    // Write, resume the clients whose outbox is below its mark, and reap the doomed. Reaping sends events
    // to their rooms, so write again until nothing is left.
    private void FlushAndReap()
    {
        var flusher = _loop.Flusher;
        flusher.FlushAll();
        flusher.Resume();
        do
        {
            flusher.FlushAll();
            ReapDoomed();

            // Resumed commands and departures may have added events to the journal, so submit again. An answer
            // that the journal has at once goes out in this tick.
            Submit();
        }
        while (flusher.HasWork);
    }

    private void ReapDoomed()
    {
        var phase = _loop.Recorder.Enter(TickPhase.Reap);

        // Reaping sends events to rooms, but dooms no other connection: only a write to it can do that.
        foreach (var connection in _loop.Flusher.Doomed)
        {
            _loop.Serve(connection, static (connection, _) => connection.Reap(), 0, "announcing the end of");
            _table.Free(connection.Token);
            _acceptor.Release(connection.Peer);
            Count(connection.Client.Recipient.Closing.Reason);
            if (connection.Client.Recipient.Closing.Reason is CloseReason.HandshakeFailed or CloseReason.HandshakeTimeout)
            {
                _observer.OpeningFailed(connection.Peer, connection.Client.Recipient.Closing.Reason, connection.Channel.OpeningFault);
            }

            _observer.Closed(connection.Peer, connection.Client.NickForLog, connection.Client.Recipient.Closing.Reason,
                connection.Client.Recipient.UnsentBytes, _table.Count);
            _loop.Close(connection.Channel);
        }

        _loop.Flusher.Doomed.Clear();
        _loop.Recorder.Enter(phase);
    }

    private void Count(CloseReason reason)
    {
        _loop.Metrics.Disconnects.Increment((int)reason - 1);
        if (reason is CloseReason.SlowConsumer or CloseReason.OutputCap)
        {
            _loop.Metrics.SlowConsumers.Increment();
        }
        else if (reason is CloseReason.HandshakeFailed or CloseReason.HandshakeTimeout)
        {
            _loop.Metrics.Handshakes.Increment(reason == CloseReason.HandshakeFailed ? "failed" : "timed_out");
        }
    }

    private void CountClients() => ClientCensus.Count(_table, _loop.Metrics);

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
    /// Sets how long a loop under load holds before its next tick, so that more lines share one write per client.
    /// The kernel takes about as long for sixty lines as for one.
    /// </summary>
    /// <remarks>
    /// The loop holds only after a tick that worked long and hardly waited. A line that reaches an idle loop is never held. Invariant: a
    /// hold is at most the limit, and at most 1/<see cref="WorkPerHold"/> of the work before it, so that it costs almost no capacity.
    /// </remarks>
    private sealed class Coalescer(LoopContext loop)
    {
        private const int MinWorkUs = 1000;
        private const int WorkPerHold = 16;
        private const int WorkPerWait = 8;

        /// <summary>The hold before the next tick, in microseconds; 0 for none.</summary>
        public int HoldUs { get; private set; }

        /// <summary>Records how long a tick waited and then worked, in microseconds.</summary>
        public void Note(long waitedUs, long workedUs) =>
            HoldUs = workedUs >= MinWorkUs && waitedUs <= workedUs / WorkPerWait
                ? (int)Math.Min(loop.Limits.CoalesceUs, workedUs / WorkPerHold)
                : 0;
    }
}

/// <summary>Receives the loop's events that an admin may want to see. The serving thread calls it, so it must not block.</summary>
public interface ILoopObserver
{
    /// <summary>The loop accepted a client.</summary>
    void Accepted(IPeer peer, int clients);

    /// <summary>The loop closed a connection, and dropped this many unsent bytes.</summary>
    void Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients);

    /// <summary>
    /// A connection could not open; <see cref="Closed"/> follows. The last argument is a phrase for the log, empty if it was late.
    /// </summary>
    void OpeningFailed(IPeer peer, CloseReason reason, string why);

    /// <summary>The loop turned a client away: the server is full, or the address exceeds its limits.</summary>
    void TurnedAway(IPeer peer, ErrorCode why, int clients);

    /// <summary>A datagram was dropped. The reason is a verb phrase for the log.</summary>
    void DatagramDropped(IPeer sender, string why);

    /// <summary>Receiving datagrams pauses on one listener, because its socket failed in every call.</summary>
    void DatagramsPaused(int pauseMs);

    /// <summary>Accepting pauses because no descriptors are left.</summary>
    void AcceptPaused(int pauseMs, int clients);

    /// <summary>The server stops accepting clients and begins to drain.</summary>
    void Draining(int clients);
}
