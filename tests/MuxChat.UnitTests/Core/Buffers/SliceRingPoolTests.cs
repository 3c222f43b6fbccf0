using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

public sealed class SliceRingPoolTests
{
    private readonly SliceRingPool _pool = new();

    [Fact]
    public void Rent_afterReturn_givesTheSameArrayOfThatLengthOnly()
    {
        var ring = _pool.Rent(8);
        _pool.Return(ring);
        Assert.NotSame(ring, _pool.Rent(4));
        Assert.Same(ring, _pool.Rent(8));
        Assert.NotSame(ring, _pool.Rent(8));
        Assert.Equal(0, _pool.FreeSlices);
    }

    [Fact]
    public void Return_beyondTheLimit_keepsNothingMore()
    {
        const int Length = 1024;
        for (var i = 0; i < (SliceRingPool.MaxFreeSlices / Length) + 10; i++)
        {
            _pool.Return(new Slice[Length]);
        }

        Assert.Equal(SliceRingPool.MaxFreeSlices, _pool.FreeSlices);
    }

    [Fact]
    public void Outbox_thatDrains_givesItsArrayBack()
    {
        var pool = new SegmentPool();
        var (one, other) = (pool.Rent(), pool.Rent());
        var outbox = new Outbox();
        for (var i = 0; i < 100; i++)
        {
            outbox.Append(new Slice(i % 2 == 0 ? one : other, i * 10, 5));
        }

        Assert.Equal(100, outbox.SliceCount);
        outbox.Consume(outbox.QueuedBytes - 1);
        outbox.Consume(1);
        Assert.Equal((4 + 8 + 16 + 32 + 64 + 128, 0), (pool.Rings.FreeSlices, outbox.SliceCount));
    }
}
