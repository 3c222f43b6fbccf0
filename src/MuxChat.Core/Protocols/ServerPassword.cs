using System.Security.Cryptography;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols;

/// <summary>
/// The password that a server requires of every client. Only a keyed hash of it is kept (HMAC, RFC 2104). The comparison takes constant
/// time, so that its duration reveals nothing.
/// </summary>
public sealed class ServerPassword
{
    /// <summary>The longest password, in bytes: 256, so that it fits in an IRC line.</summary>
    public const int MaxBytes = 256;

    /// <summary>Wrong passwords that a client on lines or frames may give: 3. The third closes the connection.</summary>
    public const int MaxTries = 3;

    /// <summary>Milliseconds that a client on lines or frames has to give the password: 30,000.</summary>
    public const int PatienceMs = 30_000;

    private readonly byte[] _key;
    private readonly byte[] _hash;

    /// <summary>Creates the password.</summary>
    /// <param name="password">The password; see <see cref="IsPossible"/>.</param>
    /// <param name="key">Random bytes of this server.</param>
    /// <exception cref="ArgumentException"><see cref="IsPossible"/> is false for the password.</exception>
    public ServerPassword(ReadOnlySpan<byte> password, byte[] key)
    {
        if (!IsPossible(password))
        {
            throw new ArgumentException(Rule, nameof(password));
        }

        _key = key;
        _hash = HMACSHA256.HashData(key, password);
    }

    /// <summary>The rule of <see cref="IsPossible"/>, in words.</summary>
    public static string Rule =>
        $"a password is 1 to {MaxBytes} bytes of UTF-8 without control characters, and does not begin or end with a space";

    /// <summary>Whether clients of every protocol could give this password.</summary>
    public static bool IsPossible(ReadOnlySpan<byte> password) =>
        password.Length is > 0 and <= MaxBytes && ChatText.IsUtf8(password) && !ChatText.HasControl(password) && password[0] != (byte)' '
        && password[^1] != (byte)' ';

    /// <summary>Whether the given password is the right one.</summary>
    public bool IsRight(ReadOnlySpan<byte> given)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, given, hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash);
    }
}
