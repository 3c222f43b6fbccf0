using System.Net.Sockets;

namespace MuxChat.Sockets.Listening;

/// <summary>Sets the options of accepted sockets, the same under every I/O model.</summary>
internal static class ClientSockets
{
    /// <summary>
    /// Seconds of silence before TCP sends a keep-alive probe: 120, the same as the default of <c>ClientLimits.IdlePingMs</c>.
    /// </summary>
    public const int KeepAliveTimeSeconds = 120;

    /// <summary>Seconds between two keep-alive probes: 30.</summary>
    public const int KeepAliveIntervalSeconds = 30;

    /// <summary>Unanswered probes after which the connection is broken: 4, which is 240 seconds in all.</summary>
    public const int KeepAliveRetries = 4;

    /// <summary>The kernel's send buffer for one client, in bytes: 128 KiB (Linux doubles it for its bookkeeping, socket(7)).</summary>
    /// <remarks>
    /// By default the kernel takes up to 4 MiB for each client that does not read. A thousand such clients slow
    /// down all others long before they count as slow consumers.
    /// </remarks>
    public const int SendBufferBytes = 128 * 1024;

    /// <summary>
    /// Bounds the send buffer. On TCP, also disables Nagle's algorithm, because a tick's bytes go out in one write, and
    /// enables keep-alive (RFC 1122, 4.2.3.6).
    /// </summary>
    /// <exception cref="SocketException">The peer is gone.</exception>
    public static void Prepare(Socket socket)
    {
        socket.SendBufferSize = SendBufferBytes;
        if (socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveTimeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
    }

    /// <summary>Sets the options. Returns false if the peer was reset before it was admitted.</summary>
    public static bool TryPrepare(Socket socket)
    {
        try
        {
            Prepare(socket);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether an accept failed because of one connection, or was interrupted, so that the next accept may succeed at once.
    /// </summary>
    /// <remarks>
    /// Any other error (no descriptors, no memory, or one without a name in .NET) would only repeat. See accept(2), "Error handling".
    /// </remarks>
    public static bool IsPassing(SocketError error) =>
        error is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
        or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.HostUnreachable
        or SocketError.TimedOut
        or SocketError.ProtocolOption or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported;
}
