using System.Globalization;
using System.Security.Cryptography;

namespace MuxChat.Server.Commands;

/// <summary>
/// A password as it is kept: PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2) of its UTF-8 bytes, with what is needed to do it again, as text
/// without spaces: <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c>, salt and hash in Base64 (RFC 4648, section 4).
/// </summary>
internal sealed class PasswordHash
{
    /// <summary>What a hash begins with.</summary>
    public const string Scheme = "pbkdf2-sha256";

    /// <summary>Iterations of a new hash: 600,000, some 100 ms.</summary>
    public const int NewIterations = 600_000;

    /// <summary>The fewest that are taken: 1,000 (RFC 8018, section 4.2).</summary>
    public const int MinIterations = 1_000;

    /// <summary>The most that are taken: 10,000,000, some seconds.</summary>
    public const int MaxIterations = 10_000_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // RFC 8018, section 4.1: at least eight octets.
    private const int MinSaltBytes = 8;
    private const int MaxSaltBytes = 64;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash)
    {
        Iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    /// <summary>How much work it is to try a password.</summary>
    public int Iterations { get; }

    /// <summary>Makes the hash of a password, with a salt of its own.</summary>
    public static PasswordHash Of(ReadOnlySpan<byte> password, int iterations = NewIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Reads one; false when it is not of the form above, or its numbers are out of bounds.</summary>
    public static bool TryParse(string text, out PasswordHash? hash)
    {
        hash = null;
        var parts = text.Split('$');
        if (parts is not [Scheme, var count, var saltText, var hashText]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations)
        {
            return false;
        }

        var salt = new byte[MaxSaltBytes];
        var derived = new byte[HashBytes];
        if (saltText.Any(char.IsWhiteSpace) || hashText.Any(char.IsWhiteSpace)
            || !Convert.TryFromBase64String(saltText, salt, out var saltLength) || saltLength < MinSaltBytes
            || !Convert.TryFromBase64String(hashText, derived, out var hashLength) || hashLength != HashBytes)
        {
            return false;
        }

        hash = new PasswordHash(iterations, salt[..saltLength], derived);
        return true;
    }

    /// <summary>Whether this is the password. Takes as long when it is not.</summary>
    public bool IsRight(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Iterations), _hash);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
