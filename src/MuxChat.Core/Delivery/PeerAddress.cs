namespace MuxChat.Core.Delivery;

/// <summary>
/// The part of a client's address by which limits count: all of an IPv4 address, or the first 64 bits of an IPv6 address.
/// </summary>
/// <remarks>
/// A network that gets an IPv6 /64 can use every address in it (RFC 6177, RFC 4291, 2.5.4). An IPv4 address is kept in its IPv4-mapped IPv6
/// form (RFC 4291, 2.5.5.2), so that it never equals a prefix of an IPv6 address.
/// </remarks>
/// <param name="Prefix">The counted bits, first bit highest; 0 if the address is unknown.</param>
/// <param name="IsLoopback">Whether the client is on this machine.</param>
public readonly record struct PeerAddress(UInt128 Prefix, bool IsLoopback)
{
    private const int CountedBytes = 8;

    /// <summary>Makes the counted part of an address from its 16 bytes.</summary>
    /// <param name="bytes">An IPv6 address, or an IPv4 address in its IPv4-mapped form.</param>
    /// <param name="isLoopback">Whether the address is a loopback address.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not 16 bytes.</exception>
    public static PeerAddress Of(ReadOnlySpan<byte> bytes, bool isLoopback)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, CountedBytes * 2, nameof(bytes));
        var all = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new PeerAddress(IsMapped(bytes) ? all : all >> (CountedBytes * 8) << (CountedBytes * 8), isLoopback);
    }

    private static bool IsMapped(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
}

/// <summary>The peer of a connection, for logs and for the limits per address.</summary>
public interface IPeer
{
    /// <summary>
    /// The part of the address by which limits count. It stays the same for the life of the connection, even after the connection broke.
    /// </summary>
    PeerAddress Address { get; }

    /// <summary>The peer's address and port, as text. Built on each call.</summary>
    string RemoteName { get; }
}
