using CsCheck;
using MuxChat.Core.Conversations;

namespace MuxChat.UnitTests.Core.Conversations;

public sealed class FloodGateTests
{
    [Fact]
    public void Gate_new_letsTheBurstPassAndNoMore()
    {
        var gate = new FloodGate(20, 10, 1000);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(gate.IsOpen(1000), $"{i}");
            gate.Pass();
        }

        Assert.False(gate.IsOpen(1000));
        Assert.Equal(1100, gate.OpensMs());
        Assert.False(gate.IsOpen(1099));

        // Fractions of a token are rounded, up.
        Assert.InRange(gate.OpensMs(), 1100, 1101);
        Assert.True(gate.IsOpen(1101));
        gate.Pass();
        Assert.False(gate.IsOpen(1101));
    }

    [Fact]
    public void Gate_afterLongSilence_letsOnlyTheBurstPass()
    {
        var gate = new FloodGate(20, 10, 0);
        var passed = 0;
        while (gate.IsOpen(1_000_000))
        {
            gate.Pass();
            passed++;
        }

        Assert.Equal(20, passed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(100)]
    [InlineData(250)]
    public void Gate_lookedAtAnyHow_letsTenASecondPass(int everyMs)
    {
        var gate = new FloodGate(20, 10, 0);
        var passed = 0;
        for (var nowMs = 0; nowMs <= 60_000; nowMs += everyMs)
        {
            while (gate.IsOpen(nowMs))
            {
                gate.Pass();
                passed++;
            }
        }

        Assert.InRange(passed, 20 + 600 - 3, 20 + 600);
    }

    [Fact]
    public void Gate_lookedAtWhenItSays_isOpenWithinAMillisecond()
    {
        // Rounding may cost one more look, but never a loop that stands still.
        Property.Holds(
            Gen.Int[0, 40].Array[0, 500],
            static pauses =>
            {
                var gate = new FloodGate(5, 7, 0);
                var nowMs = 0L;
                foreach (var pauseMs in pauses)
                {
                    nowMs += pauseMs;
                    if (!gate.IsOpen(nowMs))
                    {
                        Assert.InRange(gate.OpensMs(), nowMs + 1, long.MaxValue);
                        nowMs = gate.OpensMs();
                        Assert.True(gate.IsOpen(nowMs) || gate.IsOpen(++nowMs), $"It said that it opens at {nowMs - 1} ms, and is shut a millisecond later.");
                    }

                    gate.Pass();
                }
            },
            samples: 50);
    }
}
