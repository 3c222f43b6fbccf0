using CsCheck;
using MuxChat.Core.Clients;

namespace MuxChat.UnitTests.Core.Clients;

public sealed class TokenBucketTests
{
    [Fact]
    public void Gate_new_letsTheBurstPassAndNoMore()
    {
        var bucket = new TokenBucket(20, 10, 1000);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(bucket.IsOpen(1000), $"{i}");
            bucket.Pass();
        }

        Assert.False(bucket.IsOpen(1000));
        Assert.Equal(1100, bucket.OpensMs());
        Assert.False(bucket.IsOpen(1099));

        // Fractions of a token are rounded, up.
        Assert.InRange(bucket.OpensMs(), 1100, 1101);
        Assert.True(bucket.IsOpen(1101));
        bucket.Pass();
        Assert.False(bucket.IsOpen(1101));
    }

    [Fact]
    public void Gate_afterLongSilence_letsOnlyTheBurstPass()
    {
        var bucket = new TokenBucket(20, 10, 0);
        var passed = 0;
        while (bucket.IsOpen(1_000_000))
        {
            bucket.Pass();
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
        var bucket = new TokenBucket(20, 10, 0);
        var passed = 0;
        for (var nowMs = 0; nowMs <= 60_000; nowMs += everyMs)
        {
            while (bucket.IsOpen(nowMs))
            {
                bucket.Pass();
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
                var bucket = new TokenBucket(5, 7, 0);
                var nowMs = 0L;
                foreach (var pauseMs in pauses)
                {
                    nowMs += pauseMs;
                    if (!bucket.IsOpen(nowMs))
                    {
                        Assert.InRange(bucket.OpensMs(), nowMs + 1, long.MaxValue);
                        nowMs = bucket.OpensMs();
                        Assert.True(bucket.IsOpen(nowMs) || bucket.IsOpen(++nowMs),
                            $"It said that it opens at {nowMs - 1} ms, and is shut a millisecond later.");
                    }

                    bucket.Pass();
                }
            },
            samples: 50);
    }
}
