using MuxChat.UnitTests.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A connection that an operator kills is closed in the same tick or the next, whatever it does.</summary>
public sealed class KillingTests
{
    private readonly LoopFixture _bench = new();
    private readonly FakeWorker _desk = new();

    public KillingTests() => _bench.Hub.Operators.Use(_desk);

    [Fact]
    public void SilentClient_killed_isToldAndShutDownWithinTwoTicks()
    {
        var (alice, bob) = (Operator(), _bench.Connect());
        alice.ReadBytes();
        alice.Type("/kill guest-2 bye\n");
        _bench.Tick(2);
        Assert.Equal("* goodbye: killed by guest-1: bye\n", bob.ReadText());
        Assert.True(bob.IsShutDown);
        Assert.Equal("* guest-2 quit: killed by guest-1: bye\n", alice.ReadText());
        Assert.True(_bench.RunFor(1000));
        Assert.True(bob.IsClosed);
        Assert.Contains("closed guest-2 Killed, 1", _bench.Observer.Log);
    }

    [Fact]
    public void ClientThatReadsNothing_killed_isClosedWithinTheTick()
    {
        var (alice, bob) = (Operator(), _bench.Connect());
        bob.Window = 100;
        alice.Type(string.Concat(Enumerable.Repeat(new string('x', 4000) + "\n", 100)));
        _bench.Tick(40);
        Assert.False(bob.IsClosed);
        alice.Type("/kill guest-2 bye\n");
        _bench.Tick();
        Assert.True(bob.IsClosed);
        Assert.Contains("closed guest-2 Killed, 1", _bench.Observer.Log);
    }

    [Fact]
    public void ClientWhoseLastWordsDoNotFit_killed_isClosedWithinTheTick()
    {
        var (alice, bob) = (Operator(), _bench.Connect());
        bob.Window = 10;
        alice.Type("/kill guest-2 bye\n");
        _bench.Tick();
        Assert.True(bob.IsClosed);
        Assert.Equal("* goodbye:", bob.ReadText());
    }

    [Fact]
    public void ClientThatIsFoundBrokenAsItIsTold_killed_isClosedWithinTwoTicks()
    {
        var (alice, bob) = (Operator(), _bench.Connect());
        bob.BreaksAfter = 0;
        alice.Type("/kill guest-2 bye\n");
        _bench.Tick(2);
        Assert.True(bob.IsClosed);
        Assert.Contains("closed guest-2 Killed, 1", _bench.Observer.Log);
    }

    [Fact]
    public void PasswordThatIsVerifiedAfterTheServerHasSaidGoodbye_makesNobodyAnOperator()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadBytes();
        _desk.IsSlow = true;
        alice.Type("/oper root secret\n");
        _bench.Tick(2);
        _bench.Loop.RequestStop();
        _bench.Tick();
        _desk.IsSlow = false;
        _bench.Tick(2);
        Assert.Equal(0, _bench.Hub.Operators.Count);
        Assert.Equal("* goodbye: the server is stopping\n", alice.ReadText());
        Assert.Equal("* goodbye: the server is stopping\n", bob.ReadText());
        Assert.False(_bench.Broadcaster.HasWork);
    }

    [Fact]
    public void InputOfWhoWasKilled_inTheSameTick_isDropped()
    {
        var (alice, bob, carol) = (Operator(), _bench.Connect(), _bench.Connect());
        carol.ReadBytes();
        alice.Type("/kill guest-2 bye\n");
        bob.Type("not said\n/nick x\n");
        _bench.Tick(3);
        Assert.Equal("* guest-2 quit: killed by guest-1: bye\n", carol.ReadText());
        Assert.Contains("* goodbye: killed by guest-1: bye\n", bob.ReadText(), StringComparison.Ordinal);
        Assert.True(bob.IsShutDown);
    }

    [Fact]
    public void OneThatKillsItself_isClosedOnce()
    {
        var (alice, bob) = (Operator(), _bench.Connect());
        alice.ReadBytes();
        alice.Type("/kill guest-1 enough\nnot said\n");
        _bench.Tick(2);
        Assert.Equal("* goodbye: killed by guest-1: enough\n", alice.ReadText());
        Assert.Equal("* guest-1 quit: killed by guest-1: enough\n", bob.ReadText());
        Assert.True(_bench.RunFor(1000));
        Assert.Contains("closed guest-1 Killed, 1", _bench.Observer.Log);
    }

    [Fact]
    public void ThirdWrongPassword_ofAClient_endsItBehindItsAnswer()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadBytes();
        for (var i = 0; i < 3; i++)
        {
            alice.Type("/oper root wrong\n");
            _bench.Tick(2);
        }

        _bench.Tick();
        const string Refused = "! wrong operator name or password\n";
        Assert.Equal(Refused + Refused + Refused + "* goodbye: wrong password\n", alice.ReadText());
        Assert.Equal("* guest-1 quit: wrong password\n", bob.ReadText());
        Assert.True(alice.IsShutDown);
    }

    private FakeChannel Operator()
    {
        var channel = _bench.Connect();
        channel.Type("/oper root secret\n");
        _bench.Tick(2);
        Assert.Equal("* you are a server operator\n* guest-1 set the modes of #lobby: +o guest-1\n", channel.ReadText());
        return channel;
    }
}
