using MuxChat.Core.Protocols.Http;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class HttpAcceptedTests
{
    // RFC 9110, section 12.5.3.
    [Theory]
    [InlineData("br", 1000, 0, 1)]
    [InlineData("gzip, deflate, BR", 1000, 1000, 1)]
    [InlineData("x-gzip", 0, 1000, 1)]
    [InlineData("gzip;q=0.5, br ; Q=0.25", 250, 500, 1)]
    [InlineData("br;q=1.000, gzip;q=0", 1000, 0, 1)]
    [InlineData("*", 1000, 1000, 1000)]
    [InlineData("*;q=0", 0, 0, 0)]
    [InlineData("*;q=0, br", 1000, 0, 0)]
    [InlineData("identity;q=0.1, *;q=0.2", 200, 200, 100)]
    [InlineData("identity;q=0", 0, 0, 0)]
    [InlineData("br;q=2, gzip;q=0.1234", 0, 0, 1)]
    [InlineData("br;q=, gzip;q=x, identity;level=1", 0, 0, 0)]
    [InlineData("br;q=1.9", 1000, 0, 1)]
    [InlineData("", 0, 0, 1)]
    [InlineData("zstd", 0, 0, 1)]
    public void Weight_of_each_coding_is_as_the_field_says(string field, int brotli, int gzip, int identity)
    {
        HttpParser.Parse(Bytes.Latin($"GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: {field}\r\n\r\n"), out var request);
        var accepted = new HttpAccepted(request.ValuesOf("accept-encoding"u8));
        Assert.Equal(
            (brotli, gzip, identity),
            (accepted.WeightOf(HttpCoding.Brotli), accepted.WeightOf(HttpCoding.Gzip), accepted.WeightOf(HttpCoding.Identity)));
    }
}
