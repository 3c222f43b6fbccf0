using System.Security.Cryptography;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols;

/// <summary>
/// The password that a server asks of everybody. Kept as a keyed hash, and compared in a time that tells nothing (HMAC, RFC 2104).
/// </summary>
public sealed class ServerPassword
{
    /// <summary>The longest password in bytes: 256, so that a line of IRC holds it.</summary>
    public const int MaxBytes = 256;

    /// <summary>Wrong passwords that a client on lines or frames may give: 3. The third ends the connection.</summary>
    public const int MaxTries = 3;

    /// <summary>How long, in milliseconds, a client on lines or frames may take to give it: 30,000.</summary>
    public const int PatienceMs = 30_000;

    private readonly byte[] _key;
    private readonly byte[] _hash;

    /// <summary>Creates it.</summary>
    /// <param name="password">The password; see <see cref="IsPossible"/>.</param>
    /// <param name="key">Random bytes, this server's own.</param>
    /// <exception cref="ArgumentException">No client could give it.</exception>
    public ServerPassword(ReadOnlySpan<byte> password, byte[] key)
    {
        if (!IsPossible(password))
        {
            throw new ArgumentException(Rule, nameof(password));
        }

        _key = key;
        _hash = HMACSHA256.HashData(key, password);
    }

    /// <summary>What <see cref="IsPossible"/> asks, in words.</summary>
    public static string Rule => $"a password is 1 to {MaxBytes} bytes of UTF-8 without control characters, and does not begin or end with a space";

    /// <summary>Whether a client of every protocol could give it.</summary>
    public static bool IsPossible(ReadOnlySpan<byte> password) =>
        password.Length is > 0 and <= MaxBytes && ChatText.IsUtf8(password) && !ChatText.HasControl(password) && password[0] != (byte)' ' && password[^1] != (byte)' ';

    /// <summary>Whether that is it.</summary>
    public bool IsRight(ReadOnlySpan<byte> given)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, given, hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash);
    }
}
