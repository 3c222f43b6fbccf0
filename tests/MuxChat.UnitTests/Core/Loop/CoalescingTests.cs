using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A loop under load holds back a little, so that more lines share a write; one that has time to wait never does.</summary>
public sealed class CoalescingTests
{
    [Theory]
    [InlineData(300, 32, 300)]
    [InlineData(100_000, 32, 2000)]
    [InlineData(300, 1, 62)]
    [InlineData(0, 32, 0)]
    public void BusyLoop_holdsOnceForATick_atMostASixteenthOfIt(int coalesceUs, int workMs, int expectedUs)
    {
        var bench = new LoopFixture(limits: new LoopLimits { CoalesceUs = coalesceUs });
        var (alice, bob) = (bench.Connect(), Slow(bench, workMs));
        alice.Type("hello\n");
        bench.Tick();
        Assert.Empty(bench.Network.Holds);

        bench.Tick(3);
        Assert.Equal(expectedUs == 0 ? [] : [expectedUs], bench.Network.Holds);
        Assert.Equal("<guest-1> hello\n", bob.ReadText());
    }

    [Fact]
    public void LoopAtLeisure_neverHolds()
    {
        var bench = new LoopFixture();
        var (alice, bob) = (bench.Connect(), Slow(bench, 32));

        // More than an eighth of what it works.
        bench.Network.WaitTakesMs = 5;
        for (var i = 0; i < 10; i++)
        {
            alice.Type("hello\n");
            bench.Tick();
        }

        Assert.Equal(10, bob.ReadText().Split('\n').Length - 1);
        Assert.Empty(bench.Network.Holds);
    }

    [Fact]
    public void LoopThatWaitedAnEighthOfWhatItWorks_stillHolds()
    {
        var bench = new LoopFixture(limits: new LoopLimits { CoalesceUs = 300 });
        var (alice, bob) = (bench.Connect(), Slow(bench, 32));
        bench.Network.WaitTakesMs = 4;
        alice.Type("hello\n");
        bench.Tick(3);
        Assert.Equal("<guest-1> hello\n", bob.ReadText());
        Assert.Equal([300], bench.Network.Holds);
    }

    [Fact]
    public void ShortTick_isNotHeldFor()
    {
        var bench = new LoopFixture();
        var (alice, bob) = (bench.Connect(), Slow(bench, 0));
        alice.Type("hello\n");
        bench.Tick(5);
        Assert.Equal("<guest-1> hello\n", bob.ReadText());
        Assert.Empty(bench.Network.Holds);
    }

    private static FakeChannel Slow(LoopFixture bench, int sendMs)
    {
        var channel = bench.Connect();
        channel.SendMs = sendMs;
        channel.Time = bench.Time;
        return channel;
    }
}
