using System.Globalization;
using System.Text;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// Makes text from outside safe to show on one line: what cannot be seen is written out, and there is never too much of it.
/// </summary>
public static class PlainText
{
    private const char Backslash = '\\';

    /// <summary>
    /// Writes control, invisible and private characters, line separators, halves of surrogate pairs and backslashes as <c>\u{...}</c> with
    /// their number in hexadecimal, and cuts off what is too long.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxCharacters">How many characters of it are shown; for the rest stands <c>...</c>.</param>
    public static string Escape(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains(Backslash, StringComparison.Ordinal))
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
            if (IsShown(character))
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
