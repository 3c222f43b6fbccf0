using System.Text;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// Characters that are invisible or change how others are shown. Names must not contain any; texts may,
/// because emoji and right-to-left languages need them.
/// </summary>
/// <remarks>
/// Two names that differ only in such characters look the same, and a name can be made to read as another. The set is the format and
/// default-ignorable characters, every space but U+0020, the blanks among the letters, and noncharacters. Unicode TR36 (2.10), TR39 (3.1)
/// and the PRECIS IdentifierClass (RFC 8264, 4.2.3) exclude the same from identifiers. Private-use characters are not in the set, because
/// they are shown, if only as a box, and imitate no other character.
/// </remarks>
public static class InvisibleCharacters
{
    private const int PlaneMask = 0xFFFF;
    private const int FirstNonCharacterOfPlane = 0xFFFE;

    // Sorted; first and last of each range.
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x00A0, 0x00A0), (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x1680, 0x1680), (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000), (0x3164, 0x3164), (0xFDD0, 0xFDEF),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether a character is in the set.</summary>
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

    /// <summary>Whether well-formed UTF-8 holds a character of the set. Quick for ASCII, which has none.</summary>
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
