using System.Net;
using System.Net.Sockets;
using MuxChat.Sockets.Listening;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets;

public sealed class ListenersTests
{
    [Fact]
    public void Port_zero_takes_a_free_port_and_another_the_next_time()
    {
        using var first = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
        using var second = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.NotEqual(0, PortOf(first));
        Assert.NotEqual(0, PortOf(second));
        Assert.NotEqual(PortOf(first), PortOf(second));
    }

    [Fact]
    public void Port_in_use_by_its_own_kind_is_not_shared()
    {
        using var first = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));

        AssertInUse(new IPEndPoint(IPAddress.Loopback, PortOf(first)));
        AssertInUse(new IPEndPoint(IPAddress.Any, PortOf(first)));
    }

    [Fact]
    public void Port_in_use_by_another_is_not_shared()
    {
        using var other = ConnectedPair.Listen();

        AssertInUse(new IPEndPoint(IPAddress.Loopback, PortOf(other)));
    }

    [Fact]
    public void Port_is_free_again_at_once_although_clients_were_there()
    {
        var first = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
        var endPoint = (IPEndPoint)first.LocalEndPoint!;
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = Guard.Ms })
        {
            // Closed by the server first: its side of the connection stays behind in TIME-WAIT (RFC 9293, section 3.6.1).
            client.Connect(endPoint);
            first.Accept().Dispose();
            Assert.Equal(0, client.Receive(new byte[1]));
        }

        first.Dispose();

        using var second = Listeners.Open(endPoint);
        Assert.Equal(endPoint, second.LocalEndPoint);
    }

    [Fact]
    public void Address_of_another_machine_is_refused() =>
        Assert.Equal(
            SocketError.AddressNotAvailable,
            Assert.Throws<SocketException>(() => Listeners.Open(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0))).SocketErrorCode);

    [Fact]
    public void Loopback_of_ipv6_takes_clients_of_ipv6_only()
    {
        using var listener = OpenIpv6();
        var port = PortOf(listener);
        using var six = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        six.Connect(new IPEndPoint(IPAddress.IPv6Loopback, port));
        using var accepted = listener.Accept();
        Assert.Equal(six.LocalEndPoint, accepted.RemoteEndPoint);

        // The same port of the other family is free: nothing is taken that was not asked for.
        using var four = Listeners.Open(new IPEndPoint(IPAddress.Loopback, port));
        Assert.Equal(port, PortOf(four));
    }

    private static Socket OpenIpv6()
    {
        try
        {
            return Listeners.Open(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressFamilyNotSupported
            or SocketError.AddressNotAvailable)
        {
            Assert.Skip($"This machine has no IPv6 loopback: {error.Message}.");
            throw;
        }
    }

    private static void AssertInUse(IPEndPoint endPoint) =>
        Assert.Equal(SocketError.AddressAlreadyInUse,
        Assert.Throws<SocketException>(() => Listeners.Open(endPoint).Dispose()).SocketErrorCode);

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
