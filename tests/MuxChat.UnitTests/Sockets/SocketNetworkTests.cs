using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets;

public sealed class SocketNetworkTests : IDisposable
{
    private readonly Socket _listener = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly IPEndPoint _endPoint;
    private readonly SocketNetwork _network;
    private readonly Readiness[] _ready = new Readiness[8];

    public SocketNetworkTests()
    {
        _endPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _network = new SocketNetwork(Pollers.Create("select"), [_listener]);
    }

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Accept_on_an_empty_queue_would_block()
    {
        Assert.Equal(AcceptStatus.WouldBlock, _network.Accept(0, out var channel));
        Assert.Null(channel);
    }

    [Fact]
    public void Accept_after_a_client_came_gives_its_channel()
    {
        using var client = Connect();

        var channel = AcceptOne();

        Assert.Equal(client.LocalEndPoint!.ToString(), channel.RemoteName);
        Assert.Equal(AcceptStatus.WouldBlock, _network.Accept(0, out _));
        _network.Close(channel);
        Assert.Equal(0, client.Receive(new byte[1]));
    }

    [Fact]
    public void Channel_gets_its_options_when_it_is_let_in_and_not_before()
    {
        using var client = Connect();

        var channel = AcceptOne();

        Assert.False(((SocketChannel)channel).Socket.NoDelay);
        _network.Add(channel, new Token(7, 1), Interest.Read);
        Assert.True(((SocketChannel)channel).Socket.NoDelay);
        Assert.Equal(new PeerAddress(0xFFFF_7F00_0001, IsLoopback: true), channel.Address);
        _network.Close(channel);
    }

    [Fact]
    public void Accept_of_one_that_was_reset_in_the_queue_does_not_throw()
    {
        ConnectedPair.CloseByReset(Connect());

        WaitForListener();
        if (_network.Accept(0, out var channel) == AcceptStatus.Accepted)
        {
            Assert.Equal(ChannelStatus.Broken, channel!.Receive(new byte[1], out _));
            _network.Close(channel);
        }

        Assert.Equal(AcceptStatus.WouldBlock, _network.Accept(0, out _));
    }

    [Fact]
    public void Listener_switched_off_is_not_reported_until_it_is_on_again()
    {
        using var client = Connect();
        WaitForListener();

        _network.SetListening(0, false);
        Assert.Equal(0, _network.Wait(0, _ready));

        _network.SetListening(0, true);
        WaitForListener();
    }

    [Fact]
    public void Closed_listeners_refuse_clients_and_are_closed_once()
    {
        _network.CloseListeners();
        _network.CloseListeners();
        _network.SetListening(0, true);

        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => Connect()).SocketErrorCode);
        Assert.Equal(0, _network.Wait(0, _ready));
    }

    [Fact]
    public void Wake_after_disposal_does_nothing()
    {
        _network.Dispose();

        _network.Wake();
    }

    [Fact]
    public void Channel_tells_bytes_waiting_and_the_end_apart()
    {
        using var client = Connect();
        var channel = AcceptOne();
        var buffer = new byte[8];
        Assert.Equal(ChannelStatus.WouldBlock, channel.Receive(buffer, out var received));
        Assert.Equal(0, received);

        client.Send([1, 2, 3]);
        WaitReadable(channel);
        Assert.Equal(ChannelStatus.Ok, channel.Receive(buffer, out received));
        Assert.Equal(3, received);

        client.Shutdown(SocketShutdown.Send);
        WaitReadable(channel);
        Assert.Equal(ChannelStatus.EndOfInput, channel.Receive(buffer, out received));
        Assert.Equal(0, received);
        Assert.Equal(ChannelStatus.Ok, channel.Send([4], out var sent));
        Assert.Equal(1, sent);
        Assert.Equal(1, client.Receive(buffer));
        channel.ShutdownSend();
        Assert.Equal(0, client.Receive(buffer));
        _network.Close(channel);
    }

    [Fact]
    public void Channel_that_was_reset_is_broken_and_does_not_throw()
    {
        var client = Connect();
        var channel = AcceptOne();
        _ = channel.RemoteName;

        ConnectedPair.CloseByReset(client);

        WaitReadable(channel);
        Assert.Equal(ChannelStatus.Broken, channel.Receive(new byte[8], out _));
        Assert.Equal(ChannelStatus.Broken, channel.Send([1], out var sent));
        Assert.Equal(0, sent);
        channel.ShutdownSend();
        _network.Close(channel);
    }

    [Fact]
    public void Channel_whose_peer_does_not_read_would_block()
    {
        using var client = Connect();
        var channel = AcceptOne();
        var bytes = new byte[64 * 1024];

        ChannelStatus status;
        do
        {
            status = channel.Send(bytes, out _);
        }
        while (status == ChannelStatus.Ok);

        Assert.Equal(ChannelStatus.WouldBlock, status);
        _network.Close(channel);
    }

    private Socket Connect()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = Guard.Ms };
        try
        {
            client.Connect(_endPoint);
            return client;
        }
        catch (SocketException)
        {
            client.Dispose();
            throw;
        }
    }

    private IChannel AcceptOne()
    {
        WaitForListener();
        Assert.Equal(AcceptStatus.Accepted, _network.Accept(0, out var channel));
        return channel!;
    }

    private void WaitForListener()
    {
        Assert.Equal(1, _network.Wait(Guard.Ms, _ready));
        Assert.Equal(new Readiness(Token.ForListener(0), ReadinessFlags.Readable), _ready[0]);
    }

    private static void WaitReadable(IChannel channel)
    {
        var socket = ((SocketChannel)channel).Socket;
        Guard.Until(() => socket.Poll(0, SelectMode.SelectRead), "there is something to read");
    }
}
