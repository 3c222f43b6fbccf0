using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Metrics;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A channel that opens first, as by a handshake: the client begins after that, as on any channel.</summary>
public sealed class OpeningTests
{
    private const byte Hello = 0x16;

    private static readonly byte[] Piece = [Hello, 3, 1];

    [Fact]
    public void Client_whoseChannelOpens_isGreetedOnlyThen()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 2 }, LoopFixture.Line);
        bench.Tick();
        bob.Type(Piece);
        Assert.True(bench.RunFor(5_000));
        Assert.Equal(("", ""), (bob.ReadText(), alice.ReadText()));
        bob.Type(Piece);
        bench.Tick(2);
        Assert.StartsWith("* Welcome", bob.ReadText(), StringComparison.Ordinal);
        bob.Type("hello\n");
        bench.Tick(2);
        Assert.EndsWith("<guest-2> hello\n", alice.ReadText(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (Handshakes(bench)["completed"], Handshakes(bench).Value));
    }

    [Fact]
    public void SilentClientOnAuto_isGreetedHalfASecondAfterItsChannelOpened()
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 1 }, LoopFixture.Auto);
        Assert.True(bench.RunFor(9_000));
        bob.Type(Piece);
        Assert.True(bench.RunFor(499));
        Assert.Equal("", bob.ReadText());
        Assert.True(bench.RunFor(1));
        Assert.StartsWith("* Welcome", bob.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Channel_thatDoesNotOpenInTime_isClosedWithoutAWord()
    {
        var bench = new LoopFixture(limits: new LoopLimits { HandshakeMs = 3_000 });
        var alice = bench.Connect();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 2 }, LoopFixture.Auto);
        bench.Tick();
        bob.Type(Piece);
        Assert.True(bench.RunFor(2_999));
        Assert.False(bob.IsClosed);
        Assert.True(bench.RunFor(1));
        Assert.Equal((true, "", ""), (bob.IsClosed, bob.ReadText(), alice.ReadText()));
        Assert.Equal(["not open HandshakeTimeout: ", "closed  HandshakeTimeout, 1"], bench.Observer.Log[^2..]);
        Assert.Equal((1, 1), (Handshakes(bench)["timed_out"], Handshakes(bench).Value));
    }

    [Fact]
    public void Client_thatAProxyNames_countsInsteadOfTheProxy()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ClientsPerAddress = 1 });
        var first = Proxied(bench, pieces: 1);
        var second = Proxied(bench, pieces: 1);
        Assert.StartsWith("* Welcome", first.ReadText(), StringComparison.Ordinal);
        Assert.Equal("! your address has 1 connections, the maximum: close one first\n", second.ReadText());
        second.PeerHasClosed = true;
        bench.Tick(2);
        Assert.Equal("closed  AddressLimit, 1", bench.Observer.Log[^1]);
        first.Type("/quit\n");
        first.PeerHasClosed = true;
        bench.Tick(3);
        Assert.StartsWith("* Welcome", Proxied(bench, pieces: 1).ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Channel_thatOpensInTwoSteps_isWaitedForInBoth()
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 1 }, LoopFixture.Auto);
        bench.Tick();
        bob.Type(Piece);
        bench.Tick(2);
        bob.OpeningPieces = 2;
        bob.Type(Piece);
        bench.Tick(2);
        Assert.True(bench.RunFor(5_000));
        Assert.Equal("", bob.ReadText());
        bob.Type(Piece);
        Assert.True(bench.RunFor(500));
        Assert.StartsWith("* Welcome", bob.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Client_overItsLimits_getsNoHandshake()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ClientsPerAddress = 1 });
        Proxied(bench, pieces: 1);
        var second = Proxied(bench, pieces: 3);
        Assert.Equal((true, ""), (second.IsClosed, second.ReadText()));
        Assert.Equal("closed  AddressLimit, 1", bench.Observer.Log[^1]);
    }

    private static FakeChannel Proxied(LoopFixture bench, int pieces)
    {
        var channel = new FakeChannel
        {
            Address = new PeerAddress(7, IsLoopback: false) { IsExempt = true },
            Names = new ForwardedPeer(InternetAddress.Of([192, 0, 2, 1]), 5000),
            OpeningPieces = pieces,
        };
        bench.Network.Knock(channel, LoopFixture.Line);
        bench.Tick();
        channel.Type(Piece);
        bench.Tick(2);
        return channel;
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(2)]
    public void Channel_thatCannotOpen_sendsItsAlertAndIsClosed(long window)
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 1, CannotOpen = true, Window = window }, LoopFixture.Auto);
        bench.Tick();
        bob.Type(Piece);
        bench.Tick(2);
        bob.Window = long.MaxValue;
        bench.Tick(3);
        Assert.Equal(("alert", true, false), (bob.ReadText(), bob.IsShutDown, bob.IsClosed));
        bob.Type("what it had sent already");
        bob.PeerHasClosed = true;
        bench.Tick(2);
        Assert.True(bob.IsClosed);
        Assert.Equal(["not open HandshakeFailed: no shared cipher", "closed  HandshakeFailed, 0"], bench.Observer.Log[^2..]);
        Assert.Equal((1, 1), (Handshakes(bench)["failed"], Handshakes(bench).Value));
    }

    [Theory]
    [InlineData(false, "closed  EndOfInput, 0")]
    [InlineData(true, "closed  Reset, 0")]
    public void PeerThatGoesAwayWhileItsChannelOpens_isNoFailure(bool isReset, string logged)
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 2 }, LoopFixture.Line);
        bench.Tick();
        (bob.IsBroken, bob.PeerHasClosed) = (isReset, !isReset);
        bench.Tick();
        Assert.True(bob.IsClosed);
        Assert.Equal(logged, bench.Observer.Log[^1]);
        Assert.DoesNotContain(bench.Observer.Log, static line => line.StartsWith("not open", StringComparison.Ordinal));
    }

    [Fact]
    public void ErrorWhileTheChannelOpens_endsItAndDoesNotSpin()
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 2, ReportsError = true }, LoopFixture.Line);
        Assert.True(bench.RunFor(1_000));
        Assert.Equal((true, "closed  Reset, 0"), (bob.IsClosed, bench.Observer.Log[^1]));
    }

    [Fact]
    public void ChannelThatOpensOnItsFirstByte_opensOnAutoToo()
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpensOn = Hello, OpeningPieces = 0 }, LoopFixture.Auto);
        bench.Tick();
        bob.Type(Piece);
        bench.Tick(2);
        bob.Type("hello\n");
        bench.Tick(2);
        Assert.Contains("Welcome", bob.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void ChannelThatOpensOnItsFirstByte_passesOtherClientsThrough()
    {
        var bench = new LoopFixture();
        var silent = bench.Network.Knock(new FakeChannel { OpensOn = Hello }, LoopFixture.Auto);
        var talker = bench.Network.Knock(new FakeChannel { OpensOn = Hello }, LoopFixture.Auto);
        talker.Type("hello\n");
        bench.Tick(2);
        Assert.Contains("Welcome", talker.ReadText(), StringComparison.Ordinal);
        Assert.True(bench.RunFor(499));
        Assert.Equal("", silent.ReadText());
        Assert.True(bench.RunFor(1));
        Assert.StartsWith("* Welcome", silent.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void FullServer_saysNothingToAChannelThatOpens()
    {
        var bench = new LoopFixture(limits: new LoopLimits { Clients = 1 });
        bench.Connect();
        var second = bench.Network.Knock(new FakeChannel { OpeningPieces = 1 }, LoopFixture.Line);
        bench.Tick();
        Assert.Equal((true, "", "turned away ServerFull, 1"), (second.IsClosed, second.ReadText(), bench.Observer.Log[^1]));
    }

    [Fact]
    public void StoppingServer_closesChannelsThatOpen()
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 2 }, LoopFixture.Line);
        bench.Tick();
        bench.Loop.RequestStop();
        Assert.False(bench.Loop.Tick());
        Assert.Equal((true, "closed  ServerStopping, 0"), (bob.IsClosed, bench.Observer.Log[^1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FirstByteAfterTheServersGoodbye_opensNothing(bool peerCloses)
    {
        var bench = new LoopFixture(limits: new LoopLimits { LingerMs = 1_000, HandshakeMs = 60_000 });
        var bob = bench.Network.Knock(new FakeChannel { OpensOn = Hello }, LoopFixture.Auto);
        bench.Tick();
        bench.Loop.RequestStop();
        bench.Tick(2);
        Assert.True(bob.IsShutDown);
        bob.Type(Piece);
        bench.Tick(2);
        bob.PeerHasClosed = peerCloses;
        bench.RunFor(peerCloses ? 1 : 1_000);
        Assert.Equal((true, "closed  ServerStopping, 0"), (bob.IsClosed, bench.Observer.Log[^1]));
    }

    [Fact]
    public void ManyHandshakesAtOnce_areMovedOnAFewATick_whileOthersAreServed()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        var opening = Enumerable.Range(0, 20)
            .Select(_ => bench.Network.Knock(new FakeChannel { OpeningPieces = 1 }, LoopFixture.Line)).ToList();
        bench.Tick();
        opening.ForEach(static channel => channel.Type(Piece));
        alice.Type("/ping x\n");
        bench.Tick();
        Assert.Equal(16, opening.Count(static channel => channel.IsOpening));
        Assert.Contains("pong x", alice.ReadText(), StringComparison.Ordinal);
        bench.Tick(4);
        Assert.All(opening, static channel => Assert.False(channel.IsOpening));
    }

    [Fact]
    public void ChannelThatStopsInTheMiddle_isNotWatchedForWriting()
    {
        var bench = new LoopFixture();
        var bob = bench.Network.Knock(new FakeChannel { OpeningPieces = 3 }, LoopFixture.Line);
        bob.Type(Piece);
        Assert.True(bench.RunFor(1_000));
        Assert.Equal(Interest.Read, bob.Interest);
        var waits = bench.Network.Waits;
        Assert.True(bench.RunFor(1_000));
        Assert.InRange(bench.Network.Waits - waits, 1, 2);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(64 * 1024)]
    public void ChannelThatNeedsSpace_isReadIntoEnough(int readBytes)
    {
        var bench = new LoopFixture(new ClientLimits { Flood = false }, new LoopLimits { ReadBytesPerTick = readBytes });
        var bob = bench.Network.Knock(new FakeChannel { MinReceiveBytes = 32 * 1024 }, LoopFixture.Line);
        bench.Tick();
        bob.Type("hal");
        bench.Tick();
        bob.Type("f\n");
        bench.Tick(2);
        Assert.Equal(2, bob.Reads);
    }

    private static MetricFamily Handshakes(LoopFixture bench) => bench.Hub.Metrics.Connections.Handshakes;
}
