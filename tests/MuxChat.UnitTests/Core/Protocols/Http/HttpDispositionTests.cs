using MuxChat.Core.Protocols.Http;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>RFC 6266 and RFC 8187.</summary>
public sealed class HttpDispositionTests
{
    [Theory]
    [InlineData("attachment; filename=a.txt", "a.txt")]
    [InlineData("attachment; filename=\"a b.txt\"", "a b.txt")]
    [InlineData("attachment;filename=\"a;b=\\\"c\\\".txt\"", "a;b=\"c\".txt")]
    [InlineData("attachment; FileName=\"a\"", "a")]
    [InlineData("attachment; filename = \"a\" ; size=5", "a")]
    [InlineData("attachment; filename=\"old\"; filename*=UTF-8''%c3%a9%20x", "é x")]
    [InlineData("attachment; filename*=utf-8'en'%C3%A9; filename=\"old\"", "é")]
    [InlineData("attachment; filename*=ISO-8859-1''%e9; filename=old", "old")]
    [InlineData("attachment; filename*=UTF-8''%; filename=old", "old")]
    [InlineData("attachment; filename*=UTF-8''%e; filename=old", "old")]
    [InlineData("attachment; filename*=UTF-8''%zz; filename=old", "old")]
    [InlineData("attachment; filename*=UTF-8''%ff; filename=old", "old")]
    [InlineData("attachment; filename*=UTF-8; filename=old", "old")]
    [InlineData("attachment; filename*=''; filename=old", "old")]
    [InlineData("attachment; xfilename=a", "")]
    [InlineData("attachment; filename", "")]
    [InlineData("attachment; filename=", "")]
    [InlineData("attachment; filename=\"", "\"")]
    [InlineData("attachment; filename=\"\\", "\"\\")]
    [InlineData("filename=a", "")]
    [InlineData("", "")]
    [InlineData(";;;", "")]
    [InlineData("attachment; foo=\"; filename=bad\"; filename=good", "good")]
    public void Name_of_a_value_is_the_encoded_one_or_the_quoted_one(string value, string name) =>
        Assert.Equal(name, Bytes.Utf8(HttpDisposition.ReadName(Bytes.Utf8(value))));

    [Theory]
    [InlineData("a.txt", "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt")]
    [InlineData("a b%c.txt", "attachment; filename=\"a b_c.txt\"; filename*=UTF-8''a%20b%25c.txt")]
    [InlineData("\"\\\r\n", "attachment; filename=\"____\"; filename*=UTF-8''%22%5C%0D%0A")]
    [InlineData("€👋", "attachment; filename=\"__\"; filename*=UTF-8''%E2%82%AC%F0%9F%91%8B")]
    public void Field_has_the_name_in_ascii_and_encoded(string name, string field)
    {
        var head = new HttpHead().Begin(HttpStatus.Ok, 0);
        var before = head.Written.Length;
        HttpDisposition.Put(head, isInline: false, Bytes.Utf8(name));
        Assert.Equal($"Content-Disposition: {field}\r\n", Bytes.Latin(head.Written[before..]));
    }

    [Fact]
    public void Name_that_was_written_is_read_again()
    {
        byte[] name = [.. Enumerable.Range(1, 127).Select(static value => (byte)value), .. "ü€👋"u8];
        var head = new HttpHead().Begin(HttpStatus.Ok, 0);
        var before = head.Written.Length + "Content-Disposition: ".Length;
        HttpDisposition.Put(head, isInline: true, name);
        Assert.Equal(name, HttpDisposition.ReadName(head.Written[before..^2]));
    }
}
