using System.Buffers;
using MuxChat.Core.Buffers;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>Requests that a guarded resource admits, and those that it refuses.</summary>
public sealed class HttpGuardTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("GET /open HTTP/1.1\r\nHost: a", "200")]
    [InlineData("GET /guarded HTTP/1.1\r\nHost: a", "401")]
    [InlineData("GET /guarded HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer 0123456789abcdef", "200")]
    [InlineData("GET /guarded HTTP/1.1\r\nHost: a\r\nauthorization: bEARER  0123456789abcdef", "200")]
    [InlineData("GET /guarded HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer 0123456789abcdeF", "401")]
    [InlineData("GET /guarded HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer", "401")]
    [InlineData("GET /guarded HTTP/1.1\r\nHost: a\r\nAuthorization: Basic 0123456789abcdef", "401")]
    [InlineData("GET /guarded?token=0123456789abcdef HTTP/1.1\r\nHost: a", "200")]
    [InlineData("GET /guarded?a=b&token=0123456789abcdef&c HTTP/1.1\r\nHost: a", "200")]
    [InlineData("GET /guarded?token=0123456789abcde HTTP/1.1\r\nHost: a", "401")]
    [InlineData("GET /guarded?token= HTTP/1.1\r\nHost: a", "401")]
    [InlineData("GET /guarded?token=wrong HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer 0123456789abcdef", "200")]
    public void Request_whereATokenIsAskedFor_needsIt(string request, string status) =>
        Assert.Equal(status, StatusOf(request, new HttpGuard(new ServerPassword(Bytes.Utf8(Token), new byte[32]))));

    [Theory]
    [InlineData("127.0.0.1:7071", "200")]
    [InlineData("192.0.2.1", "200")]
    [InlineData("[::1]:7071", "200")]
    [InlineData("LocalHost:7071", "200")]
    [InlineData("evil.example", "403")]
    [InlineData("evil.example:7071", "403")]
    [InlineData("127.0.0.1.evil.example", "403")]
    [InlineData("localhost.evil.example", "403")]
    public void Request_withoutAToken_mustNameThisMachine(string host, string status) =>
        Assert.Equal(status, StatusOf($"GET /guarded HTTP/1.1\r\nHost: {host}", new HttpGuard(null)));

    [Fact]
    public void Refusal_ofARequestWithoutItsToken_namesTheScheme()
    {
        var response = Ask("GET /guarded HTTP/1.1\r\nHost: a", new HttpGuard(new ServerPassword(Bytes.Utf8(Token), new byte[32])));
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"muxchat\"\r\n", response, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Token, true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789abcde%", false)]
    [InlineData("0123456789abcd-._~", true)]
    [InlineData("0123456789abcdef\u00e9", false)]
    public void Token_ofSomeLengthAndLetters_isPossible(string token, bool isPossible) =>
        Assert.Equal(isPossible, HttpGuard.IsPossible(token));

    private static string StatusOf(string request, HttpGuard guard) => Ask(request, guard).Split(' ')[1];

    private static string Ask(string request, HttpGuard guard)
    {
        HttpResource[] resources =
        [
            new HttpDynamic("/open", "text/plain", Write),
            new HttpDynamic("/guarded", "text/plain", Write) { IsGuarded = true },
        ];
        var bench = new ProtocolConnectionFixture();
        var client = bench.Start(new HttpProtocol(new HttpSite(new SegmentPool(), resources, []) { Guard = guard }));
        client.Feed(Bytes.Utf8(request + "\r\n\r\n"));
        return client.Read();
    }

    private static HttpStatus Write(IBufferWriter<byte> body)
    {
        body.Write("secret"u8);
        return HttpStatus.Ok;
    }
}
