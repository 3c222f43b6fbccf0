using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

public sealed class SegmentWriterTests
{
    private readonly SegmentPool _pool = new();
    private readonly SegmentWriter _writer;

    public SegmentWriterTests() => _writer = new SegmentWriter(_pool);

    [Fact]
    public void Event_heldByNobody_isWrittenOverByTheNext()
    {
        var first = Write("one");
        var second = Write("two");
        Assert.Same(first.Segment, second.Segment);
        Assert.Equal((0, 0), (first.Start, second.Start));
    }

    [Fact]
    public void Event_heldBySomebody_isFollowedByTheNext()
    {
        var first = Write("one");
        first.Segment.Retain();
        var second = Write("two");
        Assert.True(first.IsContinuedBy(second));
        Assert.Equal(("one", "two"), (Bytes.Utf8(first.Span), Bytes.Utf8(second.Span)));
        first.Segment.Release();
        Assert.Equal(0, Write("three").Start);
    }

    [Fact]
    public void Event_thatDoesNotFitTheRest_movesWholeToTheNextSegment()
    {
        var held = Hold(Segment.SizeBytes - 500);
        _writer.Begin();
        _writer.Put(new byte[] { 1, 2, 3 });
        _writer.Put(Enumerable.Repeat((byte)4, 600).ToArray());
        var moved = _writer.Commit();
        Assert.NotSame(held.Segment, moved.Segment);
        Assert.Equal((0, 603), (moved.Start, moved.Length));
        Assert.Equal([1, 2, 3, .. Enumerable.Repeat((byte)4, 600)], moved.Span.ToArray());
        Assert.Equal(Enumerable.Repeat((byte)9, held.Length), held.Span.ToArray());
        Assert.Equal((1, 2), (held.Segment.References, _pool.Lent));
        held.Segment.Release();
        Assert.Equal(1, _pool.Lent);
    }

    [Fact]
    public void Event_atEveryDistanceFromTheEnd_liesWholeInOneSegment()
    {
        for (var left = 0; left < 600; left += 7)
        {
            var held = Hold(Segment.SizeBytes - left);
            _writer.Begin();
            for (var i = 0; i < 300; i++)
            {
                _writer.Put((byte)i);
            }

            var slice = _writer.Commit();
            Assert.Equal(Enumerable.Range(0, 300).Select(static i => (byte)i), slice.Span.ToArray());
            held.Segment.Release();
        }

        Assert.Equal(1, _pool.Lent);
    }

    [Fact]
    public void Event_asLongAsASegment_fits()
    {
        Write("something").Segment.Retain();
        _writer.Begin();
        _writer.Put(new byte[SegmentWriter.MaxEventBytes]);
        Assert.Equal((0, Segment.SizeBytes), (_writer.Written.Length - Segment.SizeBytes, _writer.Commit().Length));
    }

    [Fact]
    public void Event_longerThanASegment_throwsAndTheNextOneIsWritten()
    {
        _writer.Begin();
        _writer.Put(new byte[60_000]);
        Assert.Throws<InvalidOperationException>(() => _writer.Put(new byte[6_000]));
        Assert.Throws<InvalidOperationException>(() => _writer.Put(new byte[SegmentWriter.MaxEventBytes + 1]));
        Assert.Equal("next", Bytes.Utf8(Write("next").Span));
        Assert.Equal(1, _pool.Lent);
    }

    [Fact]
    public void Writing_beforeBegin_throws() => Assert.Throws<InvalidOperationException>(() => _writer.Put((byte)1));

    [Fact]
    public void Written_duringAnEvent_canBePatched()
    {
        Write("held").Segment.Retain();
        _writer.Begin();
        _writer.Put("0000rest"u8);
        "1234"u8.CopyTo(_writer.Written);
        Assert.Equal("1234rest", Bytes.Utf8(_writer.Commit().Span));
    }

    [Fact]
    public void Message_whoseEventMovesToAnotherSegment_isWhereItWas()
    {
        Write(new string('x', Segment.SizeBytes - 300)).Segment.Retain();
        _writer.Begin();
        _writer.Put("one"u8);
        _writer.BeginMessage();
        _writer.Put("0two"u8);
        var (first, second) = (Bytes.Utf8(_writer.Message), new byte[400]);
        _writer.Put(second);
        Assert.Equal(("0two", 404), (first, _writer.Message.Length));
        _writer.Message[0] = (byte)'1';
        Assert.Equal("one1two", Bytes.Utf8(_writer.Commit().Span[..7]));
        _writer.Begin();
        _writer.Put("next"u8);
        Assert.Equal("next", Bytes.Utf8(_writer.Message));
    }

    [Fact]
    public void Written_beforeTheFirstEvent_isEmpty() => Assert.True(_writer.Written.IsEmpty);

    [Fact]
    public void Discard_whatWasBegun_isDropped()
    {
        var held = Write("held");
        held.Segment.Retain();
        _writer.Begin();
        _writer.Put("dropped"u8);
        _writer.Discard();
        Assert.True(held.IsContinuedBy(Write("next")));
    }

    [Fact]
    public void Begin_withoutCommit_dropsWhatWasBegun()
    {
        var held = Write("held");
        held.Segment.Retain();
        _writer.Begin();
        _writer.Put("dropped"u8);
        Assert.True(held.IsContinuedBy(Write("next")));
    }

    [Fact]
    public void Put_numbersAndTexts_areDigitsAndUtf8()
    {
        _writer.Begin();
        _writer.Put(long.MinValue);
        _writer.Put((byte)' ');
        _writer.Put(long.MaxValue);
        _writer.Put(" \u00e9\u20ac\U0001F600");
        Assert.Equal("-9223372036854775808 9223372036854775807 \u00e9\u20ac\U0001F600", Bytes.Utf8(_writer.Commit().Span));
    }

    [Fact]
    public void GetMemoryAndGetSpan_giveTheSamePlaceAndAtLeastWhatWasAsked()
    {
        _writer.Begin();
        var memory = _writer.GetMemory(1000);
        Assert.InRange(memory.Length, 1000, Segment.SizeBytes);
        Assert.True(_writer.GetSpan(1000).Overlaps(memory.Span, out var offset) && offset == 0);
    }

    // A held event of that many bytes, from the beginning of a segment.
    private Slice Hold(int bytes)
    {
        _writer.Begin();
        _writer.Put(Enumerable.Repeat((byte)9, bytes).ToArray());
        var slice = _writer.Commit();
        slice.Segment.Retain();
        return slice;
    }

    private Slice Write(string text)
    {
        _writer.Begin();
        _writer.Put(Bytes.Utf8(text));
        return _writer.Commit();
    }
}
