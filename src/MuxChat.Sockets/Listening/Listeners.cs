using System.Net;
using System.Net.Sockets;

namespace MuxChat.Sockets.Listening;

/// <summary>Opens listening sockets.</summary>
public static class Listeners
{
    /// <summary>Connections that may wait to be accepted: 4,096, or what the system allows if that is less.</summary>
    public const int Backlog = 4096;

    /// <summary>
    /// Binds and listens. Port 0 takes a free one; an IPv6 address takes IPv6 clients only. Address reuse is not asked for: on Unix a TCP
    /// bind has it already, and asking would let two servers share a port in silence.
    /// </summary>
    /// <exception cref="SocketException">The address is in use, is not this machine's, or may not be used.</exception>
    public static Socket Open(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
