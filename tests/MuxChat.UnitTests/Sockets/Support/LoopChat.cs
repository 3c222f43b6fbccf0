using System.Net;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Clients;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>
/// A chat on one event loop, in this process, on a thread of its own and over real sockets. Its end is part of every test.
/// </summary>
internal sealed class LoopChat : IDisposable
{
    private readonly ChatParts _parts;
    private readonly INetwork _network;
    private readonly EventLoop _loop;
    private readonly Background _thread;
    private bool _isStopped;

    public LoopChat(IPoller poller, LoopLimits? limits = null, Func<INetwork, INetwork>? wrap = null, ChatParts? parts = null)
    {
        _parts = parts ?? new ChatParts();
        var listener = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        var network = new SocketNetwork(poller, [listener]);
        _network = wrap is null ? network : wrap(network);
        _loop = new EventLoop(_network, [_parts.Line], _parts.Shared, limits ?? new LoopLimits(), _parts.Figures, _parts.Observer);
        _thread = Background.Start("the event loop", _loop.Run);
    }

    public IPEndPoint EndPoint { get; }

    public SignallingObserver Observer => _parts.Observer;

    /// <summary>The poller in use, as the loop tells it.</summary>
    public string Io => _parts.Figures.Io.Text;

    public LineClient Connect() => new(EndPoint);

    public void RequestStop() => _loop.RequestStop();

    /// <summary>Stops it and waits for the loop's end, which must come.</summary>
    public void Stop()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _loop.RequestStop();
            _thread.Finish();
        }
    }

    public void Dispose()
    {
        Stop();
        _network.Dispose();
        _loop.RequestStop();
    }
}
