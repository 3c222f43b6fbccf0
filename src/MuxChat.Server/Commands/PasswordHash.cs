using System.Globalization;
using System.Security.Cryptography;

namespace MuxChat.Server.Commands;

/// <summary>The stored form of a password: PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2) of its UTF-8 bytes.</summary>
/// <remarks>
/// The text has no spaces: <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c>, with salt and hash in Base64 (RFC 4648, section 4).
/// </remarks>
internal sealed class PasswordHash
{
    /// <summary>The first part of a hash's text.</summary>
    public const string Scheme = "pbkdf2-sha256";

    /// <summary>Iterations of a new hash: 600,000, about 100 ms.</summary>
    public const int NewIterations = 600_000;

    /// <summary>The fewest iterations accepted: 1,000 (RFC 8018, section 4.2).</summary>
    public const int MinIterations = 1_000;

    /// <summary>The most iterations accepted: 10,000,000, a few seconds.</summary>
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

    /// <summary>The number of iterations, which is the cost of trying a password.</summary>
    public int Iterations { get; }

    /// <summary>Computes the hash of a password, with a new random salt.</summary>
    public static PasswordHash Of(ReadOnlySpan<byte> password, int iterations = NewIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Parses a hash. Returns false when the form is wrong or a number is out of bounds.</summary>
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

    /// <summary>Whether this is the password. The time does not depend on the answer.</summary>
    public bool IsRight(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Iterations), _hash);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
        $"{Scheme}${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
