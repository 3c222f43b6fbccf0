using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Clients;

public sealed class EndingTests
{
    private readonly ProtocolConnectionFixture _bench = new();

    [Fact]
    public void Quit_isSaidGoodbyeTo_andNothingAfterItIsTaken()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        Assert.Equal(FeedStatus.Ended, talk.Feed("hi\n/quit see you\nnever\n"));
        Assert.Equal((CloseReason.Quit, 6), (talk.Conversation.Ending, talk.PendingBytes));
        Assert.Equal("* goodbye: you quit\n", talk.Read());
        Assert.Equal("<guest-2> hi\n* guest-2 quit: Quit: see you\n", listener.Read());
        Assert.Equal(1, _bench.Hub.SessionCount);
    }

    [Fact]
    public void Quit_onFrames_isAnsweredAndThenClosed()
    {
        var talk = _bench.Start(_bench.Frame);
        talk.Read();
        Assert.Equal(FeedStatus.Ended, talk.Feed(Bytes.Frame("""{"type":"quit","id":1}""")));
        var answer = talk.Read();
        Assert.Contains("""{"type":"ok","id":1}""", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"type":"closing","reason":"you quit"}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void End_onlyTheFirstReasonCounts()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        talk.Conversation.End(CloseReason.Reset);
        talk.Conversation.End(CloseReason.IdleTimeout);
        Assert.Equal(CloseReason.Reset, talk.Conversation.Ending);
        Assert.Equal("* guest-2 quit: connection reset\n", listener.Read());
        Assert.Equal("", talk.Read());
    }

    [Fact]
    public void End_beforeTheProtocolIsKnown_tellsNobody()
    {
        var listener = _bench.StartLine();
        var talk = _bench.Start(null);
        talk.Conversation.End(CloseReason.EndOfInput);
        Assert.Equal((CloseReason.EndOfInput, long.MaxValue), (talk.Conversation.Ending, talk.Conversation.NextDeadlineMs));
        Assert.Equal("", listener.Read());
        Assert.Equal(FeedStatus.Ended, talk.Feed("hello\n"));
    }

    [Fact]
    public void End_becauseTheServerStops_isToldToTheClientAndNotToTheRooms()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        talk.Conversation.End(CloseReason.ServerStopping);
        Assert.Equal("* goodbye: the server is stopping\n", talk.Read());
        Assert.Equal("", listener.Read());
    }

    [Theory]
    [InlineData(CloseReason.None, false, false)]
    [InlineData(CloseReason.Quit, false, true)]
    [InlineData(CloseReason.EndOfInput, true, false)]
    [InlineData(CloseReason.Reset, true, false)]
    [InlineData(CloseReason.SlowConsumer, true, false)]
    [InlineData(CloseReason.OutputCap, true, false)]
    [InlineData(CloseReason.ProtocolErrors, true, true)]
    [InlineData(CloseReason.IdleTimeout, true, true)]
    [InlineData(CloseReason.FrameOverrun, true, false)]
    [InlineData(CloseReason.ServerStopping, true, true)]
    [InlineData(CloseReason.Killed, false, false)]
    [InlineData(CloseReason.WrongPassword, true, true)]
    public void Reason_toldToRoomsAndClient_hasWords(CloseReason reason, bool toRooms, bool toClient)
    {
        Assert.Equal(toRooms, CloseReasons.ForRooms(reason).Length > 0);
        Assert.Equal(toClient, CloseReasons.ForClient(reason).Length > 0);
    }

    [Fact]
    public void TurnAwayNotice_inEachProtocol_namesTheLimit()
    {
        var full = new ConnectionLimiter(new LoopLimits { Clients = 7 }).Full;
        var writer = new SegmentWriter(_bench.Pool);
        Assert.Equal("! the server is full (7 clients): try again later\n", Bytes.Utf8(RejectionNotice.Encode(_bench.Line, full, writer)));
        var frame = RejectionNotice.Encode(_bench.Frame, full, writer).ToArray();
        Assert.Equal(Bytes.Frame("""{"type":"error","code":"server_full","message":"the server is full (7 clients): try again later"}"""), frame);
    }
}
