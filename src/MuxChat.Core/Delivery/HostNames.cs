using System.Buffers.Binary;
using System.Security.Cryptography;

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
    private const int ShownLetters = 12;

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
        var name = new byte[ShownLetters + 3];
        for (var i = 0; i < ShownLetters; i++)
        {
            name[i] = Letters[(int)(bits & 31)];
            bits >>= 5;
        }

        ".ip"u8.CopyTo(name.AsSpan(ShownLetters));
        return name;
    }
}
