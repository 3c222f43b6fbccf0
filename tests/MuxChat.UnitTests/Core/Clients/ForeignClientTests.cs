using MuxChat.Core.Chat;
using MuxChat.Core.Clients;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>A conversation with a client that speaks HTTP or TLS ends with its first line, and none of the others is carried out.</summary>
public sealed class ForeignClientTests
{
    private const string Request = "POST / HTTP/1.1\r\nHost: a\r\n\r\nhello\r\n/nick evil\r\n";

    [Fact]
    public void Foreign_client_on_auto_has_no_session_and_no_client_hears_of_it()
    {
        var bench = new ProtocolConnectionFixture();
        var bob = bench.StartLine();
        var talk = bench.Start(null);
        Assert.Equal(FeedStatus.Ended, talk.Feed(Request));
        Assert.Equal(CloseReason.SpokeHttp, talk.Client.Ending);
        Assert.Equal("", talk.Client.NickForLog);
        Assert.StartsWith("HTTP/1.1 400 ", talk.Read(), StringComparison.Ordinal);
        Assert.Equal("", bob.Read());
        Assert.Equal(1, bench.Hub.SessionCount);
        Assert.Equal(long.MaxValue, talk.Client.NextDeadlineMs);
    }

    [Fact]
    public void Foreign_client_on_lines_is_told_and_its_room_hears_why_it_went()
    {
        var bench = new ProtocolConnectionFixture();
        var bob = bench.StartLine();
        var talk = bench.StartLine();
        bob.Read();
        Assert.Equal(FeedStatus.Ended, talk.Feed(Request));
        Assert.Equal(CloseReason.SpokeHttp, talk.Client.Ending);
        Assert.StartsWith("HTTP/1.1 400 ", talk.Read(), StringComparison.Ordinal);
        Assert.Equal("* guest-2 quit: spoke HTTP\n", bob.Read());
    }

    [Fact]
    public void Foreign_client_byte_by_byte_is_turned_away_before_any_line_is_carried_out()
    {
        foreach (var isAuto in (bool[])[true, false])
        {
            var bench = new ProtocolConnectionFixture();
            var bob = bench.StartLine();
            var talk = bench.Start(isAuto ? null : bench.Line);
            bob.Read();
            foreach (var one in Request)
            {
                talk.Feed(one.ToString());
            }

            Assert.Equal(CloseReason.SpokeHttp, talk.Client.Ending);
            Assert.Equal(isAuto ? "" : "* guest-2 quit: spoke HTTP\n", bob.Read());
        }
    }

    [Fact]
    public void Foreign_client_that_falls_silent_in_its_first_line_is_turned_away_at_its_end()
    {
        var bench = new ProtocolConnectionFixture();
        var talk = bench.Start(null);
        Assert.Equal(FeedStatus.NeedMore, talk.Feed("POST / HT"));
        bench.Advance(500);
        talk.Client.OnDeadline();
        Assert.Equal(1, bench.Hub.SessionCount);
        Assert.Equal(FeedStatus.Ended, talk.Feed("TP/1.1\r\n/nick evil\r\n"));
        Assert.Equal(CloseReason.SpokeHttp, talk.Client.Ending);
        Assert.Equal(0, bench.Hub.SessionCount);
    }

    [Fact]
    public void Foreign_client_after_empty_lines_or_telnet_is_turned_away()
    {
        foreach (var front in (string[])["\r\n\n", "\u00ff\u00fb\u0001", "\u00ff\u00f1\r\n"])
        {
            var talk = new ProtocolConnectionFixture().StartLine();
            Assert.Equal(FeedStatus.Ended, talk.Feed(Bytes.Latin(front + Request)));
            Assert.Equal(CloseReason.SpokeHttp, talk.Client.Ending);
        }
    }

    [Fact]
    public void Telnet_command_that_swallows_a_space_leaves_no_request()
    {
        foreach (var sizeOfPieces in (int[])[1, 100])
        {
            var talk = new ProtocolConnectionFixture().StartLine();
            foreach (var piece in Bytes.Latin("a /\u00ff\u00fc HTTP/1\n").Chunk(sizeOfPieces))
            {
                talk.Feed(piece);
            }

            Assert.Equal(CloseReason.None, talk.Client.Ending);
        }
    }

    [Fact]
    public void Request_line_that_is_not_the_first_is_said()
    {
        var bench = new ProtocolConnectionFixture();
        var bob = bench.StartLine();
        var talk = bench.StartLine();
        bob.Read();
        talk.Feed("hello\nGET / HTTP/1.1\n");
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        Assert.Equal("<guest-2> hello\n<guest-2> GET / HTTP/1.1\n", bob.Read());
    }

    [Fact]
    public void Tls_is_answered_by_an_alert()
    {
        var talk = new ProtocolConnectionFixture().Start(null);
        Assert.Equal(FeedStatus.NeedMore, talk.Feed([0x16]));
        Assert.Equal(FeedStatus.Ended, talk.Feed([0x03]));
        Assert.Equal(CloseReason.SpokeTls, talk.Client.Ending);
        Assert.Equal("\u0015\u0003\u0001\0\u0002\u0002(", talk.Read());
    }
}
