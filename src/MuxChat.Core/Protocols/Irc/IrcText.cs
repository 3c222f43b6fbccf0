using System.Buffers;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Converts text between IRC and the chat, which has no colours.</summary>
internal static class IrcText
{
    /// <summary>The longest word repeated to its sender, in bytes: 256. No room has a longer name.</summary>
    private const int MaxShownBytes = 256;

    private const byte Colour = 0x03;
    private const byte HexColour = 0x04;
    private const byte Comma = (byte)',';

    // Bold, colour, hex colour, reset, monospace, reverse, italics, strikethrough, underline: modern.ircdocs.horse/formatting.
    private static readonly SearchValues<byte> Formatting =
        SearchValues.Create([0x02, Colour, HexColour, 0x0F, 0x11, 0x16, 0x1D, 0x1E, 0x1F]);

    /// <summary>
    /// Returns how many bytes go into the first line of a folded text: all that fit, up to the last space if there is one.
    /// </summary>
    public static int Fold(ReadOnlySpan<byte> utf8, int max)
    {
        var fits = ChatText.Fit(utf8, max);
        var space = fits == utf8.Length ? -1 : utf8[..fits].LastIndexOf((byte)' ');
        return space < 0 ? fits : space + 1;
    }

    /// <summary>
    /// Returns a word as an error repeats it to its client. Returns an asterisk if the word cannot be a middle parameter, is too long, or
    /// has a control character.
    /// </summary>
    public static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> word) =>
        word.Length is 0 or > MaxShownBytes || word[0] == (byte)':' || word.ContainsAny(" \t"u8) || ChatText.HasControl(word)
            ? "*"u8 : word;

    /// <summary>
    /// Returns the signs before a member's nick: <c>@</c> for an operator, <c>+</c> for voice. Returns
    /// the highest, or all of them (IRCv3 multi-prefix).
    /// </summary>
    public static ReadOnlySpan<byte> PrefixesOf(MemberRank rank, bool all) => rank switch
    {
        MemberRank.None => default,
        MemberRank.Voice => "+"u8,
        MemberRank.Operator => "@"u8,
        _ => all ? "@+"u8 : "@"u8,
    };

    /// <summary>Removes formatting in place, so that no control character reaches other clients. Returns the rest.</summary>
    public static Span<byte> StripFormatting(Span<byte> text)
    {
        var first = text.IndexOfAny(Formatting);
        if (first < 0)
        {
            return text;
        }

        var to = first;
        for (var at = first; at < text.Length;)
        {
            if (!Formatting.Contains(text[at]))
            {
                text[to++] = text[at++];
                continue;
            }

            at += text[at] switch
            {
                Colour => 1 + ColourLength(text[(at + 1)..], 2, char.IsAsciiDigit),
                HexColour => 1 + ColourLength(text[(at + 1)..], 6, char.IsAsciiHexDigit),
                _ => 1,
            };
        }

        return text[..to];
    }

    // Measures one colour, or two with a comma between them.
    private static int ColourLength(ReadOnlySpan<byte> text, int max, Func<char, bool> isDigit)
    {
        var first = Digits(text, max, isDigit);
        if (first == 0 || first >= text.Length || text[first] != Comma)
        {
            return first;
        }

        var second = Digits(text[(first + 1)..], max, isDigit);
        return second == 0 ? first : first + 1 + second;
    }

    private static int Digits(ReadOnlySpan<byte> text, int max, Func<char, bool> isDigit)
    {
        var count = 0;
        while (count < max && count < text.Length && isDigit((char)text[count]))
        {
            count++;
        }

        return count;
    }
}
