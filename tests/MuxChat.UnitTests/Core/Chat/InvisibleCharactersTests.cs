using System.Globalization;
using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class InvisibleCharactersTests
{
    // The list as it was asked for, by name and not in the order of the code.
    private const string Refused =
        "061C 200E 200F 202A-202E 2066-2069 00AD 034F 115F 1160 17B4 17B5 180B-180F 200B-200D 2028 2029 2060-2065 206A-206F 3164 "
            + "FE00-FE0F FEFF FFA0 FFF0-FFFB "
        + "1D173-1D17A E0000-E0FFF 00A0 1680 2000-200A 202F 205F 3000 2800 1BCA0-1BCA3 FDD0-FDEF FFFE FFFF 1FFFE 1FFFF 8FFFE 10FFFE 10FFFF";

    [Fact]
    public void Character_invisible_isExactlyOneOfTheList()
    {
        var refused = Listed().ToHashSet();
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value))
            {
                var isListed = refused.Contains(value) || (value & 0xFFFE) == 0xFFFE;
                Assert.True(isListed == InvisibleCharacters.Contains(new Rune(value)), $"U+{value:X4}");
            }
        }
    }

    [Fact]
    public void Character_thatUnicodeCallsFormatOrSpace_isListedBesidesOrdinarySpace()
    {
        // What the tables of this runtime know as separators must all be in the list; of format characters
        // those that are shown are left out.
        int[] shown = [.. Enumerable.Range(0x600, 6), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD];
        for (var value = 0x80; value <= 0x10FFFF; value++)
        {
            var isHidden = Rune.IsValid(value) && Rune.GetUnicodeCategory(new Rune(value)) is
                UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Format;
            var isHieroglyphic = value is >= 0x13430 and <= 0x1343F;
            Assert.True(!isHidden || isHieroglyphic || shown.Contains(value) || InvisibleCharacters.Contains(new Rune(value)),
                $"U+{value:X4}");
        }
    }

    [Fact]
    public void Text_withOneAnywhere_hasOne()
    {
        foreach (var value in Listed())
        {
            var character = char.ConvertFromUtf32(value);
            Assert.True(InvisibleCharacters.IsAnyIn(Bytes.Utf8(character + "#\u00e9")), $"U+{value:X4}");
            Assert.True(InvisibleCharacters.IsAnyIn(Bytes.Utf8("#\U0001F600" + character)), $"U+{value:X4}");
        }

        Assert.False(InvisibleCharacters.IsAnyIn(Bytes.Utf8("#\u00e9\u20ac\U0001F600 plain")));
        Assert.False(InvisibleCharacters.IsAnyIn([]));
    }

    private static IEnumerable<int> Listed() =>
        from range in Refused.Split(' ')
        let ends = range.Split('-').Select(end => int.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray()
        from value in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
        select value;
}
