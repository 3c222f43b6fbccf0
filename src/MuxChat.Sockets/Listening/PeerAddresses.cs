using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Listening;

/// <summary>Makes of a socket's address what the limits of an address count by.</summary>
internal static class PeerAddresses
{
    private const int Bytes = 16;

    /// <summary>
    /// Where a socket's peer is; the unknown address when it is gone. An accepted socket knows it without asking the system.
    /// </summary>
    public static PeerAddress Of(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint is IPEndPoint remote ? Of(remote.Address) : default;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }

    /// <summary>The same of an address: IPv4 whole, also where it comes mapped to IPv6, and IPv6 by its first 64 bits.</summary>
    public static PeerAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var isLoopback = IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return PeerAddress.Of(bytes, isLoopback);
    }
}
