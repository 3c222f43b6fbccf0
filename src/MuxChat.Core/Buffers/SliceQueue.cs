namespace MuxChat.Core.Buffers;

/// <summary>A queue of slices in rented memory. Invariant: an empty queue holds none. A field of its owner, never copied.</summary>
internal struct SliceQueue
{
    private Slice[]? _ring;
    private int _head;

    public int Count { get; private set; }

    /// <summary>The slice at a place, 0 being the oldest.</summary>
    public readonly ref Slice this[int place] => ref _ring![(_head + place) & (_ring.Length - 1)];

    public void Enqueue(in Slice slice)
    {
        if (_ring is null || Count == _ring.Length)
        {
            Grow(slice.Segment.Pool.Rings);
        }

        Count++;
        this[Count - 1] = slice;
    }

    public Slice Dequeue()
    {
        ref var oldest = ref this[0];
        var slice = oldest;
        oldest = default;
        _head = (_head + 1) & (_ring!.Length - 1);
        if (--Count == 0)
        {
            slice.Segment.Pool.Rings.Return(_ring);
            _ring = null;
            _head = 0;
        }

        return slice;
    }

    private void Grow(SliceRingPool pool)
    {
        var larger = pool.Rent(Math.Max(SliceRingPool.LeastLength, Count * 2));
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
            this[i] = default;
        }

        if (_ring is not null)
        {
            pool.Return(_ring);
        }

        _ring = larger;
        _head = 0;
    }
}
