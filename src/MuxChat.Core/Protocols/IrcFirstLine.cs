using System.Text;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Recognises the first lines of an IRC client on a connection of another protocol. They may contain passwords and private messages.
/// </summary>
internal static class IrcFirstLine
{
    private static readonly byte[][] Secrets = [.. new[] { "PASS", "OPER", "AUTHENTICATE", "PRIVMSG" }.Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[][] Others =
        [.. new[] { "CAP", "NICK", "USER", "WEBIRC", "PING", "PONG", "JOIN", "MODE", "NOTICE" }.Select(Encoding.ASCII.GetBytes)];

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    /// <summary>Whether a line may hold a secret: it begins with PASS, OPER, AUTHENTICATE or PRIVMSG, in any case, and a blank.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> line) => BeginsWith(line, Secrets, inCapitals: false);

    /// <summary>
    /// Whether a line begins with another IRC command that a client sends before or among its
    /// secrets. Only capitals match, as programs send them.
    /// </summary>
    public static bool IsOther(ReadOnlySpan<byte> line) => BeginsWith(line, Others, inCapitals: true);

    private static bool BeginsWith(ReadOnlySpan<byte> line, byte[][] words, bool inCapitals)
    {
        line = line.TrimStart(Blanks);

        // Tags and a source may come first (RFC 1459, section 2.3.1; IRCv3 message tags). A person who
        // begins like that does not then write capitals.
        while (!line.IsEmpty && line[0] is (byte)'@' or (byte)':')
        {
            inCapitals = true;
            line = line[(line.IndexOfAny(Blanks) is >= 0 and var end ? end : line.Length)..].TrimStart(Blanks);
        }

        var blank = line.IndexOfAny(Blanks);
        if (blank < 0)
        {
            return false;
        }

        var first = line[..blank];
        foreach (var word in words)
        {
            if (inCapitals ? first.SequenceEqual(word) : Ascii.EqualsIgnoreCase(first, word))
            {
                return true;
            }
        }

        return false;
    }
}
