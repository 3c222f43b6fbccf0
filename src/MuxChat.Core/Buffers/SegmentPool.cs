namespace MuxChat.Core.Buffers;

/// <summary>
/// Lends segments and keeps a bounded number of free ones for reuse. Owned by one thread (or one lock); never
/// allocates while a free one is left.
/// </summary>
public sealed class SegmentPool
{
    /// <summary>Free segments kept for reuse: 64, that is 4 MiB. What comes back beyond that is left to the garbage collector.</summary>
    public const int MaxFreeSegments = 64;

    private readonly Stack<Segment> _free = new(MaxFreeSegments);

    /// <summary>Segments that are lent out at this moment.</summary>
    public int Lent { get; private set; }

    /// <summary>The arrays in which outboxes hold more slices than one.</summary>
    internal SliceRingPool Rings { get; } = new();

    /// <summary>Lends a segment with one reference, held by the caller.</summary>
    public Segment Rent()
    {
        if (!_free.TryPop(out var segment))
        {
            segment = new Segment(this);
        }

        Lent++;
        segment.Retain();
        return segment;
    }

    internal void Return(Segment segment)
    {
        Lent--;
        if (_free.Count < MaxFreeSegments)
        {
            _free.Push(segment);
        }
    }
}
