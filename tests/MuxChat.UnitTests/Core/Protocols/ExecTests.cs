using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Exec;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>An exec client that leaves out the end of its line.</summary>
public sealed class ExecTests
{
    private readonly ProtocolConnectionFixture _bench = new();

    // A zero byte may be the beginning of a PROXY header, which only more bytes could tell.
    [Theory]
    [InlineData("uptime")]
    [InlineData("\0")]
    [InlineData("\r\n\r\n")]
    public void Line_without_an_end_is_answered_after_the_quiet_time(string line)
    {
        var talk = _bench.Start(new ExecProtocol(new FrameLimits(), LengthHeader.BigEndian32));
        talk.Feed(line);
        Assert.Equal("", talk.Read());
        _bench.Advance(ExecHandler.QuietMs);
        talk.Client.OnDeadline();
        talk.Feed("");
        Assert.Equal(0, talk.PendingBytes);
        Assert.Equal(line.Trim().Length > 0, talk.Read().Contains("this server runs no commands", StringComparison.Ordinal));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }
}
