using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>Ids, hashes, links, keys and types of images.</summary>
public sealed class FileFactsTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Id_is_32_digits_in_lower_case_and_nothing_else()
    {
        Assert.True(FileId.TryParse(Bytes.Utf8(Digits), out var id));
        Assert.Equal(Digits, id.ToString());
        Assert.Equal(Digits, Bytes.Utf8(id.ToBytes()));
        Assert.All(
            ["", Digits[1..], Digits + "0", Digits.ToUpperInvariant(), " " + Digits[1..], "+" + Digits[1..], "g" + Digits[1..],
                "../../" + Digits[6..]],
            static text => Assert.False(FileId.TryParse(Bytes.Utf8(text), out _), text));
    }

    [Fact]
    public void Id_of_16_random_bytes_holds_each_of_them()
    {
        var bytes = Enumerable.Range(1, 16).Select(static one => (byte)one).ToArray();
        Assert.Equal("100f0e0d0c0b0a090807060504030201", FileId.Of(bytes).ToString());
        Assert.Equal("00000000000000000000000000000000", default(FileId).ToString());
    }

    [Theory]
    [InlineData("", true, FileHashKind.None)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", true, FileHashKind.Md5)]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", true, FileHashKind.Sha256)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427", false, FileHashKind.None)]
    [InlineData("x41d8cd98f00b204e9800998ecf8427e", false, FileHashKind.None)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", false, FileHashKind.None)]
    public void Hash_is_recognised_by_its_length(string text, bool isHash, FileHashKind kind)
    {
        Assert.Equal(isHash, FileHash.TryParse(Bytes.Utf8(text), out var hash));
        Assert.Equal(kind, hash.Kind);
        Assert.Equal(isHash ? text.ToUpperInvariant() : "", Convert.ToHexString(hash.Value));
    }

    [Theory]
    [InlineData("89504E470D0A1A0A00", "image/png")]
    [InlineData("89504E470D0A1A", "")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("FFD8", "")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("474946383761", "image/gif")]
    [InlineData("474946383861", "")]
    [InlineData("524946460000000057454250565038", "image/webp")]
    [InlineData("5249464600000000574542505650", "image/webp")]
    [InlineData("52494646000000005745425056", "")]
    [InlineData("5249464600000000574156456D74", "")]
    [InlineData("424D0000000000000000000000000000", "image/bmp")]
    [InlineData("424D00000000000000000000000000", "")]
    [InlineData("424D0000000001000000000000000000", "")]
    [InlineData("3C7376673E", "")]
    [InlineData("", "")]
    public void Image_is_known_by_its_first_bytes(string first, string type) =>
        Assert.Equal(type, ImageType.Of(Convert.FromHexString(first)));

    [Fact]
    public void Link_escapes_all_but_unreserved_characters()
    {
        var path = FileLink.PathOf(Bytes.Utf8(Digits), Bytes.Utf8("a b-._~%&?#'é.png"));
        Assert.Equal($"/files/{Digits}/a%20b-._~%25%26%3F%23%27%C3%A9.png", Bytes.Utf8(path));
        Assert.Equal("a b-._~%&?#'é.png", Uri.UnescapeDataString(Bytes.Utf8(path).Split('/')[3]));
    }

    [Fact]
    public void Link_has_a_key_only_if_one_is_given()
    {
        var file = Samples.File(new FileId(1));
        Assert.Equal("/files/00000000000000000000000000000001/a.txt", Bytes.Utf8(FileLink.PathOf(file, key: null)));
        Assert.Equal("/files/00000000000000000000000000000001/a.txt?for=0000000000000000000000000000000a",
            Bytes.Utf8(FileLink.PathOf(file, new FileId(10))));
    }

    [Fact]
    public void Key_leads_to_its_session_until_that_is_gone()
    {
        var chat = new FileFixture();
        var (ann, bob) = (chat.Chat.Connect("ann"), chat.Chat.Connect("bob"));
        var key = chat.Files.Keys.Of(ann);
        Assert.Equal(key, chat.Files.Keys.Of(ann));
        Assert.NotEqual(key, chat.Files.Keys.Of(bob));
        Assert.Same(ann, chat.Files.Keys.Find(key.ToBytes()));
        Assert.Null(chat.Files.Keys.Find(new FileId(99).ToBytes()));
        Assert.Null(chat.Files.Keys.Find("x"u8));

        chat.Chat.Hub.Disconnect(ann, "gone");
        Assert.Null(chat.Files.Keys.Find(key.ToBytes()));
        Assert.Same(bob, chat.Files.Keys.Find(chat.Files.Keys.Of(bob).ToBytes()));
    }
}
