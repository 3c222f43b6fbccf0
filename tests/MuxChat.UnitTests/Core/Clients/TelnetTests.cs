using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>What telnet sequences cost a client, and what is answered to them.</summary>
public sealed class TelnetTests
{
    private const int SequenceBytes = 2;

    private static readonly byte[] Nop = [255, 241];

    // As many bytes as a line may have to its end: 16,384.
    private static readonly byte[] FullLine =
    [
        .. Enumerable.Repeat(Nop, FrameLimits.DefaultLineBytes * FrameLimits.OverrunFactor / SequenceBytes).SelectMany(static nop => nop),
        (byte)'\n',
    ];

    [Fact]
    public void Sequences_cost_what_answered_bytes_cost()
    {
        var talk = new ProtocolConnectionFixture().StartLine();

        // A line costs one of 20, and four such lines are 64 KiB, which cost one more.
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(FeedStatus.NeedMore, talk.Feed(FullLine));
        }

        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(FullLine));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Fact]
    public void Sequences_without_a_line_are_an_overrun()
    {
        var talk = new ProtocolConnectionFixture().StartLine();
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(FullLine[..^1]));
        Assert.Equal(FeedStatus.Ended, talk.Feed(Nop));
        Assert.Equal(CloseReason.FrameOverrun, talk.Client.Ending);
        Assert.Contains("no end of line within 16384 bytes", talk.Read(), StringComparison.Ordinal);
    }

    /// <summary>A request asks for as many bytes as it has, and both count.</summary>
    [Fact]
    public void Refusals_cost_what_answered_bytes_cost()
    {
        var talk = new ProtocolConnectionFixture().StartLine();
        byte[] line = [.. Enumerable.Repeat<byte[]>([255, 253, 1], 5461).SelectMany(static request => request), (byte)'\n'];
        var lines = 0;
        while (talk.Feed(line) == FeedStatus.NeedMore)
        {
            lines++;
            talk.Read();
        }

        // Two lines and their answers are a few bytes less than 64 KiB, so the third and then every second one costs two.
        Assert.Equal(14, lines);
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }
}
