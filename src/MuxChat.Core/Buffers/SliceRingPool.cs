using System.Numerics;

namespace MuxChat.Core.Buffers;

/// <summary>
/// Lends arrays of slices, their lengths powers of two, and keeps a bounded number of free ones. The shared pool of the base library keeps too few for
/// thousands of clients that all have several slices in one tick. Owned by one thread (or one lock).
/// </summary>
internal sealed class SliceRingPool
{
    /// <summary>The shortest array lent: 4 slices.</summary>
    public const int LeastLength = 4;

    /// <summary>Slices in free arrays kept for reuse: 262,144, that is 4 MiB. What comes back beyond that is left to the garbage collector.</summary>
    public const int MaxFreeSlices = 256 * 1024;

    private const int Lengths = 16;

    private readonly Stack<Slice[]>[] _free = [.. Enumerable.Range(0, Lengths).Select(static _ => new Stack<Slice[]>())];

    /// <summary>Slices in the free arrays at this moment.</summary>
    public int FreeSlices { get; private set; }

    /// <summary>Lends an array whose slices are all default.</summary>
    /// <param name="length">A power of two, at least <see cref="LeastLength"/>.</param>
    public Slice[] Rent(int length)
    {
        if (PlaceOf(length) < Lengths && _free[PlaceOf(length)].TryPop(out var ring))
        {
            FreeSlices -= length;
            return ring;
        }

        return new Slice[length];
    }

    /// <summary>Takes an array back, cleared by whoever had it.</summary>
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
