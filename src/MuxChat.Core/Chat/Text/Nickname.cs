using System.Buffers;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// The rule for nicks: 1 to 30 ASCII letters, digits or <c>-_[]{}^|</c>, not beginning with a digit or
/// <c>-</c>; case does not tell two apart.
/// </summary>
public static class Nickname
{
    /// <summary>The longest nick, in characters and in bytes.</summary>
    public const int MaxLength = 30;

    /// <summary>What a nick must look like, in words.</summary>
    public const string Rule = "a nick is 1 to 30 letters, digits or -_[]{}^| and does not start with a digit or -";

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_[]{}^|"u8);

    /// <summary>Whether <paramref name="name"/> is a nick.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Allowed) && name[0] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9'));
}
