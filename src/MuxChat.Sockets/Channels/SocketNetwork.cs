using System.Net.Sockets;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;

namespace MuxChat.Sockets.Channels;

/// <summary>The operating system's sockets as the event loop's network. Owns the poller and the listeners.</summary>
public sealed class SocketNetwork : INetwork
{
    private readonly IPoller _poller;
    private readonly Socket[] _listeners;
    private bool _listenersClosed;

    /// <summary>Takes over a poller and listening sockets.</summary>
    public SocketNetwork(IPoller poller, IReadOnlyList<Socket> listeners)
    {
        _poller = poller;
        _listeners = [.. listeners];
        for (var i = 0; i < _listeners.Length; i++)
        {
            _listeners[i].Blocking = false;
            _poller.Add(_listeners[i], Token.ForListener(i), Interest.Read);
        }
    }

    /// <inheritdoc/>
    public string IoName => _poller.Name;

    /// <inheritdoc/>
    public int ListenerCount => _listeners.Length;

    /// <inheritdoc/>
    public int Wait(int timeoutMs, Span<Readiness> ready) => _poller.Wait(timeoutMs, ready);

    /// <inheritdoc/>
    public void Hold(int microseconds) => ShortSleep.Sleep(microseconds);

    /// <inheritdoc/>
    public void Wake() => _poller.Wake();

    /// <inheritdoc/>
    public AcceptStatus Accept(int listener, out IChannel? channel)
    {
        channel = null;
        var socket = _listeners[listener];
        try
        {
            // Accept on an empty queue throws, at the price of some fifty polls.
            if (!socket.Poll(0, SelectMode.SelectRead))
            {
                return AcceptStatus.WouldBlock;
            }

            channel = new SocketChannel(socket.Accept());
            return AcceptStatus.Accepted;
        }
        catch (SocketException error)
        {
            if (error.SocketErrorCode == SocketError.WouldBlock)
            {
                return AcceptStatus.WouldBlock;
            }

            return ClientSockets.IsPassing(error.SocketErrorCode) ? AcceptStatus.Failed : AcceptStatus.OutOfDescriptors;
        }
    }

    /// <inheritdoc/>
    public void SetListening(int listener, bool isListening)
    {
        if (!_listenersClosed)
        {
            _poller.SetInterest(_listeners[listener], Token.ForListener(listener), isListening ? Interest.Read : Interest.None);
        }
    }

    /// <inheritdoc/>
    public void CloseListeners()
    {
        if (_listenersClosed)
        {
            return;
        }

        _listenersClosed = true;
        foreach (var listener in _listeners)
        {
            _poller.Remove(listener);
            listener.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Add(IChannel channel, Token token, Interest interest)
    {
        var socket = SocketOf(channel);

        // Only now, since many may be turned away. A client that was reset while it waited takes no options: the first read will say so.
        ClientSockets.TryPrepare(socket);
        _poller.Add(socket, token, interest);
    }

    /// <inheritdoc/>
    public void SetInterest(IChannel channel, Token token, Interest interest) => _poller.SetInterest(SocketOf(channel), token, interest);

    /// <inheritdoc/>
    public void Remove(IChannel channel) => _poller.Remove(SocketOf(channel));

    /// <inheritdoc/>
    public void Close(IChannel channel)
    {
        var socket = SocketOf(channel);
        _poller.Remove(socket);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseListeners();
        _poller.Dispose();
    }

    private static Socket SocketOf(IChannel channel) => ((SocketChannel)channel).Socket;
}
