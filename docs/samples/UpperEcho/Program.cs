// A server of your own on MuxChat.Core and MuxChat.Sockets: it sends each line back, its ASCII letters in upper case.
// Start it:  dotnet run --project docs/samples/UpperEcho 7007     and talk to it:  nc 127.0.0.1 7007
// This file is the loop, which knows who is ready and nothing of lines; EchoClient.cs is one client, which knows nothing of the others.
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using MuxChat.Core.Buffers;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using UpperEcho;

if (args is not [var word] || !ushort.TryParse(word, out var port))
{
    Console.Error.WriteLine("UpperEcho needs one port, 0 to 65535 (0 takes a free one): UpperEcho 7007");
    return 2;
}

Socket listener;
try
{
    listener = Listeners.Open(new IPEndPoint(IPAddress.Loopback, port));
}
catch (SocketException error)
{
    Console.Error.WriteLine($"UpperEcho cannot listen on 127.0.0.1:{port}: {error.Message}");
    return 2;
}

// "auto" is select for a few clients and epoll for many. The network owns the poller and the listener.
using var network = new SocketNetwork(Pollers.Create("auto"), [listener]);
var loop = new EchoLoop(network, new SegmentPool());
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, loop.Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, loop.Stop);
Console.WriteLine($"listening on {listener.LocalEndPoint}");
loop.Run();
return 0;

/// <summary>Serves every client on one thread: accepts, waits, and gives each ready client its turn.</summary>
internal sealed class EchoLoop(INetwork network, SegmentPool pool)
{
    // Without descriptors accept fails, and would fail again at once because the listener stays ready. So the loop pauses accepting.
    private const int AcceptPauseMs = 1000;

    // A bound for each turn, so that a storm of new clients does not starve those that are there.
    private const int AcceptsPerTick = 64;

    // A stop waits this long for clients that do not read their last lines.
    private const int StopMs = 2000;

    // A token is never used again. A descriptor's number is, and an event for the old client would then reach the new one.
    private readonly Dictionary<Token, EchoClient> _clients = [];
    private readonly Readiness[] _ready = new Readiness[256];
    private readonly EchoBuffers _buffers = new(pool, new SegmentWriter(pool), new byte[64 * 1024]);
    private uint _lastToken;
    private long _acceptMs = long.MaxValue;
    private volatile bool _isStopping;

    // Signals arrive on a thread of their own. It sets a flag and wakes the loop, and touches nothing else.
    public void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _isStopping = true;
        network.Wake();
    }

    public void Run()
    {
        while (!_isStopping)
        {
            Tick(_acceptMs);
        }

        // No new clients; the others get what is queued for them, and then the end.
        network.CloseListeners();
        var endMs = Environment.TickCount64 + StopMs;
        foreach (var client in _clients.Values.ToList())
        {
            client.End();
            Serve(client, ReadinessFlags.None);
        }

        while (_clients.Count > 0 && Environment.TickCount64 < endMs)
        {
            Tick(endMs);
        }

        _clients.Values.ToList().ForEach(Close);
    }

    // The one place that waits: for ever, or until something is due. Polling is level-triggered, so what a turn leaves is reported again.
    private void Tick(long dueMs)
    {
        var timeoutMs = dueMs == long.MaxValue ? -1 : (int)Math.Max(0, dueMs - Environment.TickCount64);
        foreach (var (token, flags) in _ready.AsSpan(0, network.Wait(timeoutMs, _ready)))
        {
            if (token.IsListener(out var listener))
            {
                Accept(listener);
            }
            else if (_clients.TryGetValue(token, out var client))
            {
                Serve(client, flags);
            }
        }

        if (Environment.TickCount64 >= _acceptMs)
        {
            _acceptMs = long.MaxValue;
            network.SetListening(0, true); // There is one listener.
        }
    }

    private void Accept(int listener)
    {
        for (var i = 0; i < AcceptsPerTick; i++)
        {
            switch (network.Accept(listener, out var channel))
            {
                case AcceptStatus.Accepted:
                    var token = new Token(0, ++_lastToken);
                    _clients.Add(token, new EchoClient(network, channel!, token, _buffers));
                    break;
                case AcceptStatus.OutOfDescriptors:
                    network.SetListening(listener, false);
                    _acceptMs = Environment.TickCount64 + AcceptPauseMs;
                    return;
                case AcceptStatus.WouldBlock:
                    return;
            }
        }
    }

    private void Serve(EchoClient client, ReadinessFlags flags)
    {
        if (!client.TakeTurn(flags))
        {
            Close(client);
        }
    }

    private void Close(EchoClient client)
    {
        _clients.Remove(client.Token);
        client.Close();
    }
}
