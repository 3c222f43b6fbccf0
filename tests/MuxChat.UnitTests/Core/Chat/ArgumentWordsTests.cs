using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class ArgumentWordsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData(" blanks at its ends ")]
    [InlineData("~")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("ends with a backslash\\")]
    [InlineData("\\\" both \"\\")]
    [InlineData("nick\\`")]
    [InlineData("日本語 👋")]
    public void Quoted_word_is_cut_into_itself(string word)
    {
        Assert.True(ArgumentWords.TryCut(Encoding.UTF8.GetBytes($" {ArgumentWords.Quote(word)} next"), out var words));
        Assert.Equal(["", word, "next"], Encoding.UTF8.GetString(words).Split('\0'));
    }
}
