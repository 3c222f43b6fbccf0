using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("guest-1", "guest-1")]
    [InlineData("[fe80::1%3]:7070", "[fe80::1%3]:7070")]
    [InlineData("caf\u00e9 \u4e16\U0001F600", "caf\u00e9 \u4e16\U0001F600")]
    [InlineData("a\r\nwarn: forged", "a\\u{D}\\u{A}warn: forged")]
    [InlineData("\u001b[2J\0\u007f\u009b", "\\u{1B}[2J\\u{0}\\u{7F}\\u{9B}")]
    [InlineData("a\u202eb\u200bc\u00a0d", "a\\u{202E}b\\u{200B}c\\u{A0}d")]
    [InlineData("\u2028\ufeff\ue000", "\\u{2028}\\u{FEFF}\\u{E000}")]
    [InlineData("\\u{A}", "\\u{5C}u{A}")]
    public void Text_escaped_showsWhatCannotBeSeen(string text, string shown) => Assert.Equal(shown, PlainText.Escape(text, 64));

    [Theory]
    [InlineData(4, "abcd")]
    [InlineData(3, "abc...")]
    [InlineData(0, "...")]
    public void Text_tooLong_isCutOff(int max, string shown) => Assert.Equal(shown, PlainText.Escape("abcd", max));

    [Fact]
    public void Text_tooLong_countsCharactersBeforeTheyAreWrittenOut()
    {
        Assert.Equal("\\u{1F}\\u{1F}...", PlainText.Escape("\u001f\u001f\u001f", 2));
        Assert.Equal("\U0001F600\U0001F600", PlainText.Escape("\U0001F600\U0001F600", 2));
    }

    [Fact]
    public void HalfOfASurrogatePair_isWrittenOut() => Assert.Equal("a\\u{D800}b", PlainText.Escape("a\ud800b", 64));

    [Fact]
    public void Text_thatIsPlain_isTheSameString()
    {
        const string Plain = "127.0.0.1:5000";
        Assert.Same(Plain, PlainText.Escape(Plain, 64));
    }
}
