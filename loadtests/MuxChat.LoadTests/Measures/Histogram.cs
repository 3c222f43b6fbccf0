using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Utilities;

namespace MuxChat.LoadTests.Measures;

/// <summary>
/// A histogram of microseconds: G. Tene's HdrHistogram with three digits, up to one hour. Recording allocates nothing.
/// </summary>
/// <remarks>A longer value counts as one hour; <see cref="Max"/> keeps the largest one as it was.</remarks>
internal sealed class Histogram
{
    /// <summary>The longest value that is told apart: an hour.</summary>
    public const long LongestUs = 3_600_000_000;

    private const int Digits = 3;
    private const double MicrosecondsPerMillisecond = 1000;

    private readonly LongHistogram _values;

    public Histogram()
        : this(new LongHistogram(LongestUs, Digits))
    {
    }

    private Histogram(LongHistogram values) => _values = values;

    public long Count => _values.TotalCount;

    public long Max { get; private set; }

    /// <summary>Records a value, in microseconds; negative ones count as 0.</summary>
    public void Record(long value)
    {
        value = Math.Max(0, value);
        _values.RecordValue(Math.Min(value, LongestUs));
        Max = Math.Max(Max, value);
    }

    /// <summary>
    /// The value that the given share (0 to 1) of all values does not exceed; 0 when there are none. It is the upper end of a step, at most
    /// 0.1% above the true value.
    /// </summary>
    public long Percentile(double share)
    {
        // The library rounds the rank to the nearest one, which could leave the largest of few values out. This asks for the rank itself.
        const double Hundred = 100;
        const double InTheRank = 0.25;
        var rank = Math.Max(1, Math.Ceiling(share * Count));
        return Count == 0 ? 0 : Math.Min(_values.GetValueAtPercentile(Hundred * (rank - InTheRank) / Count), Max);
    }

    public void Clear()
    {
        _values.Reset();
        Max = 0;
    }

    public void Add(Histogram other)
    {
        _values.Add(other._values);
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The histogram in HdrHistogram's own compressed form (version 2), as Base64.</summary>
    public string Encode()
    {
        var buffer = ByteBuffer.Allocate(_values.GetNeededByteBufferCapacity());
        var length = _values.EncodeIntoCompressedByteBuffer(buffer);
        var bytes = new byte[length];
        buffer.Position = 0;
        for (var i = 0; i < length; i++)
        {
            bytes[i] = buffer.Get();
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads what <see cref="Encode"/> has written. Its largest value is known to within 0.1%.</summary>
    /// <exception cref="FormatException">The text is no such histogram.</exception>
    public static Histogram Decode(string text)
    {
        try
        {
            var read = HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(Inflate(Convert.FromBase64String(text))), 0);
            var histogram = new Histogram();
            histogram._values.Add(read);
            histogram.Max = read.TotalCount == 0 ? 0 : read.GetMaxValue();
            return histogram;
        }
        catch (Exception error) when (error is not FormatException)
        {
            // The library throws whatever the bytes lead it to.
            throw new FormatException("this is no histogram in HdrHistogram's compressed form", error);
        }
    }

    // The library's own reading takes the first part that the stream gives for the whole (HdrHistogram.NET, issue 99). So it fails with
    // most histograms of real runs.
    private static byte[] Inflate(byte[] compressed)
    {
        // A cookie and a length of four bytes each, then zlib's two (RFC 1950, section 2.2).
        const int Head = 10;
        using var inflated = new MemoryStream();
        using (var stream = new DeflateStream(new MemoryStream(compressed, Head, compressed.Length - Head), CompressionMode.Decompress))
        {
            stream.CopyTo(inflated);
        }

        return inflated.ToArray();
    }

    /// <summary>Writes the percentile distribution in milliseconds, in the text form that HdrHistogram's plotter reads (.hgrm).</summary>
    public void WriteDistribution(TextWriter writer)
    {
        const int TicksPerHalf = 5;
        _values.OutputPercentileDistribution(writer, TicksPerHalf, MicrosecondsPerMillisecond);
    }
}
