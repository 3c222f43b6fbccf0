using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.Core.Loop;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Wires;
using MuxChat.Sockets.Polling;

namespace MuxChat.LoadTests.Clients;

/// <summary>
/// Thousands of simulated clients on one thread: connects them, reads and checks what they are sent, and measures
/// from the moment each line was due.
/// </summary>
internal sealed class Swarm : IDisposable
{
    private const int ScratchBytes = 256 * 1024;
    private const int EventsAtOnce = 1024;

    private readonly IPoller _poller = Pollers.Create(Pollers.HasEpoll ? "epoll" : "select");
    private readonly Readiness[] _ready = new Readiness[EventsAtOnce];
    private readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(ScratchBytes, pinned: true);
    private readonly Dictionary<int, SentLog> _sent = [];
    private readonly IPEndPoint _server;
    private readonly Func<int, IWire> _wires;
    private readonly bool _hasOneOrder;
    private readonly int _loginsAtOnce;
    private readonly long _started = Stopwatch.GetTimestamp();
    private uint _generation;
    private long _arrivedUs;
    private long _waitedUs;
    private long _pumpedUs;
    private long _fromUs = long.MaxValue;
    private long _toUs = long.MaxValue;

    /// <param name="server">Where the clients connect to.</param>
    /// <param name="payloadBytes">Bytes in a line.</param>
    /// <param name="transport">What their connections carry; null for lines.</param>
    public Swarm(IPEndPoint server, int payloadBytes, Transport? transport = null)
    {
        _server = server;
        transport ??= Transport.Tcp;
        _wires = transport.Wires();
        _hasOneOrder = transport.HasOneOrder;
        _loginsAtOnce = transport.LoginsAtOnce;
        Body = new LineBody(payloadBytes);
    }

    public LineBody Body { get; }

    public AuditCounts Counts { get; } = new();

    /// <summary>Every client ever connected, by index; closed ones stay.</summary>
    public List<LoadClient> Clients { get; } = [];

    /// <summary>
    /// Latency of each delivery of a line that was due while it was measured, in microseconds: also of those that come after the end.
    /// </summary>
    public Histogram Latency { get; } = new();

    /// <summary>From when each client was to connect until it was in its room, in microseconds.</summary>
    public Histogram Logins { get; } = new();

    /// <summary>How late lines were said, in microseconds, against the moment they were due, while it was measured.</summary>
    public Histogram Lag { get; } = new();

    public long BytesReceived { get; private set; }

    /// <summary>Microseconds in which the swarm had nothing to do but wait, since it was made.</summary>
    public long WaitedUs => _waitedUs;

    /// <summary>
    /// The longest time, while it was measured, in which the swarm stood still: work between two waits, or a wait that was too long.
    /// Only a stopped process, or one that did not get a processor, stands still for long.
    /// </summary>
    public long LongestPauseUs { get; private set; }

    /// <summary>Errors of the server's, by text, for the report.</summary>
    public Dictionary<string, int> Errors { get; } = [];

    /// <summary>When the bytes that are worked on now had arrived, on the swarm's clock.</summary>
    public long ArrivedUs => _arrivedUs;

    /// <summary>Called for each line of the server's own (those that begin with a star).</summary>
    public Action<LoadClient, ReadOnlyMemory<byte>>? ServerLine { get; set; }

    /// <summary>Called for each line that an audited client hears: who said it, and its number.</summary>
    public Action<int, int>? Heard { get; set; }

    /// <summary>Microseconds since the swarm was made.</summary>
    public long NowUs() => (long)Stopwatch.GetElapsedTime(_started).TotalMicroseconds;

    /// <summary>From now on, lines that are due are measured.</summary>
    public void StartMeasuring()
    {
        Latency.Clear();
        Lag.Clear();
        LongestPauseUs = 0;
        (_fromUs, _toUs) = (NowUs(), long.MaxValue);
        _pumpedUs = _fromUs;
    }

    /// <summary>
    /// Lines that are due from that moment on are not measured; those that were due before still are, whenever they come.
    /// </summary>
    public void StopMeasuring(long atUs) => _toUs = atUs;

    /// <summary>Begins to connect one client; its first lines go as soon as it is. It is ready once its room has it.</summary>
    /// <param name="firstLines">Lines, each ended by LF; a ping with the token <c>ready</c> is added.</param>
    /// <param name="isAudited">Whether it keeps a book.</param>
    /// <param name="dueUs">When it was to come; now, if it is not given.</param>
    public LoadClient Connect(string firstLines, bool isAudited = true, long? dueUs = null)
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        var index = Clients.Count;
        var client = new LoadClient(this, _wires(index), index, socket, new Token(index, ++_generation))
        {
            IsAudited = isAudited,
            DueUs = dueUs ?? NowUs(),
            IsConnecting = !TryConnect(socket),
        };
        if (IsMeasured(client.DueUs))
        {
            Lag.Record(NowUs() - client.DueUs);
        }

        Clients.Add(client);
        _poller.Add(socket, client.Token, client.Wanted);
        client.Begin();
        client.Send(Encoding.UTF8.GetBytes(firstLines + "/ping ready\n"));
        return client;
    }

    /// <summary>Connects so many clients, a bounded number at once, and waits until all are in.</summary>
    /// <exception cref="LoadException">They did not get in within the time.</exception>
    public IReadOnlyList<LoadClient> Login(int count, Func<int, string> firstLines, TimeSpan limit, bool isAudited = true)
    {
        var first = Clients.Count;
        var waiting = new Queue<LoadClient>();
        var deadline = NowUs() + (long)limit.TotalMicroseconds;
        while (Clients.Count - first < count || waiting.Count > 0)
        {
            while (Clients.Count - first < count && waiting.Count < _loginsAtOnce)
            {
                waiting.Enqueue(Connect(firstLines(Clients.Count), isAudited));
            }

            Pump(10);
            while (waiting.TryPeek(out var next) && (next.IsReady || next.IsClosed))
            {
                waiting.Dequeue();
                if (next.IsClosed)
                {
                    throw new LoadException($"client {next.Index - first + 1} of {count} was rejected"
                        + (Errors.Count > 0 ? FirstError() : ": the server closed its connection before it was in its room"));
                }
            }

            if (NowUs() > deadline)
            {
                throw new LoadException(
                    $"only {Clients.Count - first - waiting.Count} of {count} clients logged in "
                        + $"within {limit.TotalSeconds:0} s{FirstError()}");
            }
        }

        return Clients[first..];
    }

    /// <summary>Says the client's next line, which was due at the given moment.</summary>
    /// <param name="sender">Who says it.</param>
    /// <param name="dueUs">Its latency counts from then.</param>
    /// <param name="freeUs">The load's own delay counts from then: before it, too much was on its way. The due moment if not given.</param>
    public void Say(LoadClient sender, long dueUs, long? freeUs = null)
    {
        Span<byte> line = stackalloc byte[Body.PayloadBytes + 1];
        var number = sender.NextNumber++;
        var length = Body.Write(sender.Index, number, line);
        line[length] = (byte)'\n';
        if (!_sent.TryGetValue(sender.Index, out var log))
        {
            _sent[sender.Index] = log = new SentLog(() => OldestAwaited(sender.Index));
        }

        if (IsMeasured(dueUs))
        {
            Lag.Record(NowUs() - (freeUs ?? dueUs));
        }

        log.Note(number, dueUs);
        sender.Send(line);
    }

    /// <summary>Waits for readiness, at most so many milliseconds, and serves what is ready.</summary>
    public void Pump(int timeoutMs)
    {
        var waitUs = NowUs();
        var count = _poller.Wait(timeoutMs, _ready);
        var doneUs = NowUs();
        _waitedUs += doneUs - waitUs;
        if (IsMeasured(doneUs))
        {
            LongestPauseUs = Math.Max(LongestPauseUs, Math.Max(waitUs - _pumpedUs, doneUs - waitUs - (timeoutMs * 1000)));
        }

        _pumpedUs = doneUs;
        for (var i = 0; i < count; i++)
        {
            var client = Clients[_ready[i].Token.Index];
            if (!client.IsClosed && client.HasUnsent && (_ready[i].Flags & ReadinessFlags.Writable) != 0)
            {
                client.OnWritable();
            }

            if (!client.IsClosed && (_ready[i].Flags & (ReadinessFlags.Readable | ReadinessFlags.Error)) != 0)
            {
                client.OnReadable(_scratch);
            }
        }
    }

    /// <summary>
    /// The same until something is due, at most a millisecond. A wait is at least so long: with less time than that, the swarm only looks.
    /// </summary>
    public void PumpBefore(long dueUs) => Pump(dueUs - NowUs() < 1000 ? 0 : 1);

    /// <summary>Ends the current or the next wait of <see cref="Pump"/>; the one member for other threads.</summary>
    public void Wake() => _poller.Wake();

    /// <summary>Pumps until the condition holds or the time is over; returns whether it holds.</summary>
    public bool PumpUntil(Func<bool> condition, TimeSpan limit)
    {
        var deadline = NowUs() + (long)limit.TotalMicroseconds;
        while (!condition() && NowUs() < deadline)
        {
            Pump(5);
        }

        return condition();
    }

    /// <summary>Closes every book with what each sender has sent.</summary>
    public void CloseLedgers()
    {
        var sent = Clients.Select(client => client.NextNumber).ToArray();
        var ledgers = Clients.Where(client => client.Reads && !client.IsLeaving).Select(client => client.Ledger).ToList();
        ledgers.ForEach(ledger => ledger.Close(sent));
        if (_hasOneOrder)
        {
            RoomOrder.Compare(ledgers, Counts);
        }
    }

    public void Dispose()
    {
        foreach (var client in Clients)
        {
            client.Close(expected: true);
        }

        _poller.Dispose();
    }

    internal void UpdateInterest(LoadClient client) => _poller.SetInterest(client.Socket, client.Token, client.Wanted);

    internal void Remove(LoadClient client) => _poller.Remove(client.Socket);

    internal void OnDelivered(int sender, int number)
    {
        Heard?.Invoke(sender, number);
        if (_fromUs != long.MaxValue && _sent.TryGetValue(sender, out var log) && log.TryFind(number, out var dueUs) && IsMeasured(dueUs))
        {
            Latency.Record(_arrivedUs - dueUs);
        }
    }

    // Each read has its own moment: what comes while the swarm works on other clients is not stamped too early.
    internal void NoteArrival(int bytes)
    {
        BytesReceived += bytes;
        _arrivedUs = NowUs();
    }

    internal long OnReady(LoadClient client)
    {
        Logins.Record(_arrivedUs - client.DueUs);
        return _arrivedUs;
    }

    internal void OnServerLine(LoadClient client, ReadOnlySpan<byte> line)
    {
        if (ServerLine is not null)
        {
            ServerLine(client, line.ToArray());
        }
    }

    internal void NoteError(string text)
    {
        Counts.Refused++;
        Errors[text] = Errors.GetValueOrDefault(text) + 1;
    }

    // On loopback a connection is often made at once; otherwise the poller tells.
    private bool TryConnect(Socket socket)
    {
        try
        {
            socket.Connect(_server);
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The only way in which the base library says that a connection is in progress.
            return false;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new LoadException($"cannot connect to {_server}: {new SocketException((int)error.SocketErrorCode).Message}");
        }
    }

    private bool IsMeasured(long dueUs) => dueUs >= _fromUs && dueUs < _toUs;

    private int OldestAwaited(int sender) => Clients.Where(static client => client is { IsClosed: false, Reads: true, IsAudited: true })
        .Select(client => client.Ledger.NextOf(sender)).DefaultIfEmpty(int.MaxValue).Min();

    private string FirstError() => Errors.Count == 0 ? "" : $": {Errors.First().Key}";
}
