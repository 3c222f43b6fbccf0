using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

public sealed class SegmentTests
{
    [Fact]
    public void Release_oftenerThanRetained_throws()
    {
        var pool = new SegmentPool();
        var segment = pool.Rent();
        segment.Retain();
        segment.Release();
        segment.Release();
        Assert.Throws<InvalidOperationException>(segment.Release);
        Assert.Equal(0, pool.Lent);
    }

    [Fact]
    public void Release_last_givesTheSegmentBackForReuse()
    {
        var pool = new SegmentPool();
        var segment = pool.Rent();
        segment.Retain();
        segment.Release();
        Assert.NotSame(segment, pool.Rent());
        segment.Release();
        Assert.Same(segment, pool.Rent());
        Assert.Equal((2, 1), (pool.Lent, segment.References));
    }

    [Fact]
    public void Pool_moreFreeThanItKeeps_letsTheRestGo()
    {
        var pool = new SegmentPool();
        var all = Enumerable.Range(0, SegmentPool.MaxFreeSegments + 5).Select(_ => pool.Rent()).ToList();
        all.ForEach(static segment => segment.Release());
        Assert.Equal(0, pool.Lent);
        var again = all.Select(_ => pool.Rent()).ToList();
        Assert.Equal(SegmentPool.MaxFreeSegments, again.Count(all.Contains));
    }

    [Fact]
    public void Slice_continued_onlyBySameSegmentAndNextByte()
    {
        var pool = new SegmentPool();
        var (segment, other) = (pool.Rent(), pool.Rent());
        var slice = new Slice(segment, 10, 5);
        Assert.True(slice.IsContinuedBy(new Slice(segment, 15, 1)));
        Assert.False(slice.IsContinuedBy(new Slice(segment, 14, 1)));
        Assert.False(slice.IsContinuedBy(new Slice(segment, 16, 1)));
        Assert.False(slice.IsContinuedBy(new Slice(other, 15, 1)));
    }
}
