using System.Numerics;

namespace MuxChat.LoadTests.Measures;

/// <summary>
/// A log-linear histogram of microseconds: values below 256 have a bucket each, every further power of two has 128 buckets, so that a value
/// is known to within 0.8% whatever its size (the scheme of G. Tene's HdrHistogram, with two and a half digits). Recording is a few
/// instructions and no allocation.
/// </summary>
internal sealed class Histogram
{
    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int LinearValues = 2 * SubBuckets;

    /// <summary>As many as a long has above the linear values: none is too large.</summary>
    private const int Octaves = 63 - SubBucketBits - 1;

    private readonly long[] _counts = new long[LinearValues + (Octaves * SubBuckets)];

    public long Count { get; private set; }

    public long Max { get; private set; }

    /// <summary>Records a value, in microseconds; negative ones count as 0.</summary>
    public void Record(long value, long times = 1)
    {
        value = Math.Max(0, value);
        _counts[IndexOf(value)] += times;
        Count += times;
        Max = Math.Max(Max, value);
    }

    /// <summary>The value that the given share (0 to 1) of all values does not exceed; 0 when there are none.</summary>
    public long Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (var i = 0; i < _counts.Length && Count > 0; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(HighestOf(i), Max);
            }
        }

        return 0;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Max = 0;
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    private static int IndexOf(long value)
    {
        if (value < LinearValues)
        {
            return (int)value;
        }

        var octave = BitOperations.Log2((ulong)value) - SubBucketBits;
        return (octave * SubBuckets) + (int)(value >> octave);
    }

    private static long HighestOf(int index)
    {
        if (index < LinearValues)
        {
            return index;
        }

        var octave = (index / SubBuckets) - 1;
        var lowest = (long)(index - (octave * SubBuckets)) << octave;
        return lowest + (1L << octave) - 1;
    }
}
