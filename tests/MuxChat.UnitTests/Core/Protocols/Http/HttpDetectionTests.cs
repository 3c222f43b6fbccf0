using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>HTTP next to the other protocols of an auto listener.</summary>
public sealed class HttpDetectionTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private readonly HttpFixture _bench = new();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "http")]
    [InlineData("GET / HTTP/9", "http")]
    [InlineData("POST http://a/ HTTP/1.0\n", "http")]
    [InlineData("GET is a verb\n", "line")]
    [InlineData("GET /\n", "line")]
    [InlineData("GET / HTTP\n", "line")]
    [InlineData("love is HTTP/1.1\n", "line")]
    [InlineData("NICK a\r\n", "irc")]
    [InlineData("GET / HT", null)]
    [InlineData("GET /", null)]
    [InlineData("hello", null)]
    public void First_line_decides(string first, string? protocol) =>
        Assert.Same(protocol is null ? null : _bench.Set.Find(protocol), _bench.Set.Detector.Detect(Bytes.Latin(first)));

    [Theory]
    [InlineData(600, "\n", "line")]
    [InlineData(4000, "\n", "line")]
    [InlineData(4000, "", null)]
    [InlineData(4000, " HTTP/1.1\r\n", "http")]
    [InlineData(5000, "", "http")]
    [InlineData(5000, "\n", "http")]
    public void Long_first_line_is_chat_if_it_ends_within_a_line(int letters, string end, string? protocol) =>
        First_line_decides($"GET /{new string('a', letters)}{end}", protocol);

    [Fact]
    public void Request_on_auto_is_answered_however_it_is_cut()
    {
        for (var cut = 1; cut < Request.Length; cut++)
        {
            var talk = _bench.Clients.Start(null);
            talk.Feed(Request[..cut]);
            Assert.Equal("", talk.Read());
            talk.Feed(Request[cut..]);
            Assert.EndsWith(HttpFixture.Page, talk.Read(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Silent_client_is_greeted_later_if_its_address_speaks_HTTP()
    {
        Assert.Equal(ProtocolDetector.SilenceMs, SilenceOfNewcomer());
        _bench.Clients.Start(null).Feed(Request);
        _bench.Clients.Advance(BrowserAddresses.NearMs);
        Assert.Equal(BrowserAddresses.SpareSilenceMs, SilenceOfNewcomer());
        _bench.Clients.Advance(1);
        Assert.Equal(BrowserAddresses.KnownSilenceMs, SilenceOfNewcomer());
    }

    [Fact]
    public void Spare_connection_is_served_late_and_a_person_who_types_is_greeted_at_once()
    {
        var spare = _bench.Clients.Start(null);
        var person = _bench.Clients.Start(null);
        _bench.Clients.Start(null).Feed(Request);
        _bench.Clients.Advance(BrowserAddresses.SpareSilenceMs - 1);
        spare.Client.OnDeadline();
        Assert.Equal("", spare.Read());
        spare.Feed(Request);
        Assert.EndsWith(HttpFixture.Page, spare.Read(), StringComparison.Ordinal);
        person.Feed("\n");
        Assert.StartsWith("* Welcome to MuxChat!", person.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Request_line_that_stops_is_never_greeted_and_ends_at_the_deadline_of_a_head()
    {
        var talk = _bench.Clients.Start(null);
        talk.Feed("GET / HT");
        _bench.Clients.Advance(HttpLimits.HeadMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(("", CloseReason.None), (talk.Read(), talk.Client.Ending));
        _bench.Clients.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal(("", CloseReason.HttpHeadTimeout), (talk.Read(), talk.Client.Ending));
    }

    [Fact]
    public void Person_who_stops_within_a_line_is_greeted()
    {
        var talk = _bench.Clients.Start(null);
        talk.Feed("see /home");
        _bench.Clients.Advance(ProtocolDetector.SilenceMs);
        talk.Client.OnDeadline();
        Assert.StartsWith("* Welcome to MuxChat!", talk.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void TLS_on_an_http_listener_gets_an_alert()
    {
        var talk = _bench.Start();
        talk.Feed([0x16, 3, 1, 0, 5]);
        Assert.Equal([21, 3, 1, 0, 2, 2, 40], Bytes.Latin(talk.ReadLatin()));
        Assert.Equal(CloseReason.SpokeTls, talk.Client.Ending);
    }

    [Fact]
    public void Server_without_a_page_turns_HTTP_away()
    {
        var bench = new MuxChat.UnitTests.Core.Clients.ProtocolConnectionFixture
        {
            Detector = new ProtocolSet(new MuxChat.Core.Framing.FrameLimits()).Detector,
        };
        var talk = bench.Start(null);
        talk.Feed(Request);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", talk.Read(), StringComparison.Ordinal);
        Assert.Equal(CloseReason.SpokeHttp, talk.Client.Ending);
    }

    private long SilenceOfNewcomer() => _bench.Clients.Start(null).Client.NextDeadlineMs - _bench.Clients.Clock.NowMs;
}
