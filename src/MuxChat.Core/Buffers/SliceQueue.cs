using System.Numerics;

namespace MuxChat.Core.Buffers;

/// <summary>A queue of slices in rented memory. Invariant: an empty queue holds no memory. A field of its owner, never copied.</summary>
internal struct SliceQueue
{
    private Slice[]? _ring;
    private int _head;

    public int Count { get; private set; }

    /// <summary>The slice at an index; 0 is the oldest.</summary>
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
        var larger = pool.Rent(Math.Max(SliceRingPool.MinLength, Count * 2));
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

/// <summary>
/// Lends arrays of slices, whose lengths are powers of two, and keeps a bounded number of free ones. Owner: one thread (or one lock).
/// </summary>
/// <remarks>The shared array pool of .NET keeps too few for thousands of clients that all have several slices in one tick.</remarks>
internal sealed class SliceRingPool
{
    /// <summary>The shortest array lent: 4 slices.</summary>
    public const int MinLength = 4;

    /// <summary>
    /// Slices in free arrays kept for reuse: 262,144, that is 4 MiB. Arrays returned beyond that go to the garbage collector.
    /// </summary>
    public const int MaxFreeSlices = 256 * 1024;

    private const int Lengths = 16;

    private readonly Stack<Slice[]>[] _free = [.. Enumerable.Range(0, Lengths).Select(static _ => new Stack<Slice[]>())];

    /// <summary>Slices in the free arrays now.</summary>
    public int FreeSlices { get; private set; }

    /// <summary>Lends an array whose slices are all default.</summary>
    /// <param name="length">The number of slices: a power of two, at least <see cref="MinLength"/>.</param>
    public Slice[] Rent(int length)
    {
        if (PlaceOf(length) < Lengths && _free[PlaceOf(length)].TryPop(out var ring))
        {
            FreeSlices -= length;
            return ring;
        }

        return new Slice[length];
    }

    /// <summary>Returns an array, which the caller has cleared.</summary>
    public void Return(Slice[] ring)
    {
        if (PlaceOf(ring.Length) < Lengths && FreeSlices + ring.Length <= MaxFreeSlices)
        {
            FreeSlices += ring.Length;
            _free[PlaceOf(ring.Length)].Push(ring);
        }
    }

    private static int PlaceOf(int length) => BitOperations.Log2((uint)length);
}
