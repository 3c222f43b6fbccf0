using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

public sealed class OutboxTests
{
    private readonly SegmentPool _pool = new();
    private readonly Outbox _outbox = new();
    private readonly byte[] _scratch = new byte[64];

    [Fact]
    public void Append_sliceThatContinuesTheLast_isMergedAndTakesNoReference()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, 10));
        _outbox.Append(new Slice(segment, 10, 5));
        Assert.Equal(1, _outbox.SliceCount);
        Assert.Equal(15, _outbox.QueuedBytes);
        Assert.Equal(2, segment.References);
    }

    [Fact]
    public void Append_sliceBehindAGap_standsAlone()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, 10));
        _outbox.Append(new Slice(segment, 11, 5));
        Assert.Equal(2, _outbox.SliceCount);
        Assert.Equal(3, segment.References);
    }

    [Fact]
    public void Append_sliceOfAnotherSegmentAtTheSameOffset_standsAlone()
    {
        var (first, second) = (Filled(), Filled(100));
        _outbox.Append(new Slice(first, 0, 10));
        _outbox.Append(new Slice(second, 10, 5));
        Assert.Equal(2, _outbox.SliceCount);
        Assert.Equal([.. first.Bytes[..10], .. second.Bytes[10..15]], _outbox.ReadBytes());
    }

    [Fact]
    public void Append_emptySlice_isNothing()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 3, 0));
        Assert.Equal(0, _outbox.SliceCount);
        Assert.Equal(1, segment.References);
    }

    [Fact]
    public void Append_afterTheLastWasPartlySent_stillMerges()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, 10));
        _outbox.Consume(4);
        _outbox.Append(new Slice(segment, 10, 2));
        Assert.Equal(1, _outbox.SliceCount);
        Assert.Equal(segment.Bytes[4..12], _outbox.ReadBytes());
        Assert.Equal(1, segment.References);
    }

    [Fact]
    public void Peek_nothingQueued_isEmpty() => Assert.True(_outbox.Peek(_scratch).IsEmpty);

    [Fact]
    public void Peek_oneSlice_isWhereItLies()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 7, 20));
        Assert.True(_outbox.Peek(_scratch).Overlaps(segment.Bytes, out var offset));
        Assert.Equal(7, -offset);
    }

    [Fact]
    public void Peek_severalSlices_gathersThem()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, 10));
        _outbox.Append(new Slice(segment, 20, 10));
        var shown = _outbox.Peek(_scratch);
        Assert.True(shown.Overlaps(_scratch));
        Assert.Equal([.. segment.Bytes[..10], .. segment.Bytes[20..30]], shown);
    }

    [Fact]
    public void Peek_moreThanTheScratchHolds_fillsItToTheBrim()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, 40));
        _outbox.Append(new Slice(segment, 50, 40));
        Assert.Equal([.. segment.Bytes[..40], .. segment.Bytes[50..74]], _outbox.Peek(_scratch));
    }

    [Fact]
    public void Peek_firstSliceAsLongAsTheScratch_isWhereItLies()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, _scratch.Length));
        _outbox.Append(new Slice(segment, 100, 10));
        var shown = _outbox.Peek(_scratch);
        Assert.Equal(_scratch.Length, shown.Length);
        Assert.True(shown.Overlaps(segment.Bytes));
    }

    [Fact]
    public void Consume_anyNumberOfBytes_leavesTheRestAndTheRightReferences()
    {
        for (var bytes = 0; bytes <= 15; bytes++)
        {
            var (first, second) = (Filled(), Filled(50));
            _outbox.Append(new Slice(first, 0, 5));
            _outbox.Append(new Slice(second, 30, 7));
            _outbox.Append(new Slice(first, 9, 3));
            byte[] all = [.. first.Bytes[..5], .. second.Bytes[30..37], .. first.Bytes[9..12]];
            _outbox.Consume(bytes);
            Assert.Equal(15 - bytes, _outbox.QueuedBytes);
            Assert.Equal(1 + (bytes < 5 ? 1 : 0) + (bytes < 15 ? 1 : 0), first.References);
            Assert.Equal(1 + (bytes < 12 ? 1 : 0), second.References);
            Assert.Equal(all[bytes..], _outbox.ReadBytes());
        }
    }

    [Fact]
    public void Consume_moreThanQueued_throws()
    {
        _outbox.Append(new Slice(Filled(), 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => _outbox.Consume(6));
    }

    [Fact]
    public void TakeAll_slices_comeInOrderWithTheirReferences()
    {
        var segment = Filled();
        _outbox.Append(new Slice(segment, 0, 5));
        _outbox.Append(new Slice(segment, 6, 5));
        var taken = new List<Slice>();
        _outbox.TakeAll(taken);
        Assert.Equal([new Slice(segment, 0, 5), new Slice(segment, 6, 5)], taken);
        Assert.Equal((0L, 0, 3), (_outbox.QueuedBytes, _outbox.SliceCount, segment.References));
    }

    [Fact]
    public void Clear_queuedSlices_givesEverySegmentBack()
    {
        for (var i = 0; i < 40; i++)
        {
            var segment = Filled();
            _outbox.Append(new Slice(segment, 0, 5));
            segment.Release();
        }

        Assert.Equal(40, _pool.Lent);
        _outbox.Clear();
        Assert.Equal((0, 0L, 0), (_pool.Lent, _outbox.QueuedBytes, _outbox.SliceCount));
    }

    [Fact]
    public void Compact_upToTheLimit_changesNothing()
    {
        var segment = Filled();
        Scatter(segment, Outbox.ManySlices);
        _outbox.Compact(_pool);
        Assert.Equal((Outbox.ManySlices, Outbox.ManySlices + 1), (_outbox.SliceCount, segment.References));
    }

    [Fact]
    public void Compact_manySlicesOfASegmentTheyFill_changesNothing()
    {
        // A stalled reader of a busy room: its slices share their segment with all the other members, and copying would end that.
        var segment = Filled();
        for (var i = 0; i < 600; i++)
        {
            _outbox.Append(new Slice(segment, i * 100, 60));
            _outbox.Compact(_pool);
        }

        Assert.Equal((600, 601, 1), (_outbox.SliceCount, segment.References, _pool.Lent));
    }

    [Fact]
    public void Compact_tooManySlices_areCopiedWhereverTheyLie()
    {
        var segment = Filled();
        for (var i = 0; i <= Outbox.MaxSlices; i++)
        {
            _outbox.Append(new Slice(segment, i * 15, 14));
        }

        _outbox.Compact(_pool);
        Assert.Equal((1, 1, 14L * (Outbox.MaxSlices + 1)), (_outbox.SliceCount, segment.References, _outbox.QueuedBytes));
    }

    [Fact]
    public void Compact_oneSliceTooMany_keepsTheBytesAndLetsGoOfTheSegments()
    {
        var segment = Filled();
        Scatter(segment, Outbox.ManySlices + 1);
        var expected = Enumerable.Range(0, Outbox.ManySlices + 1).Select(i => segment.Bytes[2 * i]).ToArray();
        _outbox.Compact(_pool);
        Assert.Equal((1, 1, (long)expected.Length), (_outbox.SliceCount, segment.References, _outbox.QueuedBytes));
        segment.Release();
        Assert.Equal(1, _pool.Lent);
        Assert.Equal(expected, _outbox.ReadBytes());
        Assert.Equal(0, _pool.Lent);
    }

    [Fact]
    public void Compact_moreThanASegmentHolds_takesSeveral()
    {
        const int Long = 1000;
        var expected = new List<byte>();
        for (var i = 0; i < 300; i++)
        {
            var segment = Filled(i);
            _outbox.Append(new Slice(segment, i, Long));
            expected.AddRange(segment.Bytes[i..(i + Long)]);
            segment.Release();
        }

        Assert.Equal(300, _pool.Lent);
        _outbox.Compact(_pool);
        Assert.Equal(5, _pool.Lent);
        Assert.Equal(expected.ToArray(), _outbox.ReadBytes());
        Assert.Equal(0, _pool.Lent);
    }

    private void Scatter(Segment segment, int slices)
    {
        for (var i = 0; i < slices; i++)
        {
            _outbox.Append(new Slice(segment, 2 * i, 1));
        }
    }

    private Segment Filled(int salt = 0)
    {
        var segment = _pool.Rent();
        for (var i = 0; i < segment.Bytes.Length; i++)
        {
            segment.Bytes[i] = (byte)((i * 31) + salt);
        }

        return segment;
    }
}
