using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MuxChat.Core.Delivery;

/// <summary>
/// How a client's address is shown to others: as a name made from it by a keyed hash (HMAC, RFC 2104), the same for the same address as
/// long as the key is, so that it can be told again and banned, and not known.
/// </summary>
/// <param name="key">The key; kept secret, or the few addresses there are could be tried.</param>
public sealed class HostNames(byte[] key)
{
    /// <summary>Letters of the hash that are shown: 12, of 5 bits each.</summary>
    private const int ShownLetters = 12;

    private static ReadOnlySpan<byte> Letters => "abcdefghijklmnopqrstuvwxyz234567"u8;

    /// <summary>The name of an address: <c>localhost</c> for this machine, else letters and <c>.ip</c>.</summary>
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
