using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Listening;

/// <summary>Converts a socket's address to the form that the limits per address count by.</summary>
internal static class PeerAddresses
{
    private const int Bytes = 16;

    // Offsets in struct sockaddr_in and struct sockaddr_in6 (ip(7), ipv6(7)), the same on every system.
    private const int IPv4Offset = 4;
    private const int IPv4Bytes = 4;
    private const int IPv6Offset = 8;
    private const byte LoopbackNet = 127;

    // An IPv4-mapped IPv6 address has two bytes of ones at this place (RFC 4291, 2.5.5.2).
    private const int MappedMark = 10;

    private static ReadOnlySpan<byte> IPv6Loopback => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>
    /// Returns the address of a socket's peer; the unknown address if the peer is gone. An accepted socket has the address cached. The peer
    /// of a Unix socket is on this machine.
    /// </summary>
    public static PeerAddress Of(Socket socket)
    {
        return socket.AddressFamily == AddressFamily.Unix ? new PeerAddress(default, IsLoopback: true) : PeerAddress.Of(InternetOf(socket));
    }

    /// <summary>Returns the whole address of a socket's peer; the unknown address for a Unix socket, or if the peer is gone.</summary>
    public static InternetAddress InternetOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint is IPEndPoint remote ? InternetOf(remote.Address) : default;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }

    /// <summary>Converts the address of a datagram's sender. Allocates nothing.</summary>
    public static PeerAddress Of(SocketAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var given = address.Buffer.Span;
        if (address.Family == AddressFamily.InterNetworkV6)
        {
            given.Slice(IPv6Offset, Bytes).CopyTo(bytes);
        }
        else
        {
            bytes.Clear();
            bytes[MappedMark..(MappedMark + 2)].Fill(0xFF);
            given.Slice(IPv4Offset, IPv4Bytes).CopyTo(bytes[12..]);
        }

        var isLoopback = PeerAddress.IsMapped(bytes) ? bytes[12] == LoopbackNet : bytes.SequenceEqual(IPv6Loopback);
        return PeerAddress.Of(bytes, isLoopback);
    }

    /// <summary>Converts an address: all of an IPv4 address, even when mapped to IPv6, or the first 64 bits of an IPv6 address.</summary>
    public static PeerAddress Of(IPAddress address) => PeerAddress.Of(InternetOf(address));

    private static InternetAddress InternetOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return InternetAddress.Of(bytes);
    }
}
