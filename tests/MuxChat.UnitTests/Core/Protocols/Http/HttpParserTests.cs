using CsCheck;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class HttpParserTests
{
    private const string Host = "Host: a\r\n";

    private static readonly string[] Parts =
    [
        "GET", " ", "/", "HTTP/1.1", "\r\n", "\n", "\r", "Host: a", "Host", ":", "Content-Length: 1", "\0", "a", "\u00E9", "*",
        "http://", "[", "]",
    ];

    /// <summary>RFC 9112, section 3: the request line.</summary>
    public static TheoryData<string, HttpStatus> RequestLines => new()
    {
        { $"GET / HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"GET /?a=b HTTP/1.1\r\n{Host}", HttpStatus.None },
        { "GET / HTTP/1.0\r\n", HttpStatus.None },
        { $"GET / HTTP/1.9\r\n{Host}", HttpStatus.None },
        { $"GET / HTTP/2.0\r\n{Host}", HttpStatus.VersionNotSupported },
        { $"GET / HTTP/0.9\r\n{Host}", HttpStatus.VersionNotSupported },
        { $"GET / HTTP/1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET / HTTP/1.10\r\n{Host}", HttpStatus.BadRequest },
        { $"GET / http/1.1\r\n{Host}", HttpStatus.BadRequest },
        { "GET /\r\n", HttpStatus.BadRequest },
        { $"GET  / HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET /  HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1 \r\n{Host}", HttpStatus.BadRequest },
        { $" GET / HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET /a b HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET\t/ HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"G(T / HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"get / HTTP/1.1\r\n{Host}", HttpStatus.NotImplemented },
        { $"BREW / HTTP/1.1\r\n{Host}", HttpStatus.NotImplemented },
        { $"POST / HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"GET /#a HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET /\x7F HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET /\u00E4 HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { "\r\n", HttpStatus.BadRequest },
    };

    /// <summary>Section 3.2: the forms of a target.</summary>
    public static TheoryData<string, HttpStatus> Targets => new()
    {
        { $"GET http://a/ HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"GET HTTPS://a:1 HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"GET http://a?b HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"GET http:///a HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET http://u@a/ HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET ftp://a/ HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET a HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"GET * HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
        { $"OPTIONS * HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"CONNECT a:443 HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"CONNECT /a HTTP/1.1\r\n{Host}", HttpStatus.BadRequest },
    };

    /// <summary>RFC 9110, section 7.2: the host.</summary>
    public static TheoryData<string, HttpStatus> Hosts => new()
    {
        { "GET / HTTP/1.1\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}{Host}", HttpStatus.BadRequest },
        { $"GET / HTTP/1.0\r\n{Host}{Host}", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a:70\r\n", HttpStatus.None },
        { "GET / HTTP/1.1\r\nHost:[::1]:70\r\n", HttpStatus.None },
        { "GET / HTTP/1.1\r\nHost: a:\r\n", HttpStatus.None },
        { "GET / HTTP/1.1\r\nHost:\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: :70\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a b\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a/b\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a@b\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a:7o\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a:123456\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: [::1\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nHost: a, b\r\n", HttpStatus.BadRequest },
        { "GET / HTTP/1.1\r\nhOsT: a\r\n", HttpStatus.None },
    };

    /// <summary>RFC 9112, section 5: the fields.</summary>
    public static TheoryData<string, HttpStatus> Fields => new()
    {
        { $"GET / HTTP/1.1\r\n{Host}A:\r\nB: \t b \t\r\nC:\u00E4\r\n", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}A : b\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: b\r\n c\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n A: b\r\n{Host}", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}: a\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: b\0\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: b\rc\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: \x1B\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: \x7F\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\n{Host}", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: b\n", HttpStatus.BadRequest },
    };

    /// <summary>RFC 9112, section 6: the body.</summary>
    public static TheoryData<string, HttpStatus> Bodies => new()
    {
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: 0\r\n", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: 5\r\ncontent-length:5\r\n", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: 5\r\nContent-Length: 6\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: 5, 5\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: +5\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: -5\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: 0x5\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length:\r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Content-Length: 99999999999999999999\r\n", HttpStatus.BadRequest },
        { $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n", HttpStatus.LengthRequired },
        { $"POST / HTTP/1.1\r\n{Host}TRANSFER-ENCODING:\tChunked\r\n", HttpStatus.LengthRequired },
        { $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: gzip, chunked\r\n", HttpStatus.NotImplemented },
        { $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", HttpStatus.NotImplemented },
        { $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: \r\n", HttpStatus.NotImplemented },
        { $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", HttpStatus.NotImplemented },
        { $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", HttpStatus.BadRequest },
        { $"POST / HTTP/1.1\r\n{Host}Content-Length: 0\r\nTransfer-Encoding: \r\n", HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}Expect: 100-continue\r\n", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}Expect: 100-Continue\r\n", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}Expect: 100-continue\r\nExpect: more\r\n", HttpStatus.ExpectationFailed },
        { "GET / HTTP/1.0\r\nExpect: 100-continue\r\n", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}Expect: more\r\n", HttpStatus.ExpectationFailed },
    };

    /// <summary>The limits.</summary>
    public static TheoryData<string, HttpStatus> Limits => new()
    {
        { $"GET /{new string('a', HttpLimits.TargetBytes - 1)} HTTP/1.1\r\n{Host}", HttpStatus.None },
        { $"GET /{new string('a', HttpLimits.TargetBytes)} HTTP/1.1\r\n{Host}", HttpStatus.UriTooLong },
        { $"GET / HTTP/1.1\r\n{Host}{Repeated("A: b\r\n", HttpLimits.Fields - 1)}", HttpStatus.None },
        { $"GET / HTTP/1.1\r\n{Host}{Repeated("A: b\r\n", HttpLimits.Fields)}", HttpStatus.FieldsTooLarge },
    };

    /// <summary>First parts of heads that are too long.</summary>
    public static TheoryData<string, HttpStatus> Beginnings => new()
    {
        { $"GET /{new string('a', HttpLimits.RequestLineBytes)}", HttpStatus.UriTooLong },
        { new string('A', HttpLimits.RequestLineBytes), HttpStatus.NotImplemented },
        { new string('\x16', HttpLimits.RequestLineBytes), HttpStatus.BadRequest },
        { $"GET / HTTP/1.1\r\n{Host}A: {new string('a', HttpLimits.HeadBytes)}", HttpStatus.FieldsTooLarge },
        { $"GET / HTTP/1.1\r\n{Host}A: {new string('a', HttpLimits.HeadBytes)}\r\n", HttpStatus.FieldsTooLarge },
    };

    [Theory]
    [MemberData(nameof(RequestLines))]
    [MemberData(nameof(Targets))]
    [MemberData(nameof(Hosts))]
    [MemberData(nameof(Fields))]
    [MemberData(nameof(Bodies))]
    [MemberData(nameof(Limits))]
    public void Head_has_the_status_of_its_first_fault(string head, HttpStatus status) =>
        Assert.Equal(status, HttpParser.Parse(Bytes.Latin(head + (head == "\r\n" ? "" : "\r\n")), out _));

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Beginning_of_a_head_that_is_too_long_names_its_limit(string beginning, HttpStatus status) =>
        Assert.Equal(status, HttpParser.Parse(Bytes.Latin(beginning), out _));

    [Theory]
    [InlineData("/a/b?c=/d", "a:1", "/a/b", "c=/d", "a:1")]
    [InlineData("/?", "a:1", "/", "", "a:1")]
    [InlineData("http://b:2/c?d", "a:1", "/c", "d", "b:2")]
    [InlineData("http://b?x=1", "a:1", "/", "x=1", "b")]
    [InlineData("http://b?x=/?1", "a:1", "/", "x=/?1", "b")]
    [InlineData("http://b", "a:1", "/", "", "b")]
    public void Path_query_and_authority_come_from_the_target_and_else_from_the_host(
        string target, string host, string path, string query, string authority)
    {
        Assert.Equal(HttpStatus.None, HttpParser.Parse(Bytes.Latin($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"), out var request));
        Assert.Equal((path, query, authority), (Bytes.Latin(request.Path), Bytes.Latin(request.Query), Bytes.Latin(request.Authority)));
    }

    [Theory]
    [InlineData("1.1", "", true)]
    [InlineData("1.1", "Connection: Close\r\n", false)]
    [InlineData("1.1", "Connection: keep-alive\r\nConnection: x, close\r\n", false)]
    [InlineData("1.1", "Connection: closed\r\n", true)]
    [InlineData("1.0", "", false)]
    [InlineData("1.0", "Connection: Keep-Alive\r\n", true)]
    [InlineData("1.0", "Connection: keep-alive, close\r\n", false)]
    public void Connection_is_kept_as_the_version_and_the_field_say(string version, string field, bool isKept)
    {
        HttpParser.Parse(Bytes.Latin($"GET / HTTP/{version}\r\n{Host}{field}\r\n"), out var request);
        Assert.Equal(isKept, request.KeepsAlive);
    }

    [Fact]
    public void Values_of_a_field_are_found_in_any_case_over_several_lines()
    {
        var head = Bytes.Latin($"GET / HTTP/1.1\r\n{Host}Upgrade: h2c, \t\r\nuPGRADE:,WebSocket ,x\r\nUpgrades: no\r\nAB\r\n\r\n".Replace(
            "AB\r\n", "Connection: \"a,Upgrade\"\r\n", StringComparison.Ordinal));
        Assert.Equal(HttpStatus.None, HttpParser.Parse(head, out var request));
        Assert.True(request.ValuesOf("upgrade"u8).HaveToken("websocket"u8));
        Assert.True(request.ValuesOf("upgrade"u8).HaveToken("h2c"u8));
        Assert.False(request.ValuesOf("upgrade"u8).HaveToken("no"u8));
        Assert.False(request.ValuesOf("connection"u8).HaveToken("upgrade"u8));
        Assert.Equal(2, request.ValuesOf("upgrade"u8).Count());
        Assert.True(request.ValuesOf("upgrade"u8).Single().IsEmpty);
        Assert.Equal("a", Bytes.Latin(request.ValuesOf("host"u8).Single()));
    }

    [Fact]
    public void Noise_never_throws_and_head_allocates_nothing()
    {
        Property.Holds(
            Gen.Int[0, Parts.Length - 1].Select(static i => Parts[i]).Array[0, 20],
            static parts => HttpParser.Parse(Bytes.Latin(string.Concat(parts)), out _),
            samples: 5000);
        var head = Bytes.Latin($"GET / HTTP/1.1\r\n{Host}Accept-Encoding: gzip, br;q=0.5\r\nConnection: keep-alive\r\n\r\n");
        Assert.Equal(0, Allocations.Of(() => Parse(head, 100), () => Parse(head, 1000)));
    }

    private static void Parse(byte[] head, int times)
    {
        for (var i = 0; i < times; i++)
        {
            // The assertions of xunit allocate.
            if (HttpParser.Parse(head, out var request) != HttpStatus.None
                || new HttpAccepted(request.ValuesOf("accept-encoding"u8)).WeightOf(HttpCoding.Brotli) != 500)
            {
                Assert.Fail("The head was not understood.");
            }
        }
    }

    private static string Repeated(string one, int times) => string.Concat(Enumerable.Repeat(one, times));
}
