using MuxChat.UnitTests.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>While the background worker works for one client, that client's commands wait, and those of no other.</summary>
public sealed class SlowWorkTests
{
    private readonly LoopFixture _bench = new();
    private readonly FakeWorker _desk = new() { IsSlow = true };
    private readonly FakeChannel _alice;
    private readonly FakeChannel _bob;

    public SlowWorkTests()
    {
        _bench.Hub.Operators.Use(_desk);
        (_alice, _bob) = (_bench.Connect(), _bench.Connect());
        _alice.ReadBytes();
        _bob.ReadBytes();
    }

    [Fact]
    public void Commands_behindAPassword_waitForItsAnswer()
    {
        _alice.Type("/oper root secret\n/wallops one\n/ping 1\n");
        _bob.Type("/ping 2\n");
        _bench.Tick(3);
        Assert.Equal(("", "* pong 2\n"), (_alice.ReadText(), _bob.ReadText()));
        Finish();
        Assert.Equal(
            "* you are a server operator\n* guest-1 set the modes of #lobby: +o guest-1\n* wallops from guest-1: one\n* pong 1\n",
            _alice.ReadText());
    }

    [Fact]
    public void Client_thatClosesItsSide_isAnsweredToTheEnd()
    {
        _alice.Type("/oper root wrong\n/ping 1\n");
        _alice.PeerHasClosed = true;
        _bench.Tick(3);
        Assert.Equal("", _alice.ReadText());
        Finish();
        Assert.Equal("! wrong operator name or password\n* pong 1\n", _alice.ReadText());
        Assert.True(_alice.IsClosed);
    }

    [Fact]
    public void Client_whoseConnectionBreaks_leavesAfterItsAnswer_andTheNextOneIsAnswered()
    {
        _alice.Type("/oper root secret\n");
        _bench.Tick();
        _bob.Type("/oper root secret\n");
        _alice.IsBroken = true;
        _bench.Tick(2);
        Finish();
        Assert.True(_bench.RunFor(100));
        Assert.True(_alice.IsClosed);
        Assert.Equal(1, _bench.Hub.Operators.Count);
        Assert.Equal("* guest-1 set the modes of #lobby: +o guest-1\n* you are a server operator\n"
            + "* guest-2 set the modes of #lobby: +o guest-2\n* guest-1 quit: connection reset\n", _bob.ReadText());
    }

    private void Finish()
    {
        _desk.IsSlow = false;
        _bench.Tick(3);
    }
}
