using System.Globalization;

namespace MuxChat.Terminal.Editing;

/// <summary>Finds the borders of what a person takes for one character (UAX 29), and of words.</summary>
internal static class Graphemes
{
    /// <summary>Returns the end of the character that begins at an index; the length of the text at its end.</summary>
    public static int Next(string text, int at) =>
        at >= text.Length ? text.Length : at + StringInfo.GetNextTextElementLength(text.AsSpan(at));

    /// <summary>Returns the beginning of the character that ends at an index; 0 at the beginning.</summary>
    public static int Previous(string text, int at)
    {
        // A border depends on all characters before it, so the search begins at the start.
        var start = 0;
        for (var next = 0; next < at; next = Next(text, next))
        {
            start = next;
        }

        return start;
    }

    /// <summary>Returns the last border at or before an index.</summary>
    public static int Floor(string text, int at)
    {
        var border = 0;
        for (var next = 0; next <= at && next < text.Length; next = Next(text, next))
        {
            border = next;
        }

        return at >= text.Length ? text.Length : border;
    }

    /// <summary>Returns the beginning of the word that ends at an index, or before it.</summary>
    public static int WordLeft(string text, int at)
    {
        while (at > 0 && char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        return Floor(text, at);
    }

    /// <summary>Returns the end of the word that begins at an index, or after it.</summary>
    public static int WordRight(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at = Next(text, at);
        }

        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at = Next(text, at);
        }

        return at;
    }
}
