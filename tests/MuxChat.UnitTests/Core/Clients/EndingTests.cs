using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;

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
        Assert.Equal((CloseReason.Quit, 6), (talk.Client.Ending, talk.PendingBytes));
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

    [Theory]
    [InlineData(CloseReason.ServerStopping, "* goodbye: the server is stopping\n", "")]
    [InlineData(CloseReason.SlowConsumer, "", "* guest-2 quit: slow consumer\n")]
    [InlineData(CloseReason.OutputCap, "", "* guest-2 quit: slow consumer, with the server's output at its limit\n")]
    [InlineData(CloseReason.Reset, "", "* guest-2 quit: connection reset\n")]
    public void End_ofAClientThatIsToBeExpelled_hasTheReasonThatEndsIt(CloseReason reason, string told, string room)
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        talk.Read();
        talk.Recipient.Expel(CloseReason.WrongPassword);
        talk.Client.End(reason);
        Assert.Equal((reason, told, room), (talk.Client.Ending, talk.Read(), listener.Read()));
    }

    [Fact]
    public void Deadline_ofAClientThatIsToBeExpelled_isNoReason()
    {
        var talk = _bench.Start(_bench.Frame);
        talk.Read();
        _bench.Advance(_bench.Context.Limits.IdlePingMs);
        talk.Client.OnDeadline();
        Assert.Contains("ping", talk.Read(), StringComparison.Ordinal);
        _bench.Advance(_bench.Context.Limits.IdleCloseMs);
        talk.Recipient.Expel(CloseReason.WrongPassword);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.WrongPassword, talk.Client.Ending);
    }

    [Fact]
    public void Fail_ofAClientThatIsToBeExpelled_tellsTheNumber()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        talk.Read();
        talk.Recipient.Expel(CloseReason.WrongPassword);
        talk.Client.Fail(17);
        Assert.Equal((CloseReason.InternalError, "* goodbye: internal error 17\n"), (talk.Client.Ending, talk.Read()));
        Assert.Equal("* guest-2 quit: internal error\n", listener.Read());
    }

    [Fact]
    public void Expel_forAReasonThatTheChatDoesNotHave_isAMistakeOfTheProgram() =>
        Assert.Throws<ArgumentException>(() => _bench.StartLine().Recipient.Expel(CloseReason.Quit));

    [Fact]
    public void Closing_isNeverInAnEarlierPhase_andKeepsWhatTheRoomsWereTold()
    {
        var closing = new ClosingState();
        Assert.True(closing.TryExpel(CloseReason.Killed));
        Assert.False(closing.TryExpel(CloseReason.WrongPassword));
        Assert.True(closing.TryEnd(CloseReason.Quit));
        Assert.False(closing.TryEnd(CloseReason.Reset));
        closing.Enter(ClosingPhase.Lingering, 5);
        Assert.Throws<InvalidOperationException>(() => closing.Enter(ClosingPhase.Finishing, 6));
        closing.Close(CloseReason.SlowConsumer);
        Assert.Equal((ClosingPhase.Closed, CloseReason.Quit, CloseReason.Killed), (closing.Phase, closing.Reason, closing.ExpelledFor));
    }

    [Fact]
    public void End_onlyTheFirstReasonCounts()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        talk.Client.End(CloseReason.Reset);
        talk.Client.End(CloseReason.IdleTimeout);
        Assert.Equal(CloseReason.Reset, talk.Client.Ending);
        Assert.Equal("* guest-2 quit: connection reset\n", listener.Read());
        Assert.Equal("", talk.Read());
    }

    [Fact]
    public void End_beforeTheProtocolIsKnown_tellsNobody()
    {
        var listener = _bench.StartLine();
        var talk = _bench.Start(null);
        talk.Client.End(CloseReason.EndOfInput);
        Assert.Equal((CloseReason.EndOfInput, long.MaxValue), (talk.Client.Ending, talk.Client.NextDeadlineMs));
        Assert.Equal("", listener.Read());
        Assert.Equal(FeedStatus.Ended, talk.Feed("hello\n"));
    }

    [Fact]
    public void End_becauseTheServerStops_isToldToTheClientAndNotToTheRooms()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        talk.Client.End(CloseReason.ServerStopping);
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
        Assert.Equal(Bytes.Frame("""{"type":"error","code":"server_full","message":"the server is full (7 clients): try again later"}"""),
            frame);
    }
}
