using System.Text;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// Characters that cannot be seen, or that change how others are shown: two names that differ only in them look the same, and one can be
/// made to read as another. Names must not hold any; in texts they are allowed, since emoji and right-to-left languages need them.
/// </summary>
/// <remarks>
/// Format and default-ignorable characters, every space but U+0020, the blanks among the letters, and noncharacters, as Unicode TR36 (2.10)
/// and TR39 (3.1) and the PRECIS IdentifierClass (RFC 8264, 4.2.3) leave them out of identifiers. Characters for private use are not among
/// them: they are shown, if only as a box, and stand for themselves.
/// </remarks>
public static class InvisibleCharacters
{
    private const int PlaneMask = 0xFFFF;
    private const int FirstNonCharacterOfPlane = 0xFFFE;

    // Sorted, first and last of each range.
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x00A0, 0x00A0), (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x1680, 0x1680), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000), (0x3164, 0x3164), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether a character is one of them.</summary>
    public static bool Contains(Rune character)
    {
        var value = character.Value;
        if ((value & PlaneMask) >= FirstNonCharacterOfPlane)
        {
            return true;
        }

        foreach (var (first, last) in Ranges)
        {
            if (value <= last)
            {
                return value >= first;
            }
        }

        return false;
    }

    /// <summary>Whether well-formed UTF-8 holds one of them. Quick for ASCII, which has none.</summary>
    public static bool IsAnyIn(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
        {
            return false;
        }

        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var character, out var bytes);
            if (Contains(character))
            {
                return true;
            }

            utf8 = utf8[bytes..];
        }

        return false;
    }
}
