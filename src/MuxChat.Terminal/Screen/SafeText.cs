using System.Buffers;
using System.Globalization;
using System.Text;

namespace MuxChat.Terminal.Screen;

/// <summary>Makes text of others safe for a terminal: it cannot move the cursor, change colours or turn the direction of writing.</summary>
internal static class SafeText
{
    private const int Tab = '\t';

    // The four characters that emoji and joined scripts need: zero width joiner and non-joiner, variation selectors 15 and 16.
    private static readonly SearchValues<char> Kept = SearchValues.Create("\u200C\u200D\uFE0E\uFE0F");

    /// <summary>
    /// Returns the text with U+FFFD for control characters, halves of surrogate pairs and marks of direction, and with a blank for tabs and
    /// line separators. Other characters without a shape are left out.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                clean.Append('\uFFFD');
                at++;
                continue;
            }

            at += rune.Utf16SequenceLength;
            Append(clean, rune);
        }

        return clean.ToString();
    }

    private static void Append(StringBuilder clean, Rune rune)
    {
        if (rune.IsBmp && Kept.Contains((char)rune.Value))
        {
            clean.Append(rune);
            return;
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control when rune.Value != Tab:
                clean.Append('\uFFFD');
                break;
            case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                clean.Append(' ');
                break;
            case UnicodeCategory.Format when IsDirection(rune.Value):
                clean.Append('\uFFFD');
                break;
            case UnicodeCategory.Format when !IsTag(rune.Value):
                break;
            default:
                clean.Append(rune);
                break;
        }
    }

    private static bool IsDirection(int value) =>
        value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    // Flags of parts of countries are an emoji and tags after it.
    private static bool IsTag(int value) => value is >= 0xE0020 and <= 0xE007F;
}
