using System.Net.Sockets;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;

namespace MuxChat.Sockets.Channels;

/// <summary>The event loop's network over the operating system's sockets. Owns the poller and the listeners.</summary>
public sealed class SocketNetwork : INetwork
{
    private readonly IPoller _poller;
    private readonly Socket[] _listeners;
    private readonly DatagramSocket?[] _datagrams;
    private readonly LocalUsers _users;
    private readonly TrustedPeers _trusted;
    private readonly Func<int, IChannel, IChannel>? _wrap;
    private bool _listenersClosed;

    /// <summary>Takes ownership of a poller and of listening sockets, and registers the listeners.</summary>
    /// <param name="poller">The poller.</param>
    /// <param name="listeners">The sockets: listening ones, and UDP sockets.</param>
    /// <param name="users">Tells the users of Unix sockets; null for one without operators.</param>
    /// <param name="trusted">Tells the proxies and gateways; null for none.</param>
    /// <param name="wrap">Puts layers, such as TLS, over an accepted channel of a listener, by its number; null for none.</param>
    public SocketNetwork(
        IPoller poller,
        IReadOnlyList<Socket> listeners,
        LocalUsers? users = null,
        TrustedPeers? trusted = null,
        Func<int, IChannel, IChannel>? wrap = null)
    {
        _poller = poller;
        _wrap = wrap;
        _trusted = trusted ?? TrustedPeers.None;
        _users = users ?? new LocalUsers(new HashSet<uint>());
        _listeners = [.. listeners];
        _datagrams = [.. listeners.Select(static socket => socket.SocketType == SocketType.Dgram ? new DatagramSocket(socket) : null)];
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
    public IDatagramChannel? DatagramsOf(int listener) => _datagrams[listener];

    /// <inheritdoc/>
    public AcceptStatus Accept(int listener, out IChannel? channel)
    {
        channel = null;
        var socket = _listeners[listener];
        try
        {
            // Accept throws on an empty queue, which costs as much as about fifty polls.
            if (!socket.Poll(0, SelectMode.SelectRead))
            {
                return AcceptStatus.WouldBlock;
            }

            channel = ChannelOf(socket.Accept(), listener);
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

        // Prepare only admitted sockets, since many may be turned away. Options fail for a client that was
        // reset meanwhile; its first read will report that.
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
        try
        {
            for (var layer = channel as IChannelLayer; layer is not null; layer = layer.Below as IChannelLayer)
            {
                layer.Dispose();
            }
        }
        finally
        {
            // A socket that stayed would be ready for ever.
            var socket = SocketOf(channel);
            _poller.Remove(socket);
            socket.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseListeners();
        _poller.Dispose();
    }

    private IChannel ChannelOf(Socket accepted, int listener)
    {
        try
        {
            IChannel channel = new SocketChannel(accepted, _users, _trusted);
            channel = _trusted.IsProxy(channel.Internet) ? new ProxyChannel(channel) : channel;
            return _wrap is null ? channel : _wrap(listener, channel);
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }

    private static Socket SocketOf(IChannel channel)
    {
        while (channel is IChannelLayer layer)
        {
            channel = layer.Below;
        }

        return ((SocketChannel)channel).Socket;
    }
}
