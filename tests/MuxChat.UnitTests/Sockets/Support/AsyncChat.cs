using System.Net;
using MuxChat.Comparison.Async;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Listening;
using MuxChat.Testing.Clients;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>A chat with async/await, in this process and over real sockets. Its end is part of every test.</summary>
internal sealed class AsyncChat : IDisposable
{
    private readonly AsyncServer _server;
    private readonly Background _thread;

    public AsyncChat(ChatParts parts)
    {
        var listener = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _server = new AsyncServer([listener], [parts.Line], parts.Shared, new LoopLimits(), parts.Observer);
        _thread = Background.Start("the async server", () => _server.RunAsync().GetAwaiter().GetResult());
    }

    public IPEndPoint EndPoint { get; }

    public LineClient Connect() => new(EndPoint);

    public void Dispose()
    {
        _server.RequestStop();
        _thread.Finish();
        _server.Dispose();
    }
}
