using System.Text;

namespace MuxChat.Core.Protocols;

/// <summary>What an IRC client begins with where nobody speaks IRC with it: passwords and private words are among that.</summary>
internal static class IrcFirstLine
{
    private static readonly byte[][] Secrets = [.. new[] { "PASS", "OPER", "AUTHENTICATE", "PRIVMSG" }.Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[][] Others =
        [.. new[] { "CAP", "NICK", "USER", "WEBIRC", "PING", "PONG", "JOIN", "MODE", "NOTICE" }.Select(Encoding.ASCII.GetBytes)];

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    /// <summary>Whether a line holds, after a word of IRC's in any case and a blank, what is for nobody's ears.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> line) => BeginsWith(line, Secrets, inCapitals: false);

    /// <summary>
    /// Whether a line is another of those that an IRC client sends before or among its secrets: in capitals, as programs do.
    /// </summary>
    public static bool IsOther(ReadOnlySpan<byte> line) => BeginsWith(line, Others, inCapitals: true);

    private static bool BeginsWith(ReadOnlySpan<byte> line, byte[][] words, bool inCapitals)
    {
        line = line.TrimStart(Blanks);

        // Tags and a source may come first (RFC 1459, section 2.3.1; IRCv3 message tags): a person who begins
        // so writes no capitals after it.
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
