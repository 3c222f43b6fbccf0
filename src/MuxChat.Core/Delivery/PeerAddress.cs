namespace MuxChat.Core.Delivery;

/// <summary>
/// What of a client's address its limits count by: all of an IPv4 address, and the first 64 bits of an IPv6 address, since whoever has one
/// of those has all that begin with them (RFC 6177, RFC 4291 2.5.4). An IPv4 address stands as the IPv6 address it is mapped to (RFC 4291,
/// 2.5.5.2), so that the two never meet.
/// </summary>
/// <param name="Prefix">The bits that count, first bit highest; 0 when the address is not known.</param>
/// <param name="IsLoopback">Whether the client is on this machine.</param>
public readonly record struct PeerAddress(UInt128 Prefix, bool IsLoopback)
{
    private const int CountedBytes = 8;

    /// <summary>Makes one from an address's 16 bytes.</summary>
    /// <param name="bytes">An IPv6 address, or an IPv4 address as it is mapped to IPv6.</param>
    /// <param name="isLoopback">Whether it is this machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not 16 bytes.</exception>
    public static PeerAddress Of(ReadOnlySpan<byte> bytes, bool isLoopback)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, CountedBytes * 2, nameof(bytes));
        var all = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new PeerAddress(IsMapped(bytes) ? all : all >> (CountedBytes * 8) << (CountedBytes * 8), isLoopback);
    }

    private static bool IsMapped(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
}

/// <summary>The other end of a connection: for logs, and for the limits of an address.</summary>
public interface IPeer
{
    /// <summary>What the limits of an address count by. The same as long as the connection lasts, also after it broke.</summary>
    PeerAddress Address { get; }

    /// <summary>The peer's address and port; made when asked for.</summary>
    string RemoteName { get; }
}
