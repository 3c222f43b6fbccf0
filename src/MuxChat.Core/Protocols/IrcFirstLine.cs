using System.Text;

namespace MuxChat.Core.Protocols;

/// <summary>What an IRC client begins with where nobody speaks IRC with it: passwords and private words are among that.</summary>
internal static class IrcFirstLine
{
    private static readonly byte[][] Secrets = [.. new[] { "PASS", "OPER", "AUTHENTICATE", "PRIVMSG" }.Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[][] Others =
        [.. new[] { "CAP", "NICK", "USER", "WEBIRC", "PING", "PONG", "JOIN", "MODE", "NOTICE" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether a line holds, after a word of IRC's in any case and a space, what is for nobody's ears.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> line) => BeginsWith(line, Secrets, inCapitals: false);

    /// <summary>
    /// Whether a line is another of those that an IRC client sends before or among its secrets: in capitals, as programs do.
    /// </summary>
    public static bool IsOther(ReadOnlySpan<byte> line) => BeginsWith(line, Others, inCapitals: true);

    private static bool BeginsWith(ReadOnlySpan<byte> line, byte[][] words, bool inCapitals)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            return false;
        }

        foreach (var word in words)
        {
            if (inCapitals ? line[..space].SequenceEqual(word) : Ascii.EqualsIgnoreCase(line[..space], word))
            {
                return true;
            }
        }

        return false;
    }
}
