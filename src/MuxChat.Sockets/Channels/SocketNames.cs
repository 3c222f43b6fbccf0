using System.Net.Sockets;

namespace MuxChat.Sockets.Channels;

/// <summary>Socket calls that throw when the peer is gone, which is an ordinary event here.</summary>
internal static class SocketNames
{
    /// <summary>Returns the peer's address and port; "gone" if the peer is gone.</summary>
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

    /// <summary>Shuts down one or both directions. Returns false if there was no connection left.</summary>
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
