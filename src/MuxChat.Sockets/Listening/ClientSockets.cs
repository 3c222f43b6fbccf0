using System.Net.Sockets;

namespace MuxChat.Sockets.Listening;

/// <summary>How accepted sockets are set up, the same under every I/O model.</summary>
internal static class ClientSockets
{
    /// <summary>
    /// Seconds of silence after which TCP asks whether the peer is still there: 120, as long as frames wait for their ping.
    /// </summary>
    public const int KeepAliveTimeSeconds = 120;

    /// <summary>Seconds between two such questions: 30.</summary>
    public const int KeepAliveIntervalSeconds = 30;

    /// <summary>Questions without an answer after which the connection is broken: 4. Together 240 seconds.</summary>
    public const int KeepAliveRetries = 4;

    /// <summary>
    /// What the kernel may hold for one client, in bytes: 128 KiB (Linux doubles it for its own needs, socket(7)). Left to itself it takes
    /// up to 4 MiB for each that does not read, and a thousand of them slow everyone down long before they are seen to be slow consumers.
    /// </summary>
    public const int SendBufferBytes = 128 * 1024;

    /// <summary>
    /// Switches Nagle's algorithm off (a tick's bytes go out in one write), bounds the send buffer, and switches TCP
    /// keep-alive on (RFC 1122, 4.2.3.6).
    /// </summary>
    /// <exception cref="SocketException">The peer is gone already.</exception>
    public static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SendBufferSize = SendBufferBytes;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveTimeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
    }

    /// <summary>Prepares a socket unless its peer is gone already: reset while it waited.</summary>
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
    /// Whether an accept failed because of the one who was waiting, or was interrupted: then the next one is accepted at once. After
    /// anything else (no descriptors, no memory, and what the runtime has no name for) the same would only happen again: accept(2), "Error
    /// handling".
    /// </summary>
    public static bool IsPassing(SocketError error) =>
        error is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
        or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.HostUnreachable
        or SocketError.TimedOut
        or SocketError.ProtocolOption or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported;
}
