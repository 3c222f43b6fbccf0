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
    private const int LoginsAtOnce = 64;
    private const int EventsAtOnce = 1024;

    private readonly IPoller _poller = Pollers.Create(Pollers.HasEpoll ? "epoll" : "select");
    private readonly Readiness[] _ready = new Readiness[EventsAtOnce];
    private readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(ScratchBytes, pinned: true);
    private readonly Dictionary<int, SentLog> _sent = [];
    private readonly IPEndPoint _server;
    private readonly Func<int, IWire> _wires;
    private readonly long _started = Stopwatch.GetTimestamp();
    private uint _generation;
    private long _nowUs;

    /// <param name="server">Where the clients connect to.</param>
    /// <param name="payloadBytes">Bytes in a line.</param>
    /// <param name="transport">What their connections carry; null for lines.</param>
    public Swarm(IPEndPoint server, int payloadBytes, Transport? transport = null)
    {
        _server = server;
        _wires = (transport ?? Transport.Tcp).Wires();
        Body = new LineBody(payloadBytes);
    }

    public LineBody Body { get; }

    public AuditCounts Counts { get; } = new();

    /// <summary>Every client ever connected, by index; closed ones stay.</summary>
    public List<LoadClient> Clients { get; } = [];

    /// <summary>Latency of each delivery, in microseconds, while <see cref="IsMeasuring"/>.</summary>
    public Histogram Latency { get; } = new();

    public bool IsMeasuring { get; set; }

    public long BytesReceived { get; set; }

    /// <summary>Errors of the server's, by text, for the report.</summary>
    public Dictionary<string, int> Errors { get; } = [];

    /// <summary>Called for each line of the server's own (those that begin with a star).</summary>
    public Action<LoadClient, ReadOnlyMemory<byte>>? ServerLine { get; set; }

    /// <summary>Called for each line that an audited client hears: who said it, and its number.</summary>
    public Action<int, int>? Heard { get; set; }

    /// <summary>Microseconds since the swarm was made.</summary>
    public long NowUs() => (long)Stopwatch.GetElapsedTime(_started).TotalMicroseconds;

    /// <summary>Connects one client and sends its first lines. It is ready once its room has it.</summary>
    /// <param name="firstLines">Lines, each ended by LF; a ping with the token <c>ready</c> is added.</param>
    public LoadClient Connect(string firstLines, bool isAudited = true)
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(_server);
        socket.Blocking = false;
        var index = Clients.Count;
        var client = new LoadClient(this, _wires(index), index, socket, new Token(index, ++_generation))
        {
            IsAudited = isAudited,
        };
        Clients.Add(client);
        _poller.Add(socket, client.Token, Interest.Read);
        client.Begin();
        client.Send(Encoding.UTF8.GetBytes(firstLines + "/ping ready\n"));
        return client;
    }

    /// <summary>Connects so many clients, a bounded number at once, and waits until all are in.</summary>
    /// <exception cref="LoadException">They did not get in within the time.</exception>
    public void Login(int count, Func<int, string> firstLines, TimeSpan limit, Action<int>? progress = null)
    {
        var first = Clients.Count;
        var waiting = new Queue<LoadClient>();
        var deadline = NowUs() + (long)limit.TotalMicroseconds;
        while (Clients.Count - first < count || waiting.Count > 0)
        {
            while (Clients.Count - first < count && waiting.Count < LoginsAtOnce)
            {
                waiting.Enqueue(Connect(firstLines(Clients.Count)));
            }

            Pump(10);
            while (waiting.TryPeek(out var next) && (next.IsReady || next.IsClosed))
            {
                waiting.Dequeue();
                if (next.IsClosed)
                {
                    throw new LoadException($"client {next.Index - first + 1} of {count} was rejected{FirstError()}");
                }
            }

            progress?.Invoke(Clients.Count - first - waiting.Count);
            if (NowUs() > deadline)
            {
                throw new LoadException(
                    $"only {Clients.Count - first - waiting.Count} of {count} clients logged in "
                        + $"within {limit.TotalSeconds:0} s{FirstError()}");
            }
        }
    }

    /// <summary>Says the client's next line, which was due at the given moment.</summary>
    public void Say(LoadClient sender, long dueUs)
    {
        Span<byte> line = stackalloc byte[Body.PayloadBytes + 1];
        var number = sender.NextNumber++;
        var length = Body.Write(sender.Index, number, line);
        line[length] = (byte)'\n';
        if (!_sent.TryGetValue(sender.Index, out var log))
        {
            _sent[sender.Index] = log = new SentLog();
        }

        log.Note(number, dueUs);
        sender.Send(line);
    }

    /// <summary>Waits for readiness, at most so many milliseconds, and serves what is ready.</summary>
    public void Pump(int timeoutMs)
    {
        var count = _poller.Wait(timeoutMs, _ready);
        _nowUs = NowUs();
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
        RoomOrder.Compare(ledgers, Counts);
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
        if (IsMeasuring && _sent.TryGetValue(sender, out var log))
        {
            Latency.Record(_nowUs - log.DueUs(number));
        }
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

    private string FirstError() => Errors.Count == 0 ? "" : $": {Errors.First().Key}";
}
