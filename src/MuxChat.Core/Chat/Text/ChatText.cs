using System.Buffers;
using System.Text.Unicode;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// The rules for texts. A text is UTF-8 without control characters other than tab, so that no text can forge a line or control a terminal.
/// </summary>
public static class ChatText
{
    private const byte Blank = (byte)' ';
    private const byte C1Lead = 0xC2;
    private const byte FirstC1 = 0x80;
    private const byte LastC1 = 0x9F;

    // Every C0 control but tab, DEL, and the first byte of U+0080 to U+009F in UTF-8.
    private static readonly SearchValues<byte> Suspects = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, C1Lead]);

    /// <summary>Whether the bytes are well-formed UTF-8 (RFC 3629: nothing overlong, no surrogate, nothing beyond U+10FFFF).</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes);

    /// <summary>
    /// Returns the first word of a text, up to a space or the end, and moves <paramref name="text"/> past the spaces that follow the word.
    /// </summary>
    public static ReadOnlySpan<byte> ReadWord(scoped ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        var end = text.IndexOf((byte)' ');
        var word = end < 0 ? text : text[..end];
        text = text[word.Length..].TrimStart((byte)' ');
        return word;
    }

    /// <summary>Returns how many of the bytes fit without cutting a UTF-8 character.</summary>
    public static int Fit(ReadOnlySpan<byte> utf8, int max)
    {
        if (utf8.Length <= max)
        {
            return utf8.Length;
        }

        // The part that is left off must not begin with a continuation byte (10xxxxxx).
        var fits = Math.Max(0, max);
        while (fits > 0 && (utf8[fits] & 0xC0) == 0x80)
        {
            fits--;
        }

        return fits;
    }

    /// <summary>Whether well-formed UTF-8 holds a control character (C0 except tab, DEL, or C1).</summary>
    public static bool HasControl(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var at = utf8.IndexOfAny(Suspects);
            if (at < 0)
            {
                return false;
            }

            if (utf8[at] != C1Lead || at + 1 >= utf8.Length || utf8[at + 1] is >= FirstC1 and <= LastC1)
            {
                return true;
            }

            utf8 = utf8[(at + 1)..];
        }
    }

    /// <summary>
    /// Replaces the bytes of each control character, as <see cref="HasControl"/> knows them, by blanks. The bytes need not be UTF-8.
    /// </summary>
    public static void BlankControls(Span<byte> bytes)
    {
        for (var rest = bytes; rest.IndexOfAny(Suspects) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            if (rest[at] != C1Lead)
            {
                rest[at] = Blank;
            }
            else if (at + 1 < rest.Length && rest[at + 1] is >= FirstC1 and <= LastC1)
            {
                rest[at] = rest[at + 1] = Blank;
            }
        }
    }
}
