using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.UnitTests.Core.Buffers;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>The services that send back what comes: the bytes, the greeting, the price, and the end.</summary>
public sealed class EchoTests
{
    private readonly ProtocolConnectionFixture _bench = new();

    [Theory]
    [InlineData("echo", "hello\r\n\0grüße", "hello\r\n\0grüße")]
    [InlineData("upper", "hello {x} grüße Z\u007F", "HELLO {X} GRüßE Z\u007F")]
    public void Bytes_comeBack(string scheme, string sent, string received)
    {
        var talk = Start(scheme);
        talk.Feed(sent);
        Assert.Equal(received, talk.Read());
    }

    [Fact]
    public void Every_byteThatIsNoSmallLetter_comesBackAsItIs()
    {
        var all = Enumerable.Range(0, 256).Select(static one => (byte)one).ToArray();
        var talk = Start("upper");
        talk.Feed(all);
        var expected = all.Select(static one => one is >= (byte)'a' and <= (byte)'z' ? (byte)(one - 32) : one);
        Assert.Equal(expected, Encoding.Latin1.GetBytes(ReadLatin(talk)));
    }

    [Fact]
    public void Messages_comeBackOneByOne_alsoTheEmptyOne()
    {
        var talk = Start("upper+utf");
        talk.Feed([0, 2, .. "hi"u8, 0, 0, 0, 1]);
        talk.Feed([(byte)'x']);
        Assert.Equal("\0\u0002HI\0\0\0\u0001X", ReadLatin(talk));
    }

    [Theory]
    [InlineData("echo", "byebye")]
    [InlineData("upper", "byebye")]
    [InlineData("echo+utf", "\0\u0006byebye")]
    [InlineData("upper+utf", "\0\u0006byebye")]
    public void Greeting_comesFirst(string scheme, string greeting)
    {
        var talk = Start(scheme, "byebye");
        Assert.Equal(greeting, ReadLatin(talk));
        talk.Feed([0, 1, (byte)'a']);
        Assert.Equal(scheme.StartsWith("upper", StringComparison.Ordinal) ? "\0\u0001A" : "\0\u0001a", ReadLatin(talk));
    }

    [Fact]
    public void Greeting_isNotForTheChat() =>
        Assert.DoesNotContain("byebye", ReadLatin(Start("utf", "byebye")), StringComparison.Ordinal);

    [Fact]
    public void Message_thatIsTooLong_isAnsweredByAnError_andTheNextIsServed()
    {
        var talk = Start("echo+utf");
        talk.Feed([0xFF, 0xFF, .. new byte[65_535], 0, 1, (byte)'x']);
        var read = ReadLatin(talk);
        Assert.Contains("error: the message is longer than 65534 bytes: it was dropped\n", read, StringComparison.Ordinal);
        Assert.EndsWith("\0\u0001x", read, StringComparison.Ordinal);
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    // A line costs 1, and 20 may come at once. An echo of a few bytes is a twentieth.
    [Fact]
    public void Piece_ofInput_costsATwentiethOfALine()
    {
        var talk = Start("echo");
        var pieces = 0;
        while (talk.Feed("x") == FeedStatus.NeedMore)
        {
            Assert.InRange(++pieces, 0, 1000);
        }

        Assert.InRange(pieces, 380, 420);
        Assert.Equal(FeedStatus.FloodPaused, talk.Resume());
        _bench.Advance(1000);
        Assert.Equal(FeedStatus.NeedMore, talk.Resume());
    }

    [Fact]
    public void Bytes_costLikeAnyAnswer()
    {
        var talk = Start("echo");
        var bytes = 0;
        while (talk.Feed(new byte[UnframedFraming.MaxFrameBytes]) != FeedStatus.FloodPaused)
        {
            bytes += UnframedFraming.MaxFrameBytes;
            talk.Read();
            Assert.InRange(bytes, 0, 10 * 1024 * 1024);
        }

        Assert.InRange(bytes, 1024 * 1024, 2 * 1024 * 1024);
    }

    [Fact]
    public void Client_thatDoesNotRead_isNotServed()
    {
        var talk = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var client = talk.Start(new ProtocolSet(new FrameLimits()).Find("echo"));
        var status = FeedStatus.NeedMore;
        for (var i = 0; i < 100 && status is FeedStatus.NeedMore or FeedStatus.FlushFirst; i++)
        {
            talk.Broadcaster.Distribute();
            status = client.Feed(new byte[UnframedFraming.MaxFrameBytes]);
        }

        Assert.NotEqual(FeedStatus.NeedMore, status);
        Assert.InRange(client.Recipient.Outbox.QueuedBytes, 1, talk.Context.Limits.OutputPauseBytes + (2 * UnframedFraming.MaxFrameBytes));
    }

    [Fact]
    public void Echo_isInNoRoom_andItsEndSaysNothing()
    {
        var member = _bench.StartLine();
        var talk = Start("echo");
        talk.Feed("GET / HTTP/1.1\r\n\r\n");
        Assert.Equal("GET / HTTP/1.1\r\n\r\n", talk.Read());
        talk.Client.End(CloseReason.ServerStopping);
        Assert.Equal("", talk.Read());
        Assert.Equal("", member.Read());
        Assert.Equal(1, _bench.Hub.SessionCount);
        Assert.Equal("", talk.Client.NickForLog);
    }

    private ProtocolConnectionFixture.Talk Start(string scheme, string greeting = "") =>
        _bench.Start(new ProtocolSet(new FrameLimits(), Bytes.Utf8(greeting)).Find(scheme));

    private string ReadLatin(ProtocolConnectionFixture.Talk talk)
    {
        _bench.Broadcaster.Distribute();
        return Bytes.Latin(talk.Recipient.Outbox.ReadBytes());
    }
}
