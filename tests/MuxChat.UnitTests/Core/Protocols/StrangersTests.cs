using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>Who speaks HTTP or TLS is recognised by the first line, however it comes in pieces, and chat is not taken for it.</summary>
public sealed class StrangersTests
{
    private const int MaxLineBytes = 100;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", Stranger.Http)]
    [InlineData("POST /a/b?c=d HTTP/1.0\n", Stranger.Http)]
    [InlineData("OPTIONS * HTTP/1.1\r\n", Stranger.Http)]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n", Stranger.Http)]
    [InlineData("GET http://a/ HTTP/1.1\r\n", Stranger.Http)]
    [InlineData("PRI * HTTP/2.0\r\n", Stranger.Http)]
    [InlineData("m-search * HTTP/1.1\r\n", Stranger.Http)]
    [InlineData("\u0016\u0003\u0001", Stranger.Tls)]
    [InlineData("\u0016\u0002", Stranger.None)]
    [InlineData("\u0016\n", Stranger.None)]
    [InlineData("hello\n", Stranger.None)]
    [InlineData("\n", Stranger.None)]
    [InlineData("GET /\n", Stranger.None)]
    [InlineData("GET / HTTP\n", Stranger.None)]
    [InlineData("GET / HTTP/\n", Stranger.None)]
    [InlineData("GET / HTTP/x\n", Stranger.None)]
    [InlineData("GET / http/1.1\n", Stranger.None)]
    [InlineData("GET  / HTTP/1.1\n", Stranger.None)]
    [InlineData("GET /  HTTP/1.1\n", Stranger.None)]
    [InlineData("GET / a HTTP/1.1\n", Stranger.None)]
    [InlineData(" GET / HTTP/1.1\n", Stranger.None)]
    [InlineData("(GET) / HTTP/1.1\n", Stranger.None)]
    [InlineData("we love HTTP/1.1\n", Stranger.None)]
    [InlineData("GET a:443 HTTP/1.1\n", Stranger.None)]
    [InlineData("GET ://a HTTP/1.1\n", Stranger.None)]
    [InlineData("/me likes HTTP/1.1\n", Stranger.None)]
    [InlineData("HTTP/1.1 200 OK\n", Stranger.None)]
    public void First_line_tells_a_stranger_whole_and_byte_by_byte(string first, object stranger)
    {
        var bytes = Bytes.Latin(first);
        Assert.Equal(stranger, Decide(bytes, bytes.Length));
        var length = 1;
        while (Strangers.Look(bytes.AsSpan(0, length), MaxLineBytes, isCut: true, out _) == ProtocolMatch.Unsure)
        {
            length++;
        }

        Assert.Equal(stranger, Decide(bytes, length));
    }

    [Theory]
    [InlineData("GET /", Stranger.Http)]
    [InlineData("GET http://", Stranger.Http)]
    [InlineData("GET ", Stranger.None)]
    [InlineData("GET", Stranger.None)]
    [InlineData("we love ", Stranger.None)]
    public void Line_longer_than_any_is_a_request_when_it_has_a_target(string first, object stranger)
    {
        var bytes = Bytes.Latin(first + new string('a', MaxLineBytes));
        Assert.Equal(stranger, Decide(bytes, MaxLineBytes + 1));
    }

    [Fact]
    public void Client_that_may_still_be_a_stranger_is_waited_for()
    {
        foreach (var part in (string[])["G", "GET", "GET ", "GET /", "GET / ", "GET / H", "GET / HTTP/", "\u0016", "hello", "GET /" + new string('a', MaxLineBytes - 5)])
        {
            Assert.Equal(ProtocolMatch.Unsure, Strangers.Look(Bytes.Latin(part), MaxLineBytes, isCut: true, out _));
        }
    }

    [Fact]
    public void Answer_to_a_browser_is_a_whole_response_with_its_true_length()
    {
        var answer = Bytes.Latin(Strangers.AnswerTo(Stranger.Http));
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {body.Length}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.NotEmpty(body);
    }

    [Theory]
    [InlineData("GET / HTTP/1\u00ff", Stranger.Http)]
    [InlineData("GET /\u00ff\u00fc HTTP/1.1\n", Stranger.None)]
    [InlineData("G\u00ff\u00f1ET / HTTP/1.1\n", Stranger.None)]
    public void Nothing_behind_a_telnet_command_counts_before_it_is_cut_out(string first, object stranger)
    {
        Assert.NotEqual(ProtocolMatch.Unsure, Strangers.Look(Bytes.Latin(first), MaxLineBytes, isCut: false, out var found));
        Assert.Equal(stranger, found);
    }

    private static Stranger Decide(byte[] bytes, int length)
    {
        Assert.NotEqual(ProtocolMatch.Unsure, Strangers.Look(bytes.AsSpan(0, length), MaxLineBytes, isCut: true, out var stranger));
        return stranger;
    }
}
