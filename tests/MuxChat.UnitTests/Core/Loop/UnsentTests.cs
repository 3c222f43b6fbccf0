using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A channel holds bytes that it has taken and the kernel has not, as a cipher does: an empty outbox is not all.</summary>
public sealed class UnsentTests
{
    private readonly LoopFixture _bench = new();

    [Fact]
    public void HeldBytes_withNothingQueued_arePassedOnWhenTheChannelCanBeWritten()
    {
        var (alice, bob) = Clients(holdsAtMost: 1000, window: 5);
        alice.Type("hello\n");
        _bench.Tick(2);
        Assert.Equal((true, Interest.Read | Interest.Write, "<gues"), (bob.HasUnsent, bob.Interest, bob.ReadText()));
        var sends = bob.Sends;
        _bench.Tick(3);
        Assert.Equal(sends, bob.Sends);
        bob.Window = 3;
        _bench.Tick(2);
        Assert.Equal(("t-1", Interest.Read | Interest.Write), (bob.ReadText(), bob.Interest));
        bob.Window = long.MaxValue;
        Assert.True(_bench.RunFor(0));
        Assert.Equal(("> hello\n", Interest.Read), (bob.ReadText(), bob.Interest));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Lines_throughAChannelThatHolds_comeWholeAndInOrder(int holdsAtMost)
    {
        var (alice, bob) = Clients(holdsAtMost, window: 0);
        var random = new Random(holdsAtMost);
        var expected = "";
        for (var i = 0; i < 60; i++)
        {
            alice.Type($"line {i}\n");
            expected += $"<guest-1> line {i}\n";
            bob.Window = random.Next(0, 40);
            _bench.Tick();
        }

        bob.Window = long.MaxValue;
        Assert.True(_bench.RunFor(0));
        Assert.Equal(expected, bob.ReadText());
        Assert.Equal((false, Interest.Read), (bob.HasUnsent, bob.Interest));
    }

    [Fact]
    public void Client_thatEnds_isShutDownAfterTheHeldBytes()
    {
        var (_, bob) = Clients(holdsAtMost: 1000, window: 0);
        bob.Type("/quit\n");
        _bench.Tick(5);
        Assert.Equal((true, false), (bob.HasUnsent, bob.IsShutDown));
        bob.Window = long.MaxValue;
        _bench.Tick(3);
        Assert.Equal(("* goodbye: you quit\n", true), (bob.ReadText(), bob.IsShutDown));
    }

    [Fact]
    public void Client_thatEndsAndNeverReads_isClosedAfterFlushMs()
    {
        var (_, bob) = Clients(holdsAtMost: 1000, window: 0);
        bob.Type("/quit\n");
        Assert.True(_bench.RunFor(4_999));
        Assert.False(bob.IsClosed);
        Assert.True(_bench.RunFor(1));
        Assert.True(bob.IsClosed);
    }

    [Fact]
    public void OwnAnswerOfACipher_isPassedOnThoughTheConnectionHasReadNothing()
    {
        var (_, bob) = Clients(holdsAtMost: 1000, window: 0);
        bob.OwnAnswer = "key"u8.ToArray();
        _bench.Tick(2);
        Assert.Equal((true, Interest.Read | Interest.Write), (bob.HasUnsent, bob.Interest));
        bob.Window = long.MaxValue;
        Assert.True(_bench.RunFor(0));
        Assert.Equal(("key", Interest.Read), (bob.ReadText(), bob.Interest));
    }

    [Fact]
    public void Channel_thatBreaksWhileItPassesOn_isClosed()
    {
        var (alice, bob) = Clients(holdsAtMost: 1000, window: 0);
        alice.Type("hello\n");
        _bench.Tick(2);
        alice.ReadText();
        bob.IsBroken = true;
        Assert.True(_bench.RunFor(100));
        Assert.True(bob.IsClosed);
        Assert.Contains("guest-2 quit: connection reset", alice.ReadText(), StringComparison.Ordinal);
    }

    private (FakeChannel Alice, FakeChannel Bob) Clients(int holdsAtMost, long window)
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.ReadText();
        (bob.HoldsAtMost, bob.Window) = (holdsAtMost, window);
        return (alice, bob);
    }
}
