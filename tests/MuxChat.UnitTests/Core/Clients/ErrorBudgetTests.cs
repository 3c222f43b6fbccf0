using MuxChat.Core.Chat;
using MuxChat.Core.Clients;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>What is wrong costs more of the flood budget than what is right, and a long row of it ends the conversation.</summary>
public sealed class ErrorBudgetTests
{
    private static readonly byte[] EmptyFrame = [0, 0, 0, 0];

    [Fact]
    public void WrongLines_costFiveTokensEach()
    {
        var bench = new ProtocolConnectionFixture();
        var talk = bench.StartLine();

        // 20 tokens: four that cost five each, and then half a second for each further one.
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(Repeat("/dance\n", 10)));
        Assert.Equal(4, Errors(talk));
        bench.Advance(50);
        Assert.Equal(FeedStatus.FloodPaused, talk.Resume());
        Assert.Equal(0, Errors(talk));
        bench.Advance(51);
        Assert.Equal(FeedStatus.FloodPaused, talk.Resume());
        Assert.Equal(1, Errors(talk));
        Assert.InRange(talk.Client.FloodResumeMs - bench.Clock.NowMs, 490, 501);
        bench.Advance(10_000);
        Assert.Equal(FeedStatus.FloodPaused, talk.Resume());
        Assert.Equal(4, Errors(talk));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Theory]
    [InlineData("/nick 1st\n")]
    [InlineData("/join a,b\n")]
    [InlineData("/msg\n")]
    [InlineData("esc \u001b\n")]
    public void LineThatIsWrongInItself_costsFive(string line)
    {
        var talk = new ProtocolConnectionFixture().StartLine();
        talk.Feed(Repeat(line, 10));
        Assert.Equal(4, Errors(talk));
    }

    [Theory]
    [InlineData("/msg nobody hello\n")]
    [InlineData("/who #nowhere\n")]
    [InlineData("/part #nowhere\n")]
    public void LineThatIsRefusedForWhatOthersDid_costsOne(string line)
    {
        var talk = new ProtocolConnectionFixture().StartLine();
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(Repeat(line, 30)));
        Assert.Equal(20, Errors(talk));
    }

    [Fact]
    public void WrongFrames_costFiveTokensEach()
    {
        var talk = new ProtocolConnectionFixture().StartFrame();
        Assert.Equal(FeedStatus.FloodPaused,
            talk.Feed([.. EmptyFrame, .. Bytes.Frame("{"), .. Bytes.Frame("[]"), .. Bytes.Frame("""{"type":"?"}"""), .. EmptyFrame]));
        Assert.Equal(EmptyFrame.Length, talk.PendingBytes);
    }

    [Fact]
    public void Budget_afterAnyErrors_isNeverFurtherBelowNoneThanOneErrorCosts()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 1, FloodPerSecond = 10, ErrorCost = 7 });
        var talk = bench.StartLine();
        for (var i = 0; i < 50; i++)
        {
            talk.Feed("/dance\n");
            Assert.InRange(talk.Client.FloodResumeMs - bench.Clock.NowMs, 0, 802);
            bench.Advance(801);
        }
    }

    [Fact]
    public void HundredErrorsInARow_endTheClientWithAWord()
    {
        var bench = new ProtocolConnectionFixture();
        var (listener, talk) = (bench.StartLine(), bench.StartLine());
        listener.Read();
        var status = FeedStatus.NeedMore;
        var errors = 0;
        while (status != FeedStatus.Ended && errors < 500)
        {
            status = talk.Feed(Repeat("/dance\n", 4));
            bench.Advance(2_000);
            errors += Errors(talk, out var rest);
            Assert.Equal(status == FeedStatus.Ended ? "* goodbye: too many errors in a row\n" : "", rest);
        }

        Assert.Equal(100, errors);
        Assert.Equal(CloseReason.ProtocolErrors, talk.Client.Ending);
        Assert.Equal("* guest-2 quit: sent too many errors in a row\n", listener.Read());
    }

    [Fact]
    public void FramesOfEveryKindOfError_endTheClient()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 1000, ErrorsInRow = 6 });
        var talk = bench.StartFrame();
        byte[] wrong =
        [
            .. EmptyFrame, .. Bytes.Frame("{"), .. Bytes.Frame("""{"type":"?"}"""), .. (byte[])[0, 0, 0, 1, 0xFF], .. (byte[])[0, 1, 0, 1],
            .. new byte[65_537],
        ];
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(wrong));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        Assert.Equal(FeedStatus.Ended, talk.Feed(EmptyFrame));
        Assert.Equal(CloseReason.ProtocolErrors, talk.Client.Ending);
        Assert.EndsWith("""{"type":"closing","reason":"too many errors in a row"}""", talk.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("/ping\n")]
    [InlineData("/nick 1st\n")]
    [InlineData("/msg nobody hello\n")]
    public void LineThatIsUnderstood_endsTheRow(string understood)
    {
        var talk = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 10_000, ErrorsInRow = 3 }).StartLine();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(Repeat("/dance\n/dance\n" + understood, 50)));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        Assert.Equal(FeedStatus.Ended, talk.Feed(Repeat("/dance\n", 3)));
    }

    [Fact]
    public void WithoutFloodControl_errorsCostNothingAndEndNothing()
    {
        var talk = new ProtocolConnectionFixture(new ClientLimits { Flood = false, ErrorsInRow = 3 }).StartLine();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(Repeat("/dance\n", 500)));
        Assert.Equal(500, Errors(talk));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static int Errors(ProtocolConnectionFixture.Talk talk) => Errors(talk, out _);

    private static int Errors(ProtocolConnectionFixture.Talk talk, out string rest)
    {
        var lines = talk.Read().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rest = string.Concat(lines.Where(line => !line.StartsWith("! ", StringComparison.Ordinal)).Select(line => line + "\n"));
        return lines.Count(line => line.StartsWith("! ", StringComparison.Ordinal));
    }
}
