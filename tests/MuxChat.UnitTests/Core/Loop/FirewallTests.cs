using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A mistake of the program costs the client that was served, or a wire format one event, and nobody else anything.</summary>
public sealed class FirewallTests
{
    private const string Goodbye = "* goodbye: internal error 1\n";

    private readonly FaultyProtocol _lines = new();
    private readonly FaultObserver _faults = new();
    private readonly LoopFixture _bench;

    public FirewallTests()
    {
        _bench = new LoopFixture(lines: _lines);
        _bench.Broadcaster.Errors.Observer = _faults;
    }

    [Theory]
    [InlineData(FaultyProtocol.Before, "")]
    [InlineData(FaultyProtocol.After, "<guest-2> fault-after\n")]
    public void MistakeInAHandler_endsThatClient_andTheNextIsServedInTheSameTick(string fault, string said)
    {
        var (alice, bob, carol) = (_bench.Connect(), _bench.Connect(), _bench.Connect());
        Quiet(alice, bob);
        bob.Type(fault + "\n/ping never\n");
        carol.Type("still here\n");
        _bench.Tick();
        Assert.Equal(Goodbye, bob.ReadText());
        Assert.Equal($"{said}* guest-2 quit: internal error\n<guest-3> still here\n", alice.ReadText());
        Assert.Equal(["1 serving fake"], _faults.Noted);
        Assert.True(_bench.RunFor(10_000));
        Assert.True(bob.IsClosed);
        Assert.Contains("closed guest-2 InternalError, 2", _bench.Observer.Log);
        carol.Type("/nick guest-2\n/who\n");
        _bench.Tick();
        Assert.EndsWith("* guest-3 is now guest-2\n* in #lobby: guest-1 guest-2\n* members of #lobby: 2\n", carol.ReadText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void MistakeInAWireFormat_costsItsReadersThatEvent_andTheyAreTold()
    {
        var (alice, bob, robot) = (_bench.Connect(), _bench.Connect(), _bench.Connect(LoopFixture.Frame));
        Quiet(alice, bob, robot);
        alice.Type("fault-in-format\nand on\n");
        _bench.Tick();
        Assert.Equal("! internal error 1: an event could not be shown\n<guest-1> and on\n", bob.ReadText());
        Assert.Equal("", alice.ReadText());
        var told = robot.ReadText();
        Assert.Contains("\"text\":\"fault-in-format\"", told, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"and on\"", told, StringComparison.Ordinal);
        Assert.Equal(["1 encoding Said"], _faults.Noted);
        Assert.True(_bench.RunFor(10_000));
        Assert.DoesNotContain(_bench.Observer.Log, static line => line.StartsWith("closed", StringComparison.Ordinal));
    }

    [Fact]
    public void MistakeInWhatOneClientIsTold_isToldInItsPlace()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        Quiet(alice, bob);
        alice.Type("/msg guest-2 fault-in-format\n/msg guest-2 well\n");
        _bench.Tick();
        Assert.Equal("! internal error 1: an event could not be shown\n<guest-1 -> guest-2> well\n", bob.ReadText());
    }

    [Fact]
    public void MistakeWhileAClientIsGreeted_endsItAndLeavesNothingBehind()
    {
        var alice = _bench.Connect();
        _lines.FailsToBegin = true;
        var bob = _bench.Network.Knock(LoopFixture.Line);
        _bench.Tick();
        Assert.Equal(Goodbye, bob.ReadText());
        Assert.True(_bench.RunFor(10_000));
        Assert.True(bob.IsClosed);
        _lines.FailsToBegin = false;
        alice.ReadText();
        _bench.Connect();
        alice.Type("/who\n");
        _bench.Tick();
        Assert.EndsWith("* in #lobby: guest-1 guest-2\n* members of #lobby: 2\n", alice.ReadText(), StringComparison.Ordinal);
        Assert.Equal(2, _bench.Network.Registered.Count);
    }

    [Fact]
    public void MistakeAtATimer_endsThatClient()
    {
        var alice = _bench.Connect();
        _lines.FailsAtDeadlines = true;
        alice.Type("/ping 1\n");
        _bench.Tick();
        _lines.FailsAtDeadlines = false;
        Assert.EndsWith(Goodbye, alice.ReadText(), StringComparison.Ordinal);
        Assert.Equal(["1 serving fake"], _faults.Noted);
        Assert.True(_bench.RunFor(10_000));
        Assert.True(alice.IsClosed);
        var bob = _bench.Connect();
        bob.Type("/who\n");
        _bench.Tick();
        Assert.Equal("* in #lobby: guest-2\n* members of #lobby: 1\n", bob.ReadText());
    }

    [Theory]
    [InlineData(ChannelCall.Receive)]
    [InlineData(ChannelCall.Send)]
    [InlineData(ChannelCall.Watch)]
    [InlineData(ChannelCall.Close)]
    [InlineData(ChannelCall.ShutdownSend)]
    internal void CallThatFails_endsThatClientOnly(ChannelCall call)
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        Quiet(alice, bob);
        bob.Fails = call;
        bob.Window = call == ChannelCall.Watch ? 3 : bob.Window;
        bob.Type(call is ChannelCall.Close or ChannelCall.ShutdownSend ? "/quit\n" : "/ping 1\n");
        Assert.True(_bench.RunFor(60_000));
        Assert.NotEmpty(_faults.Noted);
        Assert.Contains("* guest-2 quit", alice.ReadText(), StringComparison.Ordinal);
        alice.Type("/who\n");
        _bench.Tick();
        Assert.Equal("* in #lobby: guest-1\n* members of #lobby: 1\n", alice.ReadText());
        Assert.Equal(1, _bench.Observer.Log.Count(static line => line.StartsWith("closed guest-2", StringComparison.Ordinal)));
    }

    [Fact]
    public void SegmentsAndPlaces_areGivenBack_howeverManyMistakesThereAre()
    {
        var alice = _bench.Connect();
        for (var i = 0; i < 1000; i++)
        {
            var bob = _bench.Connect();
            bob.Type((i % 3) switch { 0 => FaultyProtocol.Before, 1 => FaultyProtocol.After, _ => FaultyProtocol.InFormat } + "\n");
            _bench.Tick();
            bob.PeerHasClosed = true;
            _bench.Tick(2);
            alice.ReadBytes();
        }

        Assert.Equal(1, _bench.Hub.SessionCount);
        Assert.InRange(_bench.Pool.Lent, 0, 3);
        Assert.Equal(0, _bench.ReassemblyBytes);
    }

    private void Quiet(params FakeChannel[] channels)
    {
        _bench.Tick();
        Array.ForEach(channels, static channel => channel.ReadBytes());
    }
}
