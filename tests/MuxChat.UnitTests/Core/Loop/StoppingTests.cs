using MuxChat.Core.Clients;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class StoppingTests
{
    private const string Goodbye = "* goodbye: the server is stopping\n";

    private readonly LoopFixture _bench = new();

    [Fact]
    public void Stop_withoutClients_endsAtOnce()
    {
        _bench.Tick();
        _bench.Loop.RequestStop();
        Assert.Equal(1, _bench.Network.Wakes);
        Assert.False(_bench.Loop.Tick());
        Assert.True(_bench.Network.AreListenersClosed);
    }

    [Fact]
    public void Stop_tellsEveryoneAndEndsWhenAllHaveClosed()
    {
        var lines = _bench.Connect(20, LoopFixture.Line);
        var frames = _bench.Connect(20, LoopFixture.Frame);
        lines.ForEach(static channel => channel.ReadBytes());
        lines[3].Type("last words\n");
        _bench.Tick();
        var late = _bench.Network.Knock();
        _bench.Loop.RequestStop();
        _bench.Tick();
        Assert.All(lines.Where(channel => channel != lines[3]),
            static channel => Assert.Equal("<guest-4> last words\n" + Goodbye, channel.ReadText()));
        Assert.All(frames, static channel =>
            Assert.EndsWith("""{"type":"closing","reason":"the server is stopping"}""", channel.ReadText(), StringComparison.Ordinal));
        Assert.All(lines.Concat(frames), static channel => Assert.True(channel.IsShutDown && !channel.IsClosed));
        lines.Concat(frames).ToList().ForEach(static channel => channel.PeerHasClosed = true);
        Assert.False(_bench.Loop.Tick());
        Assert.All(lines.Concat(frames), static channel => Assert.True(channel.IsClosed));
        Assert.Equal("", late.ReadText());
        Assert.Contains("draining, 40", _bench.Observer.Log);
        Assert.Equal("closed guest-40 ServerStopping, 0", _bench.Observer.Log[^1]);
    }

    [Fact]
    public void Stop_clientsThatReadAndNeverClose_endsAfterTheLinger()
    {
        var client = _bench.Connect();
        _bench.Loop.RequestStop();
        var stoppedMs = _bench.Time.NowMs;
        Assert.False(_bench.RunFor(60_000));
        Assert.Equal(1_000, _bench.Time.NowMs - stoppedMs);
        Assert.Equal(Goodbye, client.ReadText());
    }

    [Fact]
    public void Stop_clientThatNeverReads_endsAfterTheFlushTime()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadBytes();
        alice.Window = 0;
        bob.Type("unread\n");
        _bench.Tick();
        _bench.Loop.RequestStop();
        var stoppedMs = _bench.Time.NowMs;
        Assert.False(_bench.RunFor(60_000));
        Assert.Equal(5_000, _bench.Time.NowMs - stoppedMs);
        Assert.Equal(("", Goodbye), (alice.ReadText(), bob.ReadText()));
        Assert.True(alice.IsClosed && bob.IsClosed);
        Assert.InRange(_bench.Pool.Lent, 0, 2);
    }

    [Fact]
    public void Stop_clientThatReadsSlowly_getsAllThatWasQueued()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadBytes();
        alice.Window = 0;
        for (var i = 0; i < 100; i++)
        {
            bob.Type($"line {i}\n");
        }

        Assert.True(_bench.RunFor(0));
        _bench.Loop.RequestStop();
        for (var i = 0; i < 40; i++)
        {
            alice.Window = 50;
            _bench.Loop.Tick();
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(static i => $"<guest-2> line {i}\n")) + Goodbye, alice.ReadText());
    }

    [Fact]
    public void Stop_clientsInEveryState_areAllLetGo()
    {
        var bench = new LoopFixture(new ClientLimits());
        var (silent, half, flooding, quitting, unread) = (bench.Network.Knock(LoopFixture.Auto), bench.Connect(), bench.Connect(),
            bench.Connect(), bench.Connect());
        half.Type("half a line");
        flooding.Type(string.Concat(Enumerable.Repeat("x\n", 40)));
        quitting.Type("/quit\n");
        bench.Tick();
        unread.Type("/ping lost\n");
        bench.Loop.RequestStop();
        Assert.False(bench.RunFor(60_000));
        Assert.Equal("", silent.ReadText());
        Assert.EndsWith(Goodbye, half.ReadText(), StringComparison.Ordinal);
        Assert.EndsWith(Goodbye, flooding.ReadText(), StringComparison.Ordinal);
        Assert.EndsWith("* goodbye: you quit\n", quitting.ReadText(), StringComparison.Ordinal);
        Assert.EndsWith(Goodbye, unread.ReadText(), StringComparison.Ordinal);
        Assert.InRange(bench.Time.NowMs, 0, 1_000);
        Assert.Equal((0, 0), (bench.Loop.ConnectionCount, bench.ReassemblyBytes));
    }

    [Fact]
    public void Stop_whileAcceptingIsPaused_opensNothingAgain()
    {
        var client = _bench.Connect();
        client.Window = 0;
        _bench.Network.IsOutOfDescriptors = true;
        _bench.Network.Knock();
        _bench.Tick();
        _bench.Loop.RequestStop();
        Assert.False(_bench.RunFor(60_000));
        Assert.False(_bench.Network.IsListening(0));
    }

    [Fact]
    public void Run_afterTheStopWasAskedFor_returns()
    {
        _bench.Connect(5, LoopFixture.Line);
        _bench.Network.HorizonMs = 60_000;
        _bench.Loop.RequestStop();
        _bench.Loop.Run();
        Assert.Equal(0, _bench.Loop.ConnectionCount);
    }

    [Fact]
    public void Ticks_andTheName_areKeptForTheFigures()
    {
        var client = _bench.Connect();
        client.Type("/stats\n");
        _bench.Tick();
        Assert.StartsWith("* clients 1, rooms 1\n* lines in 0, delivered 0\n* uptime 0 s, io fake\n* ticks 1, longest tick 0 us\n",
            client.ReadText());
    }
}
