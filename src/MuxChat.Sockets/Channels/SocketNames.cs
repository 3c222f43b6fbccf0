using System.Net.Sockets;

namespace MuxChat.Sockets.Channels;

/// <summary>The few socket calls that report an ordinary event, a peer that is gone, by an exception.</summary>
internal static class SocketNames
{
    /// <summary>The peer's address and port; "gone" when the peer is.</summary>
    public static string Remote(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint?.ToString() ?? "unknown";
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return "gone";
        }
    }

    /// <summary>Shuts one or both directions down. Returns whether there was still a connection to shut down.</summary>
    public static bool TryShutdown(Socket socket, SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
            return true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
