using System.Net;
using System.Net.Sockets;
using MuxChat.Sockets.Listening;

namespace MuxChat.UnitTests.Sockets;

/// <summary>How an accepted socket is set up.</summary>
public sealed class ClientSocketsTests
{
    [Fact]
    public void Socket_is_asked_for_a_sign_of_life_and_sends_at_once_from_a_bounded_buffer()
    {
        using var listener = Listeners.Open(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        listener.Blocking = true;
        using var socket = listener.Accept();

        ClientSockets.Prepare(socket);

        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, Option(socket, SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(120, Option(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(30, Option(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(4, Option(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        // As given, or twice that: socket(7).
        Assert.InRange(socket.SendBufferSize, 128 * 1024, 2 * 128 * 1024);
    }

    // SocketError is what the runtime makes of ENOMEM and whatever else it has no name for.
    [Theory]
    [InlineData(SocketError.ConnectionAborted, true)]
    [InlineData(SocketError.Interrupted, true)]
    [InlineData(SocketError.NetworkDown, true)]
    [InlineData(SocketError.HostUnreachable, true)]
    [InlineData(SocketError.SocketError, false)]
    [InlineData(SocketError.TooManyOpenSockets, false)]
    [InlineData(SocketError.NoBufferSpaceAvailable, false)]
    [InlineData(SocketError.AccessDenied, false)]
    [InlineData(SocketError.InvalidArgument, false)]
    [InlineData(SocketError.NotSocket, false)]
    public void Accept_that_fails_is_tried_again_at_once_only_where_the_next_one_may_do(SocketError error, bool isPassing) =>
        Assert.Equal(isPassing, ClientSockets.IsPassing(error));

    private static int Option(Socket socket, SocketOptionLevel level, SocketOptionName name) => (int)socket.GetSocketOption(level, name)!;
}
