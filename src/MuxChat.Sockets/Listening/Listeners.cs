using System.Net;
using System.Net.Sockets;

namespace MuxChat.Sockets.Listening;

/// <summary>Opens listening sockets.</summary>
public static class Listeners
{
    /// <summary>The most connections that wait to be accepted: 4,096, or the system's limit if that is lower.</summary>
    public const int Backlog = 4096;

    /// <summary>Opens a TCP socket, binds it and listens. Port 0 selects a free port.</summary>
    /// <remarks>
    /// Does not set address reuse. On Unix .NET already sets it for a TCP bind, and setting it
    /// here would let two servers share a port silently.
    /// </remarks>
    /// <param name="endPoint">The address.</param>
    /// <param name="takesIPv4">Whether an IPv6 socket also accepts IPv4 clients (RFC 3493, section 5.3: IPV6_V6ONLY off).</param>
    /// <exception cref="SocketException">The address is in use, belongs to another machine, or is not permitted.</exception>
    public static Socket Open(IPEndPoint endPoint, bool takesIPv4 = false) =>
        Bind(new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp), endPoint, takesIPv4);

    /// <summary>Opens a UDP socket and binds it. Port 0 selects a free port.</summary>
    /// <param name="endPoint">The address.</param>
    /// <param name="takesIPv4">Whether an IPv6 socket also receives IPv4 datagrams.</param>
    /// <exception cref="SocketException">The address is in use, belongs to another machine, or is not permitted.</exception>
    public static Socket OpenDatagram(IPEndPoint endPoint, bool takesIPv4 = false) =>
        Bind(new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp), endPoint, takesIPv4);

    private static Socket Bind(Socket socket, IPEndPoint endPoint, bool takesIPv4)
    {
        try
        {
            if (takesIPv4)
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            if (socket.SocketType == SocketType.Stream)
            {
                socket.Listen(Backlog);
            }

            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
