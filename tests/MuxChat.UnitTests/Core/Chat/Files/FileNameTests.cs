using CsCheck;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat.Files;

public sealed class FileNameTests
{
    // What makes names evil, each more often than chance would have it.
    private static readonly Gen<string> Pieces = Gen.OneOf(
        Gen.Const("."), Gen.Const(" "), Gen.Const("/"), Gen.Const("\\"), Gen.Const(".."), Gen.Const("\0"), Gen.Const("\n"),
        Gen.Const("\u202E"),
        Gen.Const("\u2028"), Gen.Const("\u200B"), Gen.Const(":"), Gen.Const("?"), Gen.Const("世"), Gen.Const("👋"),
        Gen.Const(new string('x', 90)),
        Gen.Const("\u0085"), Gen.Const("\u3000"), Gen.Const("\uFEFF"), Gen.Const("é"),
        Gen.Char.AlphaNumeric.Select(static one => $"{one}"));

    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..\\..\\evil.exe", "evil.exe")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("...   ...", "file")]
    [InlineData("a/", "file")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData(". hidden", "hidden")]
    [InlineData(" a . ", "a")]
    [InlineData("a\0b", "ab")]
    [InlineData("a\nb", "a b")]
    [InlineData("gpj.\u202Efdp", "gpj.fdp")]
    [InlineData("a\u200Bb\u00ADc", "abc")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("a<b>c:d\"e|f?g*h", "a_b_c_d_e_f_g_h")]
    [InlineData("世界 👋.png", "世界 👋.png")]
    [InlineData("a\u0085\u009B.txt", "a .txt")]
    public void Name_is_cleaned_to_what_may_be_shown(string given, string expected) =>
        Assert.Equal(expected, Bytes.Utf8(FileName.Clean(Bytes.Utf8(given))));

    [Fact]
    public void Long_name_is_cut_and_keeps_its_extension()
    {
        var cut = Bytes.Utf8(FileName.Clean(Bytes.Utf8(new string('世', 100) + ".tar.gz")));
        Assert.EndsWith("世.gz", cut, StringComparison.Ordinal);
        Assert.InRange(Bytes.Utf8(cut).Length, FileName.MaxBytes - 2, FileName.MaxBytes);
        Assert.Equal(new string('a', FileName.MaxBytes), Bytes.Utf8(FileName.Clean(Bytes.Utf8(new string('a', FileName.MaxBytes)))));
        Assert.Equal(FileName.MaxBytes, FileName.Clean(Bytes.Utf8(new string('a', FileName.MaxBytes + 1))).Length);
    }

    [Fact]
    public void Extension_longer_than_16_bytes_is_cut_with_the_name()
    {
        var name = new string('a', 250) + "." + new string('b', 16);
        Assert.Equal(name[..FileName.MaxBytes], Bytes.Utf8(FileName.Clean(Bytes.Utf8(name))));
    }

    [Fact]
    public void Clean_name_is_never_empty_never_a_place_and_stays_as_it_is() => Property.Holds(
        Pieces.Array[0, 12].Select(static pieces => string.Concat(pieces)),
        static given =>
        {
            var clean = FileName.Clean(Bytes.Utf8(given));
            Assert.InRange(clean.Length, 1, FileName.MaxBytes);
            Assert.True(ChatText.IsUtf8(clean));
            Assert.False(ChatText.HasControl(clean));
            Assert.False(InvisibleCharacters.IsAnyIn(clean));
            Assert.False(clean.AsSpan().ContainsAny((byte)'/', (byte)'\\', (byte)'\t'));
            Assert.NotEqual((byte)'.', clean[0]);
            Assert.False(clean[^1] is (byte)'.' or (byte)' ', Bytes.Utf8(clean));
            Assert.Equal(clean, FileName.Clean(clean));
        },
        samples: 5_000);

    [Fact]
    public void Name_that_is_not_utf8_becomes_utf8() => Property.Holds(
        Gen.Byte.Array[0, 400],
        static given => Assert.True(ChatText.IsUtf8(FileName.Clean(given)), Convert.ToHexString(given)),
        samples: 2_000);
}
