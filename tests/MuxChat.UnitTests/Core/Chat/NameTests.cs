using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class NameTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("Z", true)]
    [InlineData("a9", true)]
    [InlineData("a-", true)]
    [InlineData("_[]{}^|-9\\`", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz1234", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz12345", false)]
    [InlineData("", false)]
    [InlineData("9a", false)]
    [InlineData("0", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("a\0", false)]
    [InlineData("a\n", false)]
    [InlineData("a#", false)]
    [InlineData("a:", false)]
    [InlineData("a<", false)]
    [InlineData("a`", true)]
    [InlineData("a\\", true)]
    [InlineData("`", true)]
    [InlineData("\\", true)]
    [InlineData("a'", false)]
    [InlineData("a\"", false)]
    [InlineData("a~", false)]
    [InlineData("a/", false)]
    [InlineData("\u00e9", false)]
    public void Nick_valid_byTheRule(string nick, bool isValid) => Assert.Equal(isValid, Nickname.IsValid(Bytes.Utf8(nick)));

    [Fact]
    public void Nick_everyByte_isAllowedOrNot()
    {
        const string Allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_[]\\`{}^|";
        for (var code = 0; code < 256; code++)
        {
            Assert.True(Allowed.Contains((char)code, StringComparison.Ordinal) == Nickname.IsValid([(byte)'a', (byte)code]),
                $"byte {code}");
        }
    }

    [Theory]
    [InlineData("#a", true)]
    [InlineData("##", true)]
    [InlineData("#a#b", true)]
    [InlineData("#\u00e9t\u00e9", true)]
    [InlineData("#\u00a0", false)]
    [InlineData("#\U0001F600", true)]
    [InlineData("#", false)]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("ab", false)]
    [InlineData("#a b", false)]
    [InlineData("# ", false)]
    [InlineData("#a,b", false)]
    [InlineData("#a:b", false)]
    [InlineData("#a\tb", false)]
    [InlineData("#a\0", false)]
    [InlineData("#a\u001b", false)]
    [InlineData("#a\u007f", false)]
    [InlineData("#a\u0080", false)]
    [InlineData("#a\u009f", false)]
    public void Room_valid_byTheRule(string room, bool isValid) => Assert.Equal(isValid, RoomName.IsValid(Bytes.Utf8(room)));

    [Theory]
    [InlineData("#caf\u00e9 \u2013 no", false)]
    [InlineData("#caf\u00e9\u2013tea", true)]
    [InlineData("#\u202egnp.exe", false)]
    [InlineData("#tea\u200b", false)]
    [InlineData("#tea\ufeff", false)]
    [InlineData("#\U0001F468\u200d\U0001F469", false)]
    [InlineData("#\u2764\ufe0f", false)]
    [InlineData("#\u2764", true)]
    [InlineData("#\u0627\u0644\u0634\u0627\u064a", true)]
    [InlineData("#\u0e0a\u0e32", true)]
    [InlineData("#\ue000", true)]
    [InlineData("#\ufdd0", false)]
    [InlineData("#\uffff", false)]
    [InlineData("#\U0010FFFE", false)]
    [InlineData("#\U000E0041", false)]
    public void Room_withInvisibleCharacters_isNone(string room, bool isValid) => Assert.Equal(isValid, RoomName.IsValid(Bytes.Utf8(room)));

    [Theory]
    [InlineData("a\u200b")]
    [InlineData("a\u202e")]
    [InlineData("\u0430lice")]
    [InlineData("\uff41lice")]
    [InlineData("alice\ufeff")]
    public void Nick_thatLooksLikeAnother_isNone(string nick) => Assert.False(Nickname.IsValid(Bytes.Utf8(nick)));

    [Theory]
    [InlineData("x", 63, true)]
    [InlineData("x", 64, false)]
    [InlineData("\u00e9", 63, true)]
    [InlineData("\u00e9", 64, false)]
    [InlineData("\u20ac", 63, true)]
    [InlineData("\u20ac", 64, false)]
    [InlineData("\U0001F600", 63, true)]
    [InlineData("\U0001F600", 64, false)]
    public void Room_length_countsCharacters(string character, int count, bool isValid) =>
        Assert.Equal(isValid, RoomName.IsValid(Bytes.Utf8("#" + string.Concat(Enumerable.Repeat(character, count)))));

    [Fact]
    public void Room_notUtf8_isNone()
    {
        Assert.False(RoomName.IsValid([(byte)'#', 0xC3]));
        Assert.False(RoomName.IsValid([(byte)'#', 0x80]));
        Assert.False(RoomName.IsValid([(byte)'#', 0xED, 0xA0, 0x80]));
    }

    [Theory]
    [InlineData("lobby", "#lobby", true)]
    [InlineData("#lobby", "#lobby", true)]
    [InlineData("##x", "##x", true)]
    [InlineData("", "#", false)]
    [InlineData("a b", "#a b", false)]
    public void Room_fromOperator_mayLackItsHash(string given, string name, bool isValid)
    {
        Assert.Equal(isValid, RoomName.TryFromOperator(given, out var made));
        Assert.Equal(name, Bytes.Utf8(made));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("Alice", "aLICE", true)]
    [InlineData("a[", "a{", false)]
    [InlineData("a@", "a`", false)]
    [InlineData("#\u00c9", "#\u00e9", false)]
    [InlineData("ab", "abc", false)]
    [InlineData("ab", "ac", false)]
    public void Names_caseInsensitive_onlyInAscii(string one, string other, bool areEqual)
    {
        var (x, y) = (Bytes.Utf8(one), Bytes.Utf8(other));
        Assert.Equal(areEqual, AsciiCaseInsensitive.Instance.Equals(x, y));
        Assert.Equal(areEqual, AsciiCaseInsensitive.Instance.Equals(x.AsSpan(), y));
        Assert.Equal(areEqual, AsciiCaseInsensitive.Instance.GetHashCode(x) == AsciiCaseInsensitive.Instance.GetHashCode(y.AsSpan()));
    }

    [Fact]
    public void Names_longerThanAnyRoom_areStillCompared()
    {
        var (one, other) = (new byte[5000], new byte[5000]);
        other[^1] = 1;
        Assert.False(AsciiCaseInsensitive.Instance.Equals(one, other));
        Assert.Equal(AsciiCaseInsensitive.Instance.GetHashCode(one), AsciiCaseInsensitive.Instance.GetHashCode(one.AsSpan()));
    }
}
