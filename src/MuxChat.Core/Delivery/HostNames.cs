using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>Makes the host name under which a client appears to others: a keyed hash (HMAC, RFC 2104) of its address.</summary>
/// <remarks>
/// While the key stays the same, an address always has the same name. Users can therefore
/// recognise and ban it without learning the address.
/// </remarks>
/// <param name="key">The key. It must stay secret: there are few enough IPv4 addresses to hash them all.</param>
public sealed class HostNames(byte[] key)
{
    /// <summary>Letters of the hash that a name shows: 12, of 5 bits each.</summary>
    private const int ShownLetters = Identity.MaxHostBytes - 3;

    private static ReadOnlySpan<byte> Letters => "abcdefghijklmnopqrstuvwxyz234567"u8;

    /// <summary>
    /// Returns the name of an address: <c>localhost</c> for this machine or an unknown address, else 12 letters and <c>.ip</c>.
    /// </summary>
    public byte[] Describe(PeerAddress address)
    {
        if (address.IsLoopback || address.Prefix == default)
        {
            return "localhost"u8.ToArray();
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address.Prefix);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes, hash);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var name = new byte[Identity.MaxHostBytes];
        for (var i = 0; i < ShownLetters; i++)
        {
            name[i] = Letters[(int)(bits & 31)];
            bits >>= 5;
        }

        ".ip"u8.CopyTo(name.AsSpan(ShownLetters));
        return name;
    }
}

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

    // "UNIX". The first 64 bits are zero, and no IPv4-mapped address has these bits, so no other address equals a user.
    private const ulong UserMark = 0x554E_4958UL << 32;

    /// <summary>
    /// Whether limits do not count the address, because a proxy or gateway has it and speaks for many clients.
    /// </summary>
    public bool IsExempt { get; init; }

    /// <summary>Makes the address of a user of this machine. Each user has one, whatever the number of its processes.</summary>
    public static PeerAddress OfUser(uint id) => new(UserMark | id, IsLoopback: true);

    /// <summary>Makes the counted part of an address from its 16 bytes.</summary>
    /// <param name="bytes">An IPv6 address, or an IPv4 address in its IPv4-mapped form.</param>
    /// <param name="isLoopback">Whether the address is a loopback address.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not 16 bytes.</exception>
    public static PeerAddress Of(ReadOnlySpan<byte> bytes, bool isLoopback)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, CountedBytes * 2, nameof(bytes));
        var all = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new PeerAddress(IsMapped(bytes) ? all : all >> (CountedBytes * 8) << (CountedBytes * 8), isLoopback);
    }

    /// <summary>Makes the counted part of a whole address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isExempt">See <see cref="IsExempt"/>.</param>
    public static PeerAddress Of(InternetAddress address, bool isExempt = false)
    {
        const int RestBits = InternetAddress.AllBits - (CountedBytes * 8);
        var counted = address.IsIPv4 ? address.Bits : address.Bits >> RestBits << RestBits;
        return new PeerAddress(counted, address.IsLoopback) { IsExempt = isExempt };
    }

    /// <summary>
    /// Returns the address as text without a port: <c>localhost</c>, an IPv4 address, or the first 64 bits of an IPv6 address in
    /// hexadecimal groups.
    /// </summary>
    public string Describe()
    {
        if (IsLoopback)
        {
            return "localhost";
        }

        Span<byte> bytes = stackalloc byte[CountedBytes * 2];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Prefix);
        return IsMapped(bytes)
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes[12]}.{bytes[13]}.{bytes[14]}.{bytes[15]}")
            : $"{Group(bytes, 0)}:{Group(bytes, 2)}:{Group(bytes, 4)}:{Group(bytes, 6)}";
    }

    private static string Group(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]).ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Whether the 16 bytes are an IPv4 address in its IPv4-mapped form.</summary>
    public static bool IsMapped(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
}

/// <summary>The peer of a connection, for logs and for the limits per address.</summary>
public interface IPeer
{
    /// <summary>
    /// The part of the address by which limits count. It stays the same for the life of the connection, even after the connection broke.
    /// </summary>
    PeerAddress Address { get; }

    /// <summary>The peer's address and port, as text; <c>unix:USER:PROCESS</c> on a Unix socket. Built on each call.</summary>
    string RemoteName { get; }

    /// <summary>The peer's whole address; unknown for a Unix socket, or if the peer is gone.</summary>
    InternetAddress Internet => default;

    /// <summary>The user behind the peer, if it is on this machine and connected over a Unix socket; null if not.</summary>
    LocalUser? User => null;

    /// <summary>The facts about the peer's encrypted connection; null if it is plain.</summary>
    SecureLink? Secure => null;

    /// <summary>Whether the client's own bytes arrive over the Internet, so that it could use another port of this server.</summary>
    bool IsDirect => !Internet.IsUnknown;
}
