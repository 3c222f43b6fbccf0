using System.Buffers;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// The rule for nicks: 1 to 30 ASCII letters, digits or <c>-_[]{}^|</c>, not starting with a digit or
/// <c>-</c>. Nicks that differ only in case are the same nick.
/// </summary>
public static class Nickname
{
    /// <summary>The longest nick: 30 characters, which are 30 bytes.</summary>
    public const int MaxLength = 30;

    /// <summary>The rule in words, for an error message.</summary>
    public const string Rule = "a nick is 1 to 30 letters, digits or -_[]{}^| and does not start with a digit or -";

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_[]{}^|"u8);

    /// <summary>Whether <paramref name="name"/> is a valid nick.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Allowed)
        && name[0] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9'));
}
