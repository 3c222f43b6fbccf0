using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>
/// The event loop turns away those of one address that are too many or too quick, and gives a place back however a connection ends.
/// </summary>
public sealed class AddressLimitTests
{
    private const ulong Alice = 1;
    private const ulong Bob = 2;

    [Theory]
    [InlineData(LoopFixture.Line)]
    [InlineData(LoopFixture.Auto)]
    public void ThirdConnectionOfAnAddress_isToldAndClosed(int listener)
    {
        var bench = new LoopFixture(limits: new LoopLimits { ClientsPerAddress = 2 });
        var (first, second, other) = (Knock(bench), Knock(bench), bench.Network.KnockFrom(Bob));
        bench.Tick();
        var third = Knock(bench, listener);
        bench.Tick();
        Assert.True(third.IsClosed && third.IsShutDown);
        Assert.Equal("! your address has 2 connections, the maximum: close one first\n", third.ReadText());
        Assert.False(first.IsClosed || second.IsClosed || other.IsClosed);
        Assert.Contains("turned away TooManyConnections, 3", bench.Observer.Log);
        Assert.Equal(3, bench.Loop.ConnectionCount);
        Assert.Equal([], third.InterestsAsked);
    }

    [Fact]
    public void ConnectionTooQuick_isToldInFrames()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ConnectsPerMinute = 1 });
        Knock(bench);
        bench.Tick();
        var second = Knock(bench, LoopFixture.Frame);
        bench.Tick();
        Assert.True(second.IsClosed);
        var told = """{"type":"error","code":"connect_rate","message":"your address connects too often (at most 1 times a minute): wait a minute"}""";
        Assert.Equal(Bytes.Frame(told), second.ReadBytes());
        Assert.True(bench.RunFor(60_001));
        var third = Knock(bench);
        bench.Tick();
        Assert.StartsWith("* Welcome", third.ReadText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quit")]
    [InlineData("closed")]
    [InlineData("broken")]
    [InlineData("slow")]
    [InlineData("error")]
    [InlineData("never a word")]
    public void Connection_howeverItEnds_givesItsPlaceBack(string how)
    {
        var bench = new LoopFixture(
            limits: new LoopLimits { ClientsPerAddress = 1, SlowConsumer = new SlowConsumerRule { HardBytes = 1000, SoftBytes = 1000 } });
        for (var round = 0; round < 3; round++)
        {
            var client = bench.Network.KnockFrom(Alice);
            client.BreaksAfter = how == "never a word" ? 0 : long.MaxValue;
            bench.Tick();
            End(client, how);
            Assert.True(bench.RunFor(5_000));
            Assert.True(client.IsClosed, $"{how}, round {round}");
            Assert.DoesNotContain(bench.Observer.Log, line => line.StartsWith("turned away", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Loopback_hasNoLimits()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ClientsPerAddress = 1, ConnectsPerMinute = 1 });
        bench.Connect(50, LoopFixture.Line);
        Assert.Equal(50, bench.Loop.ConnectionCount);
    }

    private static FakeChannel Knock(LoopFixture bench, int listener = LoopFixture.Line) => bench.Network.KnockFrom(Alice, listener);

    private static void End(FakeChannel client, string how)
    {
        switch (how)
        {
            case "quit":
                client.Type("/quit\n");
                break;
            case "closed":
                client.PeerHasClosed = true;
                break;
            case "broken":
                client.IsBroken = true;
                break;
            case "slow":
                client.Window = 0;
                client.Type("/help\n/help\n");
                break;
            case "error":
                client.Type(new string('x', 5 * 4096));
                client.PeerHasClosed = true;
                break;
        }
    }
}
