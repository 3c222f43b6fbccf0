using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class ChatTextTests
{
    [Fact]
    public void Control_everyCharacterOfTheFirstPages_isFoundWhereverItStands()
    {
        for (var code = 0; code < 0x800; code++)
        {
            var isControl = code is < 0x20 or (>= 0x7f and <= 0x9f) && code != '\t';
            var character = char.ConvertFromUtf32(code);
            Assert.True(isControl == ChatText.HasControl(Bytes.Utf8(character)), $"U+{code:X4} alone");
            Assert.True(isControl == ChatText.HasControl(Bytes.Utf8(character + "\u00a0tail")), $"U+{code:X4} in front");
            Assert.True(isControl == ChatText.HasControl(Bytes.Utf8("\u00a9\u00bf\u00e9" + character)), $"U+{code:X4} at the end");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text with \t tabs")]
    [InlineData("\u20ac \U0001F600 \u2028 \uFEFF \uFFFD")]
    public void Control_ordinaryText_hasNone(string text) => Assert.False(ChatText.HasControl(Bytes.Utf8(text)));

    [Theory]
    [InlineData("", true)]
    [InlineData("41", true)]
    [InlineData("7F", true)]
    [InlineData("C280", true)]
    [InlineData("DFBF", true)]
    [InlineData("E0A080", true)]
    [InlineData("ED9FBF", true)]
    [InlineData("EFBFBF", true)]
    [InlineData("F0908080", true)]
    [InlineData("F48FBFBF", true)]
    [InlineData("80", false)]
    [InlineData("C2", false)]
    [InlineData("C080", false)]
    [InlineData("C1BF", false)]
    [InlineData("E09FBF", false)]
    [InlineData("EDA080", false)]
    [InlineData("EDBFBF", false)]
    [InlineData("F08FBFBF", false)]
    [InlineData("F4908080", false)]
    [InlineData("F880808080", false)]
    [InlineData("FF", false)]
    [InlineData("41C3", false)]
    [InlineData("C341", false)]
    public void Utf8_wellFormed_byRfc3629(string hex, bool isValid) => Assert.Equal(isValid, ChatText.IsUtf8(Convert.FromHexString(hex)));
}
