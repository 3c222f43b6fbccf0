using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Clients;

public sealed class ProtocolConnectionTests
{
    private readonly ProtocolConnectionFixture _bench = new();

    [Fact]
    public void Lines_twentyAtOnce_areTakenAndTheRestAtTenASecond()
    {
        var listener = _bench.StartLine();
        var talk = _bench.StartLine();
        listener.Read();
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Range(0, 50).Select(static i => $"{i}\n"))));
        Assert.Equal(20, LinesOf(listener));
        Assert.Equal(100, talk.Client.FloodResumeMs);
        _bench.Advance(99);
        Assert.Equal(FeedStatus.FloodPaused, talk.Resume());
        Assert.Equal(0, LinesOf(listener));
        _bench.Advance(1);
        Assert.Equal(FeedStatus.FloodPaused, talk.Resume());
        Assert.Equal(1, LinesOf(listener));
        _bench.Advance(1000);
        talk.Resume();
        Assert.Equal(10, LinesOf(listener));
        _bench.Advance(10_000);
        Assert.Equal(FeedStatus.NeedMore, talk.Resume());
        Assert.Equal((19, 0), (LinesOf(listener), talk.PendingBytes));
    }

    [Fact]
    public void Lines_withoutFloodControl_areAllTaken()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false, FlushFirstBytes = long.MaxValue });
        var (listener, talk) = (bench.StartLine(), bench.StartLine());
        listener.Read();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(string.Concat(Enumerable.Repeat("x\n", 5000))));
        Assert.Equal(5000, LinesOf(listener));
    }

    [Fact]
    public void EmptyAndWrongLines_countAsWell()
    {
        var talk = _bench.StartLine();
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat("\n/nothing\n", 11))));

        // One for an empty line and five for a wrong one, of twenty.
        Assert.Equal(4, LinesOf(talk));
    }

    [Fact]
    public void SilentClient_afterHalfASecond_isGreetedByLines()
    {
        var talk = _bench.Start(null);
        Assert.Equal(500, talk.Client.NextDeadlineMs);
        Assert.Equal("", talk.Client.NickForLog);
        _bench.Advance(499);
        talk.Client.OnDeadline();
        Assert.Equal("", talk.Read());
        _bench.Advance(1);
        talk.Client.OnDeadline();
        Assert.StartsWith("* Welcome to MuxChat! You are guest-1, in #lobby.", talk.Read(), StringComparison.Ordinal);
        Assert.Equal((long.MaxValue, "guest-1"), (talk.Client.NextDeadlineMs, talk.Client.NickForLog));
    }

    [Fact]
    public void FirstByteZero_onAutoListener_isFrames()
    {
        var talk = _bench.Start(null);
        Assert.Equal(FeedStatus.NeedMore, talk.Feed([0]));
        Assert.Contains("\"type\":\"welcome\"", talk.Read(), StringComparison.Ordinal);
        talk.Feed(Bytes.Frame("""{"type":"ping","token":"t","id":1}""")[1..]);
        var answer = talk.Read();
        Assert.Contains("""{"type":"pong","token":"t"}""", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"type":"ok","id":1}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstByteOfALine_onAutoListener_isLinesAtOnce()
    {
        var talk = _bench.Start(null);
        Assert.Equal(FeedStatus.NeedMore, talk.Feed("/ping x"));
        Assert.StartsWith("* Welcome", talk.Read(), StringComparison.Ordinal);
        talk.Feed("\n");
        Assert.Equal("* pong x\n", talk.Read());
    }

    [Fact]
    public void SilentFrameClient_isPingedAfterTwoMinutesAndClosedAfterFour()
    {
        var talk = _bench.Start(_bench.Frame);
        var other = _bench.StartLine();
        talk.Read();
        Assert.Equal(120_000, talk.Client.NextDeadlineMs);
        _bench.Advance(119_999);
        talk.Client.OnDeadline();
        Assert.Equal("", talk.Read());
        _bench.Advance(1);
        talk.Client.OnDeadline();
        Assert.EndsWith("""{"type":"ping"}""", talk.Read(), StringComparison.Ordinal);
        Assert.Equal(240_000, talk.Client.NextDeadlineMs);
        _bench.Advance(119_999);
        talk.Client.OnDeadline();
        Assert.Equal((CloseReason.None, ""), (talk.Client.Ending, talk.Read()));
        _bench.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal((CloseReason.IdleTimeout, long.MaxValue), (talk.Client.Ending, talk.Client.NextDeadlineMs));
        Assert.EndsWith("""{"type":"closing","reason":"no answer to a ping"}""", talk.Read(), StringComparison.Ordinal);
        Assert.Equal("* guest-1 quit: no answer to a ping\n", other.Read());
    }

    [Fact]
    public void FrameClient_thatSendsAnything_isNotIdle()
    {
        var talk = _bench.Start(_bench.Frame);
        _bench.Advance(120_000);
        talk.Client.OnDeadline();
        _bench.Advance(100_000);
        talk.Feed([0]);
        Assert.Equal(340_000, talk.Client.NextDeadlineMs);
        _bench.Advance(119_999);
        talk.Client.OnDeadline();
        Assert.Equal(340_000, talk.Client.NextDeadlineMs);
        _bench.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal((CloseReason.None, 460_000L), (talk.Client.Ending, talk.Client.NextDeadlineMs));
    }

    [Fact]
    public void LineClient_howeverSilent_isNeitherPingedNorClosed()
    {
        var talk = _bench.StartLine();
        _bench.Advance(10_000_000);
        talk.Client.OnDeadline();
        Assert.Equal((CloseReason.None, long.MaxValue, ""), (talk.Client.Ending, talk.Client.NextDeadlineMs, talk.Read()));
    }

    [Fact]
    public void ClientThatDoesNotReadItsAnswers_mayNotAskOn()
    {
        var bench = new ProtocolConnectionFixture(
            new ClientLimits { Flood = false, FlushFirstBytes = long.MaxValue, OutputPauseBytes = 1000 });
        var talk = bench.StartLine();
        Assert.Equal(FeedStatus.OutputPaused, talk.Feed(string.Concat(Enumerable.Repeat($"/ping {new string('t', 200)}\n", 10))));
        Assert.Equal((5 * 208, 5 * 207), (talk.Client.Recipient.Outbox.QueuedBytes, talk.PendingBytes));
        Assert.Equal(FeedStatus.OutputPaused, talk.Resume());
        talk.Read();
        Assert.Equal(FeedStatus.NeedMore, talk.Resume());
        Assert.Equal((5 * 208, 0), (talk.Client.Recipient.Outbox.QueuedBytes, talk.PendingBytes));
    }

    [Fact]
    public void MuchEncoded_isWrittenBeforeMoreIsTaken()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var (listener, talk) = (bench.StartLine(), bench.StartLine());
        listener.Read();
        Assert.Equal(FeedStatus.FlushFirst, talk.Feed(string.Concat(Enumerable.Repeat(new string('x', 4000) + "\n", 20))));
        Assert.Equal(17, LinesOf(listener));
        Assert.Equal(FeedStatus.NeedMore, talk.Resume());
        Assert.Equal(3, LinesOf(listener));
    }

    [Fact]
    public void TooLongLine_isTold_andTheNextLineIsTaken()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(new string('x', 5000) + "\nnext\n"));
        Assert.Equal("! the line is longer than 4096 bytes: it was dropped\n", talk.Read());
        Assert.Equal("<guest-2> next\n", listener.Read());
    }

    [Fact]
    public void LineWithoutEnd_endsTheClient()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        Assert.Equal(FeedStatus.Ended, talk.Feed(new string('x', (FrameLimits.OverrunFactor * 4096) + 1) + "\nnext\n"));
        Assert.Equal(CloseReason.FrameOverrun, talk.Client.Ending);
        Assert.EndsWith("! no end of line within 16384 bytes: goodbye\n", talk.Read(), StringComparison.Ordinal);
        Assert.Equal("* guest-2 quit: sent an oversized line or frame\n", listener.Read());
        Assert.Equal(FeedStatus.Ended, talk.Feed("more\n"));
        Assert.Equal("", listener.Read());
    }

    [Fact]
    public void EmptyFrame_isTold_andTheNextIsTaken()
    {
        var talk = _bench.Start(_bench.Frame);
        talk.Read();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed([0, 0, 0, 0, .. Bytes.Frame("""{"type":"ping"}""")]));
        var answer = talk.Read();
        Assert.Contains("\"code\":\"empty_frame\"", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"type":"pong","token":""}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_onFrames_hasTheRequestsId()
    {
        var talk = _bench.Start(_bench.Frame);
        talk.Read();
        talk.Feed([.. Bytes.Frame("""{"type":"join","room":"x","id":"a"}"""), .. Bytes.Frame("""{"type":"say","text":"x","id":2}""")]);
        var answer = talk.Read();
        Assert.Contains("""{"type":"error","id":"a","code":"bad_room",""", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"type":"ok","id":2,"seq":2}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void LineThatIsNotUtf8_isToldAndNotSentOn()
    {
        var (listener, talk) = (_bench.StartLine(), _bench.StartLine());
        listener.Read();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed([0xC3, (byte)'\n', (byte)'a', (byte)'\n']));
        Assert.Equal("! the line is not UTF-8: it was dropped\n", talk.Read());
        Assert.Equal("<guest-2> a\n", listener.Read());
    }

    private static int LinesOf(ProtocolConnectionFixture.Talk talk) => talk.Read().Count(static character => character == '\n');
}
