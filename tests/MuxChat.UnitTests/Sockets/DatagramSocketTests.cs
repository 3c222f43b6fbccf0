using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets;

/// <summary>UDP over real sockets: boundaries, empty and large datagrams, and errors that end nothing.</summary>
public sealed class DatagramSocketTests : IDisposable
{
    private readonly Socket _socket = Listeners.OpenDatagram(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Guard.Ms };
    private readonly SocketNetwork _network;
    private readonly Readiness[] _ready = new Readiness[8];
    private readonly byte[] _buffer = new byte[65_535];

    public DatagramSocketTests()
    {
        _network = new SocketNetwork(Pollers.Create("select"), [_socket]);
        _client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _client.Connect(_socket.LocalEndPoint!);
    }

    private IDatagramChannel Channel => _network.DatagramsOf(0)!;

    public void Dispose()
    {
        _network.Dispose();
        _client.Dispose();
    }

    [Fact]
    public void Empty_queue_would_block()
    {
        Assert.Equal(DatagramStatus.WouldBlock, Channel.Receive(_buffer, out var received));
        Assert.Equal(0, received);
    }

    [Fact]
    public void Datagrams_keep_their_borders_and_their_sender()
    {
        byte[][] sent = [[1, 2, 3], [], [4], new byte[65_507]];
        foreach (var one in sent)
        {
            _client.Send(one);
            Wait();
            Assert.Equal(DatagramStatus.Ok, Channel.Receive(_buffer, out var received));
            Assert.Equal(one, _buffer[..received]);
            Assert.Equal(_client.LocalEndPoint!.ToString(), Channel.RemoteName);
            Assert.Equal(new PeerAddress(0xFFFF_7F00_0001, IsLoopback: true), Channel.Address);
            Assert.Equal(DatagramStatus.Ok, Channel.Answer(_buffer.AsSpan(0, received)));
            Assert.Equal(one.Length, _client.Receive(_buffer));
        }
    }

    [Fact]
    public void Sender_over_ipv6_and_ipv4_is_told_by_a_socket_for_both()
    {
        using var both = OpenBoth();
        using var network = new SocketNetwork(Pollers.Create("select"), [both]);
        var port = ((IPEndPoint)both.LocalEndPoint!).Port;
        foreach (var (family, address, told) in new[]
        {
            (AddressFamily.InterNetwork, IPAddress.Loopback, new PeerAddress(0xFFFF_7F00_0001, IsLoopback: true)),
            (AddressFamily.InterNetworkV6, IPAddress.IPv6Loopback, new PeerAddress(0, IsLoopback: true)),
        })
        {
            using var client = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Guard.Ms };
            client.SendTo([1], new IPEndPoint(address, port));
            Assert.Equal(1, network.Wait(Guard.Ms, _ready));
            var channel = network.DatagramsOf(0)!;
            Assert.Equal(DatagramStatus.Ok, channel.Receive(_buffer, out _));
            Assert.Equal(told, channel.Address);
            Assert.Equal("localhost", channel.Address.Describe());
            Assert.Equal(DatagramStatus.Ok, channel.Answer([2]));
            Assert.Equal(1, client.Receive(_buffer));
        }
    }

    [Fact]
    public void Answer_to_a_closed_port_ends_nothing()
    {
        using (var gone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            gone.SendTo([1], _socket.LocalEndPoint!);
        }

        Wait();
        Assert.Equal(DatagramStatus.Ok, Channel.Receive(_buffer, out _));
        Channel.Answer([1]);
        Channel.Answer([1]);
        _client.Send([2]);
        Wait();
        DatagramStatus status;
        int received;
        while ((status = Channel.Receive(_buffer, out received)) == DatagramStatus.Failed)
        {
        }

        Assert.Equal((DatagramStatus.Ok, 1, 2), (status, received, _buffer[0]));
    }

    [Fact]
    public void Answer_that_is_too_large_fails_and_the_next_is_sent()
    {
        _client.Send([1]);
        Wait();
        Channel.Receive(_buffer, out _);
        Assert.Equal(DatagramStatus.Failed, Channel.Answer(new byte[65_508]));
        Assert.Equal(DatagramStatus.Ok, Channel.Answer([7]));
        Assert.Equal(1, _client.Receive(_buffer));
    }

    [Fact]
    public void Datagram_larger_than_the_buffer_is_cut_or_fails_and_the_next_is_read()
    {
        _client.Send(new byte[100]);
        _client.Send([7]);
        Wait();
        Assert.NotEqual(DatagramStatus.WouldBlock, Channel.Receive(_buffer.AsSpan(0, 10), out _));
        Wait();
        Assert.Equal(DatagramStatus.Ok, Channel.Receive(_buffer, out var received));
        Assert.Equal((1, 7), (received, _buffer[0]));
    }

    [Fact]
    public void Listener_of_connections_has_no_datagrams()
    {
        using var network = new SocketNetwork(Pollers.Create("select"), [Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0))]);
        Assert.Null(network.DatagramsOf(0));
    }

    private static Socket OpenBoth()
    {
        try
        {
            return Listeners.OpenDatagram(new IPEndPoint(IPAddress.IPv6Any, 0), takesIPv4: true);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressFamilyNotSupported
            or SocketError.AddressNotAvailable)
        {
            Assert.Skip($"This machine has no IPv6: {error.Message}.");
            throw;
        }
    }

    private void Wait() => Assert.Equal(1, _network.Wait(Guard.Ms, _ready));
}
