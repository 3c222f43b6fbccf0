using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Exec;
using MuxChat.UnitTests.Core.Clients;
using MuxChat.UnitTests.Core.Loop;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>An exec client that leaves out the end of its line: it waits, or it closes its side.</summary>
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

    [Theory]
    [InlineData("uptime", 1)]
    [InlineData("uptime\n", 1)]
    [InlineData("one\ntwo", 2)]
    [InlineData(" ", 0)]
    [InlineData("", 0)]
    public void Line_without_an_end_is_answered_when_the_client_closes_its_side(string lines, int answers)
    {
        var bench = new LoopFixture(lines: new ExecProtocol(new FrameLimits(), LengthHeader.BigEndian32));
        var client = bench.Network.Knock(LoopFixture.Line);
        client.Type(lines);
        client.PeerHasClosed = true;
        Assert.True(bench.RunFor(ExecHandler.QuietMs - 1));
        Assert.Equal(answers, client.ReadText().Split("this server runs no commands").Length - 1);
        Assert.True(client.IsClosed);
    }

    [Fact]
    public void Line_without_an_end_is_dropped_when_the_connection_breaks()
    {
        var bench = new LoopFixture(lines: new ExecProtocol(new FrameLimits(), LengthHeader.BigEndian32));
        var client = bench.Network.Knock(LoopFixture.Line);
        client.Type("uptime");
        client.IsBroken = true;
        client.ReportsError = true;
        Assert.True(bench.RunFor(ExecHandler.QuietMs - 1));
        Assert.DoesNotContain("commands", client.ReadText(), StringComparison.Ordinal);
    }
}
