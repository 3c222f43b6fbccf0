using System.Net;
using MuxChat.Comparison.Threaded;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Sockets.Listening;
using MuxChat.Testing.Clients;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>A chat with threads for every client, in this process and over real sockets. Its end is part of every test.</summary>
internal sealed class ThreadedChat : IDisposable
{
    private readonly ChatParts _parts;
    private readonly ThreadedServer _server;
    private readonly Background _thread;
    private bool _isStopped;

    public ThreadedChat(LoopLimits? limits = null, ChatParts? parts = null, IProtocol? protocol = null, IJournal? journal = null)
    {
        _parts = parts ?? new ChatParts(journal: journal);
        var listener = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _server = new ThreadedServer([listener], [protocol ?? _parts.Line], _parts.Shared, limits ?? new LoopLimits(),
            _parts.Observer);
        _thread = Background.Start("the threaded server", _server.Run);
    }

    public IPEndPoint EndPoint { get; }

    public SignallingObserver Observer => _parts.Observer;

    public LineClient Connect(int receiveBufferBytes = 0) => new(EndPoint, receiveBufferBytes);

    public void RequestStop() => _server.RequestStop();

    /// <summary>Stops it and waits for the end, which must come.</summary>
    public void Stop()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _server.RequestStop();
            _thread.Finish();
        }
    }

    public void Dispose()
    {
        Stop();
        _server.Dispose();
        _server.RequestStop();
    }
}
