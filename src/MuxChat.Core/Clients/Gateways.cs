using System.Security.Cryptography;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Clients;

/// <summary>Remembers the gateways that have proved themselves, so that only the first of their clients waits for the slow check.</summary>
/// <remarks>
/// A gateway that comes back brings hundreds of clients at once, and each check takes about 100 ms. Owner: the server. Invariant: only a
/// keyed hash of a password is kept (HMAC, RFC 2104), at most one for each gateway.
/// </remarks>
public sealed class Gateways
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly Dictionary<InternetAddress, byte[]> _proven = [];

    /// <summary>Returns the keyed hash by which a password is remembered.</summary>
    public byte[] HashOf(ReadOnlySpan<byte> password) => HMACSHA256.HashData(_key, password);

    /// <summary>Whether the gateway has proved itself with this password. The time does not depend on the password.</summary>
    public bool IsProven(InternetAddress gateway, ReadOnlySpan<byte> hash) =>
        _proven.TryGetValue(gateway, out var known) && CryptographicOperations.FixedTimeEquals(known, hash);

    /// <summary>Remembers that the gateway's password is right.</summary>
    public void Remember(InternetAddress gateway, byte[] hash) => _proven[gateway] = hash;
}
