using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Listening;

/// <summary>Converts a socket's address to the form that the limits per address count by.</summary>
internal static class PeerAddresses
{
    private const int Bytes = 16;

    /// <summary>
    /// Returns the address of a socket's peer; the unknown address if the peer is gone. An accepted socket has the address cached.
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

    /// <summary>Converts an address: all of an IPv4 address, even when mapped to IPv6, or the first 64 bits of an IPv6 address.</summary>
    public static PeerAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var isLoopback = IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return PeerAddress.Of(bytes, isLoopback);
    }
}
