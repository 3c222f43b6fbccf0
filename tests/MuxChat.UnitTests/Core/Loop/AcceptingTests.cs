using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class AcceptingTests
{
    [Fact]
    public void ManyAtOnce_areLetInABoundedNumberATick()
    {
        var bench = new LoopFixture();
        for (var i = 0; i < 150; i++)
        {
            bench.Network.Knock();
        }

        bench.Tick();
        Assert.Equal(64, bench.Loop.ConnectionCount);
        bench.Tick();
        Assert.Equal(128, bench.Loop.ConnectionCount);
        bench.Tick();
        Assert.Equal(150, bench.Loop.ConnectionCount);
    }

    [Fact]
    public void FailedAccept_isPassedOver()
    {
        var bench = new LoopFixture();
        bench.Network.FailNextAccept();
        var client = bench.Network.Knock();
        bench.Tick();
        Assert.StartsWith("* Welcome", client.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void DescriptorsExhausted_pausesAcceptingAndDoesNotSpin()
    {
        var bench = new LoopFixture();
        var (alice, bob) = (bench.Connect(), bench.Connect());
        alice.ReadBytes();
        bench.Network.IsOutOfDescriptors = true;
        var waiting = bench.Network.Knock();
        var calls = bench.Network.AcceptCalls;
        var waits = bench.Network.Waits;
        bench.Tick();
        Assert.False(bench.Network.IsListening(0) || bench.Network.IsListening(1) || bench.Network.IsListening(2));
        Assert.Equal("paused 500, 2", bench.Observer.Log[^1]);
        bob.Type("still here\n");
        Assert.True(bench.RunFor(10_000));
        Assert.Equal("<guest-2> still here\n", alice.ReadText());
        Assert.InRange(bench.Network.AcceptCalls - calls, 20, 22);
        Assert.InRange(bench.Network.Waits - waits, 20, 50);

        bench.Network.IsOutOfDescriptors = false;
        Assert.True(bench.RunFor(500));
        Assert.True(bench.Network.IsListening(0) && bench.Network.IsListening(1) && bench.Network.IsListening(2));
        Assert.StartsWith("* Welcome", waiting.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void DescriptorsBack_afterTheFirstPause_nobodyWaitsLonger()
    {
        var bench = new LoopFixture();
        bench.Network.IsOutOfDescriptors = true;
        var waiting = bench.Network.Knock();
        bench.Tick();
        bench.Network.IsOutOfDescriptors = false;
        Assert.True(bench.RunFor(499));
        Assert.Equal("", waiting.ReadText());
        Assert.True(bench.RunFor(1));
        Assert.StartsWith("* Welcome", waiting.ReadText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LoopFixture.Line, "! the server is full (2 clients): try again later\n")]
    [InlineData(LoopFixture.Auto, "! the server is full (2 clients): try again later\n")]
    [InlineData(LoopFixture.Frame, null)]
    public void FullServer_tellsTheNextAndClosesIt(int listener, string? expected)
    {
        var bench = new LoopFixture(limits: new LoopLimits { Clients = 2 });
        var (alice, _) = (bench.Connect(), bench.Connect());
        var third = bench.Network.Knock(listener);
        bench.Tick();
        Assert.True(third.IsClosed && third.IsShutDown);
        Assert.Equal("turned away ServerFull, 2", bench.Observer.Log[^1]);
        var notice = third.ReadBytes();
        Assert.Equal(
            expected is null
                ? Bytes.Frame("""{"type":"error","code":"server_full","message":"the server is full (2 clients): try again later"}""")
                : Bytes.Utf8(expected),
            notice);

        alice.IsBroken = true;
        bench.Tick();
        var fourth = bench.Network.Knock(listener);
        Assert.True(bench.RunFor(500));
        Assert.NotEmpty(fourth.ReadBytes());
        Assert.False(fourth.IsClosed);
    }

    [Fact]
    public void FullServer_whoeverKnocksAndIsGoneAlready_isNoHarm()
    {
        var bench = new LoopFixture(limits: new LoopLimits { Clients = 1 });
        bench.Connect();
        var gone = bench.Network.Knock();
        gone.IsBroken = true;
        bench.Tick(2);
        Assert.True(gone.IsClosed);
        Assert.Equal(1, bench.Loop.ConnectionCount);
    }

    [Fact]
    public void Places_areUsedAgainAndNeverMixedUp()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        var bench = new LoopFixture();
        var here = new List<FakeChannel>();
        var tokens = new HashSet<Token>();
        for (var round = 0; round < 300; round++)
        {
            if (here.Count < 100 && random.Next(3) > 0)
            {
                here.Add(bench.Connect());
                Assert.True(tokens.Add(here[^1].Token), $"seed {Seed}, round {round}: a token came twice");
            }
            else if (here.Count > 0)
            {
                var leaving = here[random.Next(here.Count)];
                leaving.IsBroken = true;
                bench.Tick();
                here.Remove(leaving);
            }

            here.ForEach(static channel => channel.Type("/ping x\n"));
            bench.Tick();
            Assert.All(here, static channel => Assert.EndsWith("* pong x\n", channel.ReadText(), StringComparison.Ordinal));
        }

        Assert.InRange(tokens.Max(static token => token.Index), 1, 100);
        Assert.Equal(here.Count, bench.Loop.ConnectionCount);
    }
}
