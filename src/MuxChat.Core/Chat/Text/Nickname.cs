using System.Buffers;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// The rule for nicks: 1 to 30 ASCII letters, digits or <c>-_[]\`{}^|</c>, not starting with a digit or
/// <c>-</c> (RFC 2812, section 2.3.1; it allows nine). Nicks that differ only in the case of letters are the same nick.
/// </summary>
public static class Nickname
{
    /// <summary>The longest nick: 30 characters, which are 30 bytes.</summary>
    public const int MaxLength = 30;

    /// <summary>The rule in words, for an error message.</summary>
    public const string Rule = "a nick is 1 to 30 letters, digits or -_[]\\`{}^| and does not start with a digit or -";

    // Room for "u-" before the name of a user and a number after it.
    private const int MaxNameLength = MaxLength - 14;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_[]\\`{}^|"u8);

    // The characters of an address as a sender's name shows it.
    private static readonly SearchValues<byte> InAddress = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.:"u8);

    /// <summary>The beginning of the name of a datagram's sender. The slash keeps such a name apart from every nick.</summary>
    internal static ReadOnlySpan<byte> DatagramPrefix => "udp/"u8;

    /// <summary>The beginning of the name of a client that uploads files and takes no part in the chat.</summary>
    internal static ReadOnlySpan<byte> UploadPrefix => "upload/"u8;

    /// <summary>Whether a nick may hold the character, if only after its first.</summary>
    public static bool IsCharacter(char one) => char.IsAscii(one) && Allowed.Contains((byte)one);

    /// <summary>Whether <paramref name="name"/> is a valid nick.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Allowed)
        && name[0] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9'));

    /// <summary>
    /// Makes a nick of a user's name on this machine. Other characters become <c>-</c>, and a name that does not begin as a nick gets
    /// <c>u-</c> before it. A long name is cut, so that a number fits after it.
    /// </summary>
    internal static byte[] FromName(string name)
    {
        var nick = System.Text.Encoding.ASCII.GetBytes(name.Length > MaxNameLength ? name[..MaxNameLength] : name);
        foreach (ref var letter in nick.AsSpan())
        {
            letter = Allowed.Contains(letter) ? letter : (byte)'-';
        }

        return IsValid(nick) ? nick : [.. "u-"u8, .. nick];
    }

    /// <summary>
    /// Whether the name may be that of the author of an event: a nick, or the name of a datagram's sender or an uploader.
    /// </summary>
    public static bool IsAuthor(ReadOnlySpan<byte> name) => IsValid(name)
        || (name.Length <= MaxLength && (IsAddressAfter(DatagramPrefix, name) || IsAddressAfter(UploadPrefix, name)));

    private static bool IsAddressAfter(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name) =>
        name.StartsWith(prefix) && !name[prefix.Length..].ContainsAnyExcept(InAddress);
}
