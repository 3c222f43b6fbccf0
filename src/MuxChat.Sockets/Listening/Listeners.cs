using System.Net;
using System.Net.Sockets;

namespace MuxChat.Sockets.Listening;

/// <summary>Opens listening sockets.</summary>
public static class Listeners
{
    /// <summary>The most connections that wait to be accepted: 4,096, or the system's limit if that is lower.</summary>
    public const int Backlog = 4096;

    /// <summary>Opens a socket, binds it and listens. Port 0 selects a free port; an IPv6 address accepts IPv6 clients only.</summary>
    /// <remarks>
    /// Does not set address reuse. On Unix .NET already sets it for a TCP bind, and setting it
    /// here would let two servers share a port silently.
    /// </remarks>
    /// <exception cref="SocketException">The address is in use, belongs to another machine, or is not permitted.</exception>
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
