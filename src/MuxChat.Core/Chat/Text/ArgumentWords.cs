namespace MuxChat.Core.Chat.Text;

/// <summary>Cuts a line into the arguments of a program. Words have spaces between them; quotes hold a word with spaces together.</summary>
/// <remarks>
/// Only <c>"</c> quotes. Between quotes, a backslash before a quote or a backslash means that character. Nothing else has a meaning,
/// because no shell reads the line.
/// </remarks>
public static class ArgumentWords
{
    /// <summary>The answer to a line that cannot be cut.</summary>
    public static readonly CommandResult Wrong =
        CommandResult.Error(ErrorCode.BadField, "a quote is not closed, or the line contains a NUL");

    private const byte Space = (byte)' ';
    private const byte QuoteMark = (byte)'"';
    private const byte Backslash = (byte)'\\';

    /// <summary>Puts a word into quotes, so that <see cref="TryCut"/> gives it back.</summary>
    public static string Quote(string word) =>
        $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Cuts the text in place.</summary>
    /// <param name="text">The text, which begins with a space unless it is empty. It is changed.</param>
    /// <param name="words">Each word with a NUL before it.</param>
    /// <returns>False if a quote is not closed, or the text contains a NUL.</returns>
    public static bool TryCut(Span<byte> text, out ReadOnlySpan<byte> words)
    {
        words = default;
        if (text.Contains((byte)0))
        {
            return false;
        }

        // A word takes no more room than before: its NUL takes that of the space.
        var written = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == Space)
            {
                at++;
                continue;
            }

            text[written++] = 0;
            for (var isQuoted = false; isQuoted || (at < text.Length && text[at] != Space); at++)
            {
                if (at == text.Length)
                {
                    return false;
                }

                if (text[at] == QuoteMark)
                {
                    isQuoted = !isQuoted;
                    continue;
                }

                at += isQuoted && text[at] == Backslash && at + 1 < text.Length && text[at + 1] is (QuoteMark or Backslash) ? 1 : 0;
                text[written++] = text[at];
            }
        }

        words = text[..written];
        return true;
    }
}
