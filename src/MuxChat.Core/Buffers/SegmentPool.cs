namespace MuxChat.Core.Buffers;

/// <summary>Lends segments and keeps a bounded number of free ones for reuse. Allocates only when no free segment is left.</summary>
/// <remarks>Owner: one thread (or one lock).</remarks>
public sealed class SegmentPool
{
    /// <summary>Free segments kept for reuse: 64, that is 4 MiB. Segments returned beyond that go to the garbage collector.</summary>
    public const int MaxFreeSegments = 64;

    private readonly Stack<Segment> _free = new(MaxFreeSegments);

    /// <summary>Segments lent out now.</summary>
    public int Lent { get; private set; }

    /// <summary>The arrays for outboxes that hold more than one slice.</summary>
    internal SliceRingPool Rings { get; } = new();

    /// <summary>Lends a segment with one reference, which the caller holds.</summary>
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
