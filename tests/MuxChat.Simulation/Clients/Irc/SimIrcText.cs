namespace MuxChat.Simulation.Clients.Irc;

/// <summary>Texts in lines that may be too short for them.</summary>
internal static class SimIrcText
{
    private const string ActionBegin = "\u0001ACTION ";

    /// <summary>What a line says; whether it is something done stands in <paramref name="isAction"/>.</summary>
    public static string Unwrap(IrcSeen seen, out bool isAction)
    {
        var text = seen[1];
        isAction = text.StartsWith(ActionBegin, StringComparison.Ordinal) && text.EndsWith('\u0001');
        return isAction ? text[ActionBegin.Length..^1] : text;
    }

    /// <summary>Whether a line goes on with a text where it was left, and is cut off only where no more fits.</summary>
    public static bool Continues(string text, int shown, string piece, IrcSeen seen) =>
        piece.Length > 0 && text.AsSpan(shown).StartsWith(piece, StringComparison.Ordinal)
        && (shown + piece.Length == text.Length || seen.IsFull);

    /// <summary>As much of a text as so many bytes hold, in whole characters.</summary>
    public static string Cut(string text, int bytes)
    {
        var cut = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            cut += rune.Utf16SequenceLength;
        }

        return text[..cut];
    }

    /// <summary>Whether a line shows a text, cut off only where no more fits.</summary>
    public static bool IsCutOf(string text, string shown, IrcSeen seen) =>
        shown == text || (seen.IsFull && text.StartsWith(shown, StringComparison.Ordinal));
}
