using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class HttpHandlerTests
{
    private const string Get = "GET / HTTP/1.1\r\n";

    private readonly HttpFixture _bench = new();

    [Fact]
    public void Page_has_its_fields_and_its_body()
    {
        var response = _bench.Ask(Get);
        Assert.StartsWith("HTTP/1.1 200 OK\r\nDate: ", response, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{HttpFixture.Page}", response, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {HttpFixture.Page.Length}\r\n", response, StringComparison.Ordinal);
        Assert.All(
            (string[])["Content-Type: text/html; charset=utf-8", "Vary: Accept-Encoding", "Cache-Control: no-cache",
                "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin"],
            field => Assert.Contains($"\r\n{field}\r\n", response, StringComparison.Ordinal));
        Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self';", response, StringComparison.Ordinal);
        Assert.DoesNotContain("Connection:", response, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Encoding", response, StringComparison.Ordinal);
        Assert.Matches("\r\nDate: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT\r\n", response);
    }

    [Theory]
    [InlineData("br, gzip", "br", "br")]
    [InlineData("gzip", "gzip", "gzip of page")]
    [InlineData("gzip, br;q=0.9", "gzip", "gzip of page")]
    [InlineData("deflate", null, HttpFixture.Page)]
    [InlineData("*;q=0", null, HttpFixture.Page)]
    [InlineData("identity, br;q=0.5", null, HttpFixture.Page)]
    public void Coding_is_the_one_that_the_client_likes_best_and_has_its_own_tag(string accepted, string? coding, string body)
    {
        var response = _bench.Ask($"{Get}Accept-Encoding: {accepted}\r\n");
        Assert.EndsWith($"\r\n\r\n{body}", response, StringComparison.Ordinal);
        Assert.Equal(coding, FieldOf(response, "Content-Encoding"));
        Assert.Equal(coding is null, FieldOf(response, "ETag") == FieldOf(_bench.Ask(Get), "ETag"));
    }

    [Fact]
    public void Coding_that_is_not_smaller_is_not_served() =>
        Assert.Null(FieldOf(_bench.Ask("GET /large HTTP/1.1\r\nAccept-Encoding: gzip\r\n"), "Content-Encoding"));

    [Fact]
    public void Known_tag_in_any_list_gets_304_without_a_body()
    {
        var tag = FieldOf(_bench.Ask(Get), "ETag")!;
        foreach (var field in new[] { tag, $"W/{tag}", $"\"a,b\", {tag}", "*", $"\"x\"\r\nIf-None-Match: {tag}" })
        {
            var response = _bench.Ask($"{Get}If-None-Match: {field}\r\n");
            Assert.StartsWith("HTTP/1.1 304 Not Modified\r\n", response, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
            Assert.Equal(tag, FieldOf(response, "ETag"));
            Assert.Equal("nosniff", FieldOf(response, "X-Content-Type-Options"));
            Assert.Null(FieldOf(response, "Content-Length"));
        }

        foreach (var field in new[] { "\"x\"", tag.Trim('"'), $"w/{tag}", $"{tag}\"" })
        {
            Assert.StartsWith("HTTP/1.1 200 ", _bench.Ask($"{Get}If-None-Match: {field}\r\n"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/large")]
    [InlineData("/now")]
    [InlineData("/none")]
    public void Head_has_the_fields_of_get_and_no_body(string path)
    {
        var get = _bench.Ask($"GET {path} HTTP/1.1\r\n");
        var head = _bench.Ask($"HEAD {path} HTTP/1.1\r\n");
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.Equal(get[..get.IndexOf("\r\n\r\n", StringComparison.Ordinal)], head[..^4]);
    }

    [Fact]
    public void Dynamic_resource_is_written_for_each_request_and_says_when_something_is_not_well()
    {
        Assert.EndsWith("\r\n\r\nnumber 1\n", _bench.Ask("GET /now?a HTTP/1.1\r\n"), StringComparison.Ordinal);
        _bench.IsWell = false;
        var response = _bench.Ask("GET /now HTTP/1.1\r\n");
        Assert.StartsWith("HTTP/1.1 503 Service Unavailable\r\n", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nnumber 2\n", response, StringComparison.Ordinal);
        Assert.Equal(("no-store", "9"), (FieldOf(response, "Cache-Control"), FieldOf(response, "Content-Length")));
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_order_and_faults_that_keep_the_border_keep_the_connection()
    {
        var talk = _bench.Start();
        talk.Feed("GET /now HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"
            + "DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\nGET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        var response = talk.Read();
        Assert.Equal(["200", "404", "405", "405", "200"], StatusesOf(response));
        Assert.Equal(2, response.Split("\r\nAllow: GET, HEAD\r\n").Length - 1);
        Assert.EndsWith("number 2\n", response, StringComparison.Ordinal);
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n", "413")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n", "405")]
    [InlineData("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n", "405")]
    [InlineData("GET /none HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n", "404")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "411")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", "501")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\n\n", "400")]
    [InlineData("GET / HTTP/3.0\r\n\r\n", "505")]
    public void Request_with_a_fault_or_a_body_closes_and_what_is_behind_it_is_not_answered(string request, string status)
    {
        var talk = _bench.Start();
        Assert.Equal(FeedStatus.Ended, talk.Feed(request + "GET /now HTTP/1.1\r\nHost: a\r\n\r\n"));
        var response = talk.Read();
        Assert.Equal([status], StatusesOf(response));
        Assert.Equal("close", FieldOf(response, "Connection"));
        Assert.Equal(0, _bench.Written);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n")]
    [InlineData("GET / HTTP/1.0\r\n")]
    public void Last_request_is_answered_and_ends_without_an_error(string request)
    {
        var talk = _bench.Start();
        talk.Feed($"{request}Host: a\r\n\r\n{Get}");
        var response = talk.Read();
        Assert.Equal("close", FieldOf(response, "Connection"));
        Assert.EndsWith(HttpFixture.Page, response, StringComparison.Ordinal);
        Assert.Equal(CloseReason.HttpDone, talk.Client.Ending);
    }

    [Fact]
    public void Old_client_that_may_go_on_reads_so_in_the_response()
    {
        var talk = _bench.Start();
        const string Old = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        talk.Feed(Old + Old);
        var responses = talk.Read();
        Assert.Equal(["200", "200"], StatusesOf(responses));
        Assert.Equal("keep-alive", FieldOf(responses, "Connection"));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Fact]
    public void Hundredth_request_is_the_last()
    {
        var talk = _bench.Start();
        talk.Feed(string.Concat(Enumerable.Repeat($"{Get}Host: a\r\n\r\n", HttpLimits.Requests + 1)));
        var response = talk.Read();
        while (talk.Client.Ending == CloseReason.None)
        {
            _bench.Clients.Advance(1000);
            talk.Resume();
            response += talk.Read();
        }

        Assert.Equal(HttpLimits.Requests, StatusesOf(response).Length);
        Assert.Equal(1, response.Split("Connection: close").Length - 1);
    }

    // A page that no segment holds goes out as its reader takes it, and waits for the requests before it.
    [Fact]
    public void Large_asset_goes_out_in_parts_and_nothing_follows_before_its_end()
    {
        var talk = _bench.Start();
        const string Request = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
        var status = talk.Feed(string.Concat(Enumerable.Repeat(Request, 3)) + $"{Get}Host: a\r\nConnection: close\r\n\r\n");
        Assert.Equal(FeedStatus.OutputPaused, status);
        Assert.InRange(talk.Recipient.Outbox.QueuedBytes, 256 * 1024, 384 * 1024);
        var read = new List<byte>();
        while (talk.Client.Ending == CloseReason.None)
        {
            talk.Resume();
            read.AddRange(Bytes.Latin(talk.ReadLatin()));
            _bench.Clients.Advance(100);
        }

        read.AddRange(Bytes.Latin(talk.ReadLatin()));
        var responses = Bytes.Latin(read.ToArray());
        Assert.Equal(3, responses.Split(Bytes.Latin(HttpFixture.Large)).Length - 1);
        Assert.EndsWith(HttpFixture.Page, responses, StringComparison.Ordinal);
        Assert.Equal(CloseReason.HttpDone, talk.Client.Ending);
    }

    [Theory]
    [InlineData("", HttpLimits.IdleMs, CloseReason.HttpIdle)]
    [InlineData("GET", HttpLimits.HeadMs, CloseReason.HttpHeadTimeout)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", HttpLimits.IdleMs, CloseReason.HttpIdle)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\nG", HttpLimits.HeadMs, CloseReason.HttpHeadTimeout)]
    public void Silence_ends_at_its_deadline_without_a_word(string sent, int deadlineMs, CloseReason reason)
    {
        var talk = _bench.Start();
        talk.Feed(sent);
        talk.Read();
        Assert.Equal(_bench.Clients.Clock.NowMs + deadlineMs, talk.Client.NextDeadlineMs);
        _bench.Clients.Advance(deadlineMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        _bench.Clients.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal((reason, ""), (talk.Client.Ending, talk.Read()));
    }

    [Fact]
    public void Head_that_drips_does_not_move_its_deadline()
    {
        var talk = _bench.Start();
        for (var i = 0; i < 10; i++)
        {
            talk.Feed("G");
            Assert.Equal(CloseReason.None, talk.Client.Ending);
            _bench.Clients.Advance(HttpLimits.HeadMs / 10);
        }

        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.HttpHeadTimeout, talk.Client.Ending);
    }

    [Fact]
    public void Slow_readers_of_a_page_share_its_bytes()
    {
        var slices = new List<MuxChat.Core.Buffers.Slice>();
        for (var i = 0; i < 3; i++)
        {
            var talk = _bench.Start();
            talk.Feed("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            talk.Recipient.Outbox.CopyTo(slices);
        }

        // The head and three parts each.
        Assert.Equal(12, slices.Count);
        Assert.Equal(3, slices.Where(static (_, i) => i % 4 > 0).Select(static slice => slice.Segment).Distinct().Count());
    }

    [Fact]
    public void Steady_requests_allocate_nothing()
    {
        var talk = _bench.Start();
        var page = Bytes.Latin($"{Get}Host: a\r\nAccept-Encoding: br\r\n\r\n");
        Assert.True(_bench.Set.Find("http") is HttpProtocol);
        var handler = ((HttpProtocol)_bench.Set.Find("http")!).Begin(new HandlerHost(_bench.Clients.Context, talk.Recipient));

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                handler.HandleFrame(page);
                talk.Recipient.Outbox.Clear();
            }
        }

        Assert.Equal(0, Allocations.Of(() => Run(200), () => Run(1000)));
    }

    private static string[] StatusesOf(string responses) =>
        [.. responses.Split("HTTP/1.1 ").Skip(1).Select(static response => response[..3])];

    private static string? FieldOf(string response, string name) => response.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];
}
