using MuxChat.Core.Clients;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class TalkingTests
{
    private readonly LoopFixture _bench = new();

    [Fact]
    public void TwoClients_talking_hearEachOther()
    {
        var alice = _bench.Network.Knock();
        var bob = _bench.Network.Knock(LoopFixture.Frame);
        _bench.Tick();
        Assert.StartsWith("* Welcome to MuxChat! You are guest-1, in #lobby.", alice.ReadText(), StringComparison.Ordinal);
        Assert.Contains("\"type\":\"welcome\",\"nick\":\"guest-2\"", bob.ReadText(), StringComparison.Ordinal);
        alice.Type("hello\n");
        bob.Type(Bytes.Frame("""{"type":"say","text":"hi","id":5}"""));
        _bench.Tick();
        Assert.Equal("<guest-2> hi\n", alice.ReadText());
        var heard = bob.ReadText();
        Assert.Contains("\"from\":\"guest-1\",\"text\":\"hello\"", heard, StringComparison.Ordinal);
        Assert.EndsWith("""{"type":"ok","id":5,"seq":4}""", heard, StringComparison.Ordinal);
        Assert.Equal(["accepted, 1", "accepted, 2"], _bench.Observer.Log);
    }

    [Fact]
    public void HalfALine_thenTheRestWithThreeMore_areFourLines()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.Type("one ha");
        _bench.Tick();
        Assert.Equal("", bob.ReadText());
        Assert.True(_bench.ReassemblyBytes > 0);
        alice.Type("lf\r\ntwo\nthree\nfour\n");
        _bench.Tick();
        Assert.Equal("<guest-1> one half\n<guest-1> two\n<guest-1> three\n<guest-1> four\n", bob.ReadText());
        Assert.Equal((2, 0), (bob.Sends, _bench.ReassemblyBytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Reads_ofAnySize_giveTheSameLines(int maxRead)
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.MaxRead = maxRead;
        var lines = string.Concat(Enumerable.Range(0, 50).Select(static i => $"line {i} {new string('x', i)}\r\n"));
        alice.Type("\u00e9\n" + lines);
        Assert.True(_bench.RunFor(0));
        Assert.Equal(("<guest-1> \u00e9\n"
            + string.Concat(Enumerable.Range(0, 50).Select(static i => $"<guest-1> line {i} {new string('x', i)}\n"))), bob.ReadText());
        Assert.Equal(0, _bench.ReassemblyBytes);
    }

    [Fact]
    public void Readiness_forNothing_isNoHarm()
    {
        var alice = _bench.Connect();
        alice.Type("half");
        _bench.Tick();
        alice.IsSpuriouslyReadable = true;
        _bench.Tick(3);
        alice.IsSpuriouslyReadable = false;
        alice.Type(" and half\n/ping x\n");
        _bench.Tick();
        Assert.Equal("* pong x\n", alice.ReadText());
        Assert.False(alice.IsClosed);
    }

    [Fact]
    public void Reading_muchFromOne_isBoundedInATickAndOthersGetTheirTurn()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ReadBytesPerTick = 100 });
        var (busy, other) = (bench.Connect(), bench.Connect());
        busy.Type(string.Concat(Enumerable.Repeat("123456789\n", 1000)));
        other.Type("/ping x\n");
        bench.Tick();
        Assert.Equal(9900, busy.BytesToRead);
        Assert.Contains("* pong x\n", other.ReadText(), StringComparison.Ordinal);
        bench.Tick();
        Assert.Equal(9800, busy.BytesToRead);
    }

    [Fact]
    public void MuchSaidInOneRead_isWrittenOnTheWay()
    {
        // A read of 64 KiB of short lines is several times as long to hear.
        var (busy, other) = (_bench.Connect(), _bench.Connect());
        busy.Type(string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"{i % 10}\n")));
        _bench.Tick();
        Assert.Equal(8, other.Sends);
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"<guest-1> {i % 10}\n")), other.ReadText());
    }

    [Fact]
    public void FloodedLines_areTakenWhenTheirTimeComes()
    {
        var bench = new LoopFixture(new ClientLimits());
        var (alice, bob) = (bench.Connect(), bench.Connect());
        alice.Type(string.Concat(Enumerable.Range(0, 30).Select(static i => $"{i}\n")));
        bench.Tick();
        Assert.Equal(20, bob.ReadText().Count(static c => c == '\n'));
        Assert.Equal(Interest.None, alice.Interest);
        Assert.True(bench.RunFor(500));
        Assert.Equal(5, bob.ReadText().Count(static c => c == '\n'));
        var waits = bench.Network.Waits;
        Assert.True(bench.RunFor(10_000));
        Assert.Equal(5, bob.ReadText().Count(static c => c == '\n'));
        Assert.Equal(Interest.Read, alice.Interest);
        Assert.InRange(bench.Network.Waits - waits, 1, 20);
        Assert.Equal(0, bench.ReassemblyBytes);
    }

    [Fact]
    public void SilentClient_onTheAutoListener_isGreetedAfterHalfASecond()
    {
        var client = _bench.Network.Knock(LoopFixture.Auto);
        Assert.True(_bench.RunFor(499));
        Assert.Equal("", client.ReadText());
        Assert.True(_bench.RunFor(1));
        Assert.StartsWith("* Welcome", client.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void SilentFrameClient_isPingedAndThenClosed()
    {
        var client = _bench.Connect(LoopFixture.Frame);
        Assert.True(_bench.RunFor(119_999));
        Assert.Equal("", client.ReadText());
        Assert.True(_bench.RunFor(1));
        Assert.EndsWith("""{"type":"ping"}""", client.ReadText(), StringComparison.Ordinal);
        Assert.True(_bench.RunFor(119_999));
        Assert.False(client.IsShutDown);
        Assert.True(_bench.RunFor(1));
        Assert.EndsWith("""{"type":"closing","reason":"no answer to a ping"}""", client.ReadText(), StringComparison.Ordinal);
        Assert.True(client.IsShutDown);
        Assert.True(_bench.RunFor(1000));
        Assert.True(client.IsClosed);
        Assert.Equal("closed guest-1 IdleTimeout, 0", _bench.Observer.Log[^1]);
    }

    [Fact]
    public void FrameClient_thatAnswersThePing_stays()
    {
        var client = _bench.Connect(LoopFixture.Frame);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(_bench.RunFor(120_000));
            Assert.EndsWith("""{"type":"ping"}""", client.ReadText(), StringComparison.Ordinal);
            client.Type(Bytes.Frame("""{"type":"pong"}"""));
        }

        Assert.False(client.IsClosed || client.IsShutDown);
    }

    [Fact]
    public void IdleLoop_withLineClients_waitsForEverAndHoldsNothing()
    {
        _bench.Connect(200, LoopFixture.Line);
        var waits = _bench.Network.Waits;
        Assert.True(_bench.RunFor(3_600_000));
        Assert.Equal(-1, _bench.Network.LastTimeoutMs);
        Assert.InRange(_bench.Network.Waits - waits, 1, 3);
        Assert.Equal(0, _bench.ReassemblyBytes);
        Assert.InRange(_bench.Pool.Lent, 0, 2);
    }
}
