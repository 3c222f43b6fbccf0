using MuxChat.Core.Clients;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class LeavingTests
{
    private readonly LoopFixture _bench = new();

    [Fact]
    public void FiftyClients_quittingInOneTickWhileBroadcastTo_allHearAndAreHeard()
    {
        var all = _bench.Connect(60, LoopFixture.Line);
        var speaker = all[25];
        var quitting = all.Where(channel => channel != speaker).Take(50).ToList();
        var staying = all.Except(quitting).Except([speaker]).ToList();
        speaker.Type("first\nsecond\n");
        quitting.ForEach(static channel => channel.Type("/quit bye\n"));
        _bench.Tick();
        speaker.Type("third\n");
        _bench.Tick();
        foreach (var channel in staying)
        {
            var heard = channel.ReadText();
            Assert.Equal(53, heard.Count(static c => c == '\n'));
            Assert.True(heard.IndexOf("first\n", StringComparison.Ordinal) < heard.IndexOf("second\n", StringComparison.Ordinal));
            Assert.EndsWith("<guest-26> third\n", heard, StringComparison.Ordinal);
            Assert.Equal(50, heard.Split(" quit: Quit: bye\n").Length - 1);
        }

        Assert.Equal(50, speaker.ReadText().Split(" quit: Quit: bye\n").Length - 1);
        Assert.All(quitting, static channel => Assert.EndsWith("* goodbye: you quit\n", channel.ReadText(), StringComparison.Ordinal));
        Assert.All(quitting, static channel => Assert.True(channel.IsShutDown && !channel.IsClosed));
        quitting.ForEach(static channel => channel.PeerHasClosed = true);
        _bench.Tick();
        Assert.All(quitting, static channel => Assert.True(channel.IsClosed));
        Assert.Equal((10, 10), (_bench.Loop.ConnectionCount, _bench.Hub.SessionCount));
    }

    [Fact]
    public void ClientThatBreaks_whileItsHeldBackLinesAreCarriedOut_isHeardOnce()
    {
        var bench = new LoopFixture(new ClientLimits { FloodBurst = 2, FloodPerSecond = 10, FlushFirstBytes = 1 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bob.Type("one\ntwo\n/nick three\n/nick four\n");
        Assert.True(bench.RunFor(50));
        alice.ReadText();

        // He is told of his own nick, between that line and the next, and breaks; and the time was enough for both.
        bob.IsBroken = true;
        bench.Time.AdvanceMs(1000);
        Assert.True(bench.RunFor(500));
        Assert.True(bob.IsClosed);
        Assert.Equal("* guest-2 is now three\n* three is now four\n* four quit: connection reset\n", alice.ReadText());
    }

    [Fact]
    public void QuitClient_isReadFromUntilItClosesButNotHeard()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.Type("/quit\n");
        _bench.Tick();
        alice.Type("ghost\n");
        _bench.Tick();
        Assert.Equal(0, alice.BytesToRead);
        Assert.Equal("* guest-1 quit\n", bob.ReadText());
        Assert.False(alice.IsClosed);
        Assert.True(_bench.RunFor(999));
        Assert.False(alice.IsClosed);
        Assert.True(_bench.RunFor(1));
        Assert.True(alice.IsClosed);
    }

    [Fact]
    public void QuitClient_thatDoesNotRead_isClosedAfterFlushMs()
    {
        var alice = _bench.Connect();
        alice.Window = 3;
        alice.Type("/quit\n");
        Assert.True(_bench.RunFor(4_999));
        Assert.False(alice.IsClosed || alice.IsShutDown);
        Assert.True(_bench.RunFor(1));
        Assert.True(alice.IsClosed);
        Assert.Equal("* g", alice.ReadText());
    }

    [Fact]
    public void HalfClosedClient_getsEverythingDueToItAndIsThenClosed()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadBytes();
        alice.Window = 10;
        alice.Type("hello\n/ping x\n/ping y\nunfinished");
        alice.PeerHasClosed = true;
        _bench.Tick(3);
        Assert.Equal("<guest-1> hello\n<guest-1> unfinished\n* guest-1 quit: connection closed\n", bob.ReadText());
        Assert.False(alice.IsClosed);
        Assert.Equal("* pong x\n*", alice.ReadText());
        alice.Window = long.MaxValue;
        Assert.True(_bench.RunFor(0));
        Assert.Equal(" pong y\n", alice.ReadText());
        Assert.True(alice.IsClosed);
        Assert.False(alice.IsShutDown);
        Assert.Equal("closed guest-1 EndOfInput, 1", _bench.Observer.Log[^1]);
    }

    [Fact]
    public void HalfClosedClient_heldByFloodControl_isStillHeardToTheEnd()
    {
        var bench = new LoopFixture(new ClientLimits());
        var (alice, bob) = (bench.Connect(), bench.Connect());
        alice.Type(string.Concat(Enumerable.Range(0, 30).Select(static i => $"{i}\n")));
        alice.PeerHasClosed = true;
        Assert.True(bench.RunFor(10_000));
        var expected = string.Concat(Enumerable.Range(0, 30).Select(static i => $"<guest-1> {i}\n"));
        Assert.Equal(expected + "* guest-1 quit: connection closed\n", bob.ReadText());
        Assert.True(alice.IsClosed);
    }

    [Fact]
    public void ClientThatClosesInSilence_isClosed()
    {
        var client = _bench.Network.Knock(LoopFixture.Auto);
        client.PeerHasClosed = true;
        Assert.True(_bench.RunFor(0));
        Assert.True(client.IsClosed);
        Assert.Equal((0, 0), (_bench.Loop.ConnectionCount, _bench.Hub.SessionCount));
    }

    [Fact]
    public void ClientThatSendsNoEndOfLine_isToldAndClosed()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadBytes();
        alice.Type(new string('x', 20_000));
        _bench.Tick(2);
        Assert.EndsWith("! no end of line within 16384 bytes: goodbye\n", alice.ReadText(), StringComparison.Ordinal);
        Assert.Equal("* guest-1 quit: sent an oversized line or frame\n", bob.ReadText());
        Assert.True(alice.IsShutDown);
        Assert.Equal(0, _bench.ReassemblyBytes);
    }

    [Fact]
    public void Error_onAClientThatIsNotReadFrom_endsItOnceItIsHeard()
    {
        var bench = new LoopFixture(new ClientLimits());
        var (alice, bob) = (bench.Connect(), bench.Connect());
        alice.Type(string.Concat(Enumerable.Repeat("x\n", 30)));
        bench.Tick();
        Assert.Equal(Interest.None, alice.Interest);
        bob.ReadBytes();
        alice.ReportsError = true;
        alice.IsBroken = true;
        bench.Tick();
        Assert.False(alice.IsClosed);
        Assert.DoesNotContain(alice, bench.Network.Registered);
        Assert.True(bench.RunFor(2_000));
        Assert.True(alice.IsClosed);
        Assert.Equal(string.Concat(Enumerable.Repeat("<guest-1> x\n", 10)) + "* guest-1 quit: connection reset\n", bob.ReadText());
    }

    [Fact]
    public void Error_withNothingToRead_endsTheClient()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReportsError = true;
        _bench.Tick();
        Assert.True(alice.IsClosed);
        Assert.Equal("* guest-1 quit: connection reset\n", bob.ReadText());
    }

    [Fact]
    public void Error_behindBytesThatWereReceived_losesNoneOfThem()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.Type("last words\n");
        alice.ReportsError = true;
        _bench.Tick();
        Assert.False(alice.IsClosed);
        _bench.Tick();
        Assert.Equal("<guest-1> last words\n* guest-1 quit: connection reset\n", bob.ReadText());
    }

    [Fact]
    public void Token_ofAConnectionThatIsGone_isIgnoredWhenItsPlaceIsTakenAgain()
    {
        var (first, other) = (_bench.Connect(), _bench.Connect());
        var token = first.Token;
        first.IsBroken = true;
        _bench.Tick();
        Assert.True(first.IsClosed);

        // The next tick lets somebody else into the place, and then hears of the one who was there before.
        var second = _bench.Network.Knock();
        second.Type("unread\n");
        _bench.Network.Stale.Add(new Readiness(token, ReadinessFlags.Readable | ReadinessFlags.Writable | ReadinessFlags.Error));
        other.ReadBytes();
        _bench.Tick();
        Assert.Equal(token.Index, second.Token.Index);
        Assert.NotEqual(token.Generation, second.Token.Generation);
        Assert.Equal((0, 7), (second.Reads, second.BytesToRead));
        _bench.Tick();
        Assert.Equal("* guest-3 joined #lobby\n<guest-3> unread\n", other.ReadText());
    }

    [Fact]
    public void Token_ofNobody_isIgnored()
    {
        _bench.Network.Stale.Add(new Readiness(new Token(5, 1), ReadinessFlags.Readable));
        _bench.Network.Stale.Add(new Readiness(new Token(int.MaxValue, 1), ReadinessFlags.Error));
        _bench.Tick();
        Assert.Equal(0, _bench.Loop.ConnectionCount);
    }
}
