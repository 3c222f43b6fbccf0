using CsCheck;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class WildcardMaskTests
{
    // Few letters, so that masks do match; long ones, so that they take several words of places.
    private static readonly Gen<string> Masks = Gen.Char["aA*?\\b"].Array[0, 12].Select(static letters => new string(letters));
    private static readonly Gen<string> Texts = Gen.Char["aAb*?\\"].Array[0, 14].Select(static letters => new string(letters));

    private static readonly int[] Paddings = [63, 64, 65, 130];

    [Fact]
    public void Mask_matchesWhatTheDefinitionSays() => Property.Holds(
        Gen.Select(Masks, Texts),
        static (mask, text) =>
        {
            Assert.Equal(Matches(mask, text), WildcardMask.IsMatch(Bytes.Utf8(mask), Bytes.Utf8(text)));

            // The same after and before so much that the places are in other words.
            foreach (var more in Paddings)
            {
                var (longMask, longText) = (new string('?', more) + mask, new string('x', more) + text);
                Assert.Equal(Matches(mask, text), WildcardMask.IsMatch(Bytes.Utf8(longMask), Bytes.Utf8(longText)));
                var end = new string('b', more);
                Assert.Equal(Matches(mask, text), new WildcardMask(Bytes.Utf8(mask + end)).IsMatch(Bytes.Utf8(text + end)));
            }
        },
        samples: 20_000);

    [Theory]
    [InlineData(120, 240, false)]
    [InlineData(500, 5_000, true)]
    public void Mask_ofAStarAndManyQuestionMarks_matchesAtTheEndOnly(int questionMarks, int letters, bool isThere)
    {
        var mask = Bytes.Utf8($"*{new string('?', questionMarks)}x!");
        Assert.Equal(isThere, WildcardMask.IsMatch(mask, Bytes.Utf8(new string('x', letters) + (isThere ? "!" : ""))));
    }

    private static bool Matches(ReadOnlySpan<char> mask, ReadOnlySpan<char> text)
    {
        if (mask.IsEmpty)
        {
            return text.IsEmpty;
        }

        if (mask[0] == '*')
        {
            return Matches(mask[1..], text) || (!text.IsEmpty && Matches(mask, text[1..]));
        }

        var isEscaped = mask.Length > 1 && mask[0] == '\\' && mask[1] is '*' or '?';
        var isTaken = !text.IsEmpty && (mask[0] == '?' || char.ToLowerInvariant(mask[isEscaped ? 1 : 0]) == char.ToLowerInvariant(text[0]));
        return isTaken && Matches(mask[(isEscaped ? 2 : 1)..], text[1..]);
    }
}
