using System.Globalization;
using System.Text;

namespace MuxChat.Core.Chat.Text;

/// <summary>Makes text from outside safe to show on one line. Invisible characters are escaped, and the length is limited.</summary>
public static class PlainText
{
    private const char Backslash = '\\';

    /// <summary>Truncates a text and escapes its unsafe characters as <c>\u{...}</c> with their code point in hexadecimal.</summary>
    /// <remarks>
    /// Escaped are control, invisible, private-use and unassigned characters, line separators, spaces other
    /// than U+0020, halves of surrogate pairs, and backslashes.
    /// </remarks>
    /// <param name="text">Any text.</param>
    /// <param name="maxCharacters">The number of characters of the text that are shown; <c>...</c> replaces the rest.</param>
    public static string Escape(string text, int maxCharacters) => Escape(text, maxCharacters, hasBackslashes: false);

    /// <summary>Escapes the unsafe characters of a text that is for the person who wrote it: all of it, and backslashes stay.</summary>
    public static string EscapeOwn(string text) => Escape(text, int.MaxValue, hasBackslashes: true);

    private static string Escape(string text, int maxCharacters, bool hasBackslashes)
    {
        if (text.Length <= maxCharacters && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && (hasBackslashes || !text.Contains(Backslash, StringComparison.Ordinal)))
        {
            return text;
        }

        var shown = new StringBuilder();
        var characters = 0;
        var at = 0;
        while (at < text.Length)
        {
            if (characters++ == maxCharacters)
            {
                return shown.Append("...").ToString();
            }

            if (!Rune.TryGetRuneAt(text, at, out var character))
            {
                Append(shown, text[at++]);
                continue;
            }

            at += character.Utf16SequenceLength;
            if (IsShown(character) || (hasBackslashes && character.Value == Backslash))
            {
                shown.Append(character);
            }
            else
            {
                Append(shown, character.Value);
            }
        }

        return shown.ToString();
    }

    private static bool IsShown(Rune character) =>
        character.Value == ' '
        || (character.Value != Backslash
            && !InvisibleCharacters.Contains(character)
            && Rune.GetUnicodeCategory(character) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));

    private static void Append(StringBuilder shown, int value) => shown.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X}}}");
}
