using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>Who speaks HTTP or TLS is recognised by the first line, however it comes in pieces, and chat is not taken for it.</summary>
public sealed class ForeignProtocolsTests
{
    private const int MaxLineBytes = 100;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", ForeignProtocol.Http)]
    [InlineData("POST /a/b?c=d HTTP/1.0\n", ForeignProtocol.Http)]
    [InlineData("OPTIONS * HTTP/1.1\r\n", ForeignProtocol.Http)]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n", ForeignProtocol.Http)]
    [InlineData("GET http://a/ HTTP/1.1\r\n", ForeignProtocol.Http)]
    [InlineData("PRI * HTTP/2.0\r\n", ForeignProtocol.Http)]
    [InlineData("m-search * HTTP/1.1\r\n", ForeignProtocol.Http)]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", ForeignProtocol.Proxy)]
    [InlineData("PROXY TCP6 ::1 ::1 1 2\r\n", ForeignProtocol.Proxy)]
    [InlineData("PROXY UNKNOWN\r\n", ForeignProtocol.Proxy)]
    [InlineData("PROXY TCP\n", ForeignProtocol.None)]
    [InlineData("PROXY servers are slow\n", ForeignProtocol.None)]
    [InlineData("proxy TCP4 1\n", ForeignProtocol.None)]
    [InlineData("\u0016\u0003\u0001", ForeignProtocol.Tls)]
    [InlineData("\u0016\u0002", ForeignProtocol.None)]
    [InlineData("\u0016\n", ForeignProtocol.None)]
    [InlineData("hello\n", ForeignProtocol.None)]
    [InlineData("\n", ForeignProtocol.None)]
    [InlineData("GET /\n", ForeignProtocol.None)]
    [InlineData("GET / HTTP\n", ForeignProtocol.None)]
    [InlineData("GET / HTTP/\n", ForeignProtocol.None)]
    [InlineData("GET / HTTP/x\n", ForeignProtocol.None)]
    [InlineData("GET / http/1.1\n", ForeignProtocol.None)]
    [InlineData("GET  / HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("GET /  HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("GET / a HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData(" GET / HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("(GET) / HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("we love HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("GET a:443 HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("GET ://a HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("/me likes HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("HTTP/1.1 200 OK\n", ForeignProtocol.None)]
    public void First_line_tells_a_stranger_whole_and_byte_by_byte(string first, object foreign)
    {
        var bytes = Bytes.Latin(first);
        Assert.Equal(foreign, Decide(bytes, bytes.Length));
        var length = 1;
        while (ForeignProtocols.Detect(bytes.AsSpan(0, length), MaxLineBytes, isCut: true, out _) == ProtocolMatch.Unsure)
        {
            length++;
        }

        Assert.Equal(foreign, Decide(bytes, length));
    }

    [Theory]
    [InlineData("GET /", ForeignProtocol.Http)]
    [InlineData("GET http://", ForeignProtocol.Http)]
    [InlineData("GET ", ForeignProtocol.None)]
    [InlineData("GET", ForeignProtocol.None)]
    [InlineData("we love ", ForeignProtocol.None)]
    public void Line_longer_than_any_is_a_request_when_it_has_a_target(string first, object foreign)
    {
        var bytes = Bytes.Latin(first + new string('a', MaxLineBytes));
        Assert.Equal(foreign, Decide(bytes, MaxLineBytes + 1));
    }

    [Fact]
    public void Client_that_may_still_be_a_stranger_is_waited_for()
    {
        foreach (var part in (string[])["G", "GET", "GET ", "GET /", "GET / ", "GET / H", "GET / HTTP/", "\u0016", "hello",
            "GET /" + new string('a', MaxLineBytes - 5)])
        {
            Assert.Equal(ProtocolMatch.Unsure, ForeignProtocols.Detect(Bytes.Latin(part), MaxLineBytes, isCut: true, out _));
        }
    }

    [Fact]
    public void Binary_proxy_header_is_foreign_after_its_last_byte_and_waited_for_before()
    {
        var header = Bytes.Latin("\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c");
        Assert.Equal(ProtocolMatch.Yes, ForeignProtocols.Detect(header, MaxLineBytes, isCut: false, out var foreign));
        Assert.Equal(ForeignProtocol.Proxy, foreign);
        for (var from = 0; from <= 4; from += 2)
        {
            // Empty lines that came alone are gone by now.
            for (var to = 5; to <= 12; to++)
            {
                var match = ForeignProtocols.Detect(header.AsSpan(from..to), MaxLineBytes, isCut: false, out foreign);
                Assert.Equal((to < 12 ? ProtocolMatch.Unsure : ProtocolMatch.Yes, ForeignProtocol.Proxy), (match, foreign));
            }
        }

        Assert.Equal(ProtocolMatch.No, ForeignProtocols.Detect("\0\0"u8, MaxLineBytes, isCut: false, out _));
        Assert.Equal(ProtocolMatch.No, ForeignProtocols.Detect("\0\r\nQUITE\n"u8, MaxLineBytes, isCut: false, out _));
        Assert.Equal(ProtocolMatch.No, ForeignProtocols.Detect("\r\n\r\n"u8, MaxLineBytes, isCut: false, out _));
    }

    [Fact]
    public void Answer_to_a_browser_is_a_whole_response_with_its_true_length()
    {
        var answer = Bytes.Latin(ForeignProtocols.AnswerTo(ForeignProtocol.Http));
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {body.Length}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.NotEmpty(body);
    }

    [Theory]
    [InlineData("GET / HTTP/1\u00ff", ForeignProtocol.Http)]
    [InlineData("GET /\u00ff\u00fc HTTP/1.1\n", ForeignProtocol.None)]
    [InlineData("G\u00ff\u00f1ET / HTTP/1.1\n", ForeignProtocol.None)]
    public void Nothing_behind_a_telnet_command_counts_before_it_is_cut_out(string first, object foreign)
    {
        Assert.NotEqual(ProtocolMatch.Unsure, ForeignProtocols.Detect(Bytes.Latin(first), MaxLineBytes, isCut: false, out var found));
        Assert.Equal(foreign, found);
    }

    private static ForeignProtocol Decide(byte[] bytes, int length)
    {
        Assert.NotEqual(ProtocolMatch.Unsure, ForeignProtocols.Detect(bytes.AsSpan(0, length), MaxLineBytes, isCut: true, out var foreign));
        return foreign;
    }
}
