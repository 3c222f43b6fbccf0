using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MuxChat.Core.Metrics;

/// <summary>
/// Writes the figures of a set in the text exposition format, version 0.0.4: for each figure its help, its type and its samples.
/// </summary>
/// <remarks>It belongs to its caller and keeps nothing. Times are in seconds, with all their digits, and no value is rounded.</remarks>
public sealed class ExpositionWriter
{
    /// <summary>The media type of what it writes.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int MaxNumberBytes = 20;

    private static readonly SearchValues<char> EscapedInHelp = SearchValues.Create("\\\n");
    private static readonly SearchValues<char> EscapedInLabel = SearchValues.Create("\\\n\"");

    private readonly IBufferWriter<byte> _to;

    private ExpositionWriter(IBufferWriter<byte> to) => _to = to;

    /// <summary>Brings the figures up to date and writes all that are exposed.</summary>
    public static void Write(MetricSet metrics, IBufferWriter<byte> to)
    {
        metrics.Refresh();
        var writer = new ExpositionWriter(to);
        foreach (var metric in metrics.All)
        {
            if (metric is { IsExposed: true, HasSamples: true })
            {
                writer.Head(metric);
                metric.WriteSamples(writer);
            }
        }
    }

    /// <summary>Writes one sample without labels.</summary>
    internal void Sample(Metric metric, long value)
    {
        Put(metric.ExposedName);
        PutValue(value, metric.Decimals);
    }

    /// <summary>Writes one sample with a label.</summary>
    internal void Sample(Metric metric, string label, string labelValue, long value)
    {
        Put(metric.ExposedName);
        Put("{");
        Put(label);
        Put("=\"");
        PutEscaped(labelValue, EscapedInLabel);
        Put("\"}");
        PutValue(value, metric.Decimals);
    }

    /// <summary>Writes the number of values up to a bound; all values if there is none.</summary>
    internal void Bucket(Metric metric, long? bound, long upTo)
    {
        Put(metric.ExposedName);
        Put("_bucket{le=\"");
        if (bound is { } some)
        {
            PutNumber(some, metric.Decimals);
        }
        else
        {
            Put("+Inf");
        }

        Put("\"}");
        PutValue(upTo, 0);
    }

    /// <summary>Writes the last two samples of a histogram.</summary>
    internal void SumAndCount(Metric metric, long sum, long count)
    {
        Put(metric.ExposedName);
        Put("_sum");
        PutValue(sum, metric.Decimals);
        Put(metric.ExposedName);
        Put("_count");
        PutValue(count, 0);
    }

    private void Head(Metric metric)
    {
        Put("# HELP ");
        Put(metric.ExposedName);
        Put(" ");
        PutEscaped(metric.Help, EscapedInHelp);
        Put("\n# TYPE ");
        Put(metric.ExposedName);
        Put(metric.Kind switch
        {
            MetricKind.Counter => " counter\n",
            MetricKind.Histogram => " histogram\n",
            _ => " gauge\n",
        });
    }

    private void PutValue(long value, int decimals)
    {
        Put(" ");
        PutNumber(value, decimals);
        Put("\n");
    }

    // Writes value / 10^decimals exactly, without zeros at the end.
    private void PutNumber(long value, int decimals)
    {
        while (decimals > 0 && value % 10 == 0)
        {
            value /= 10;
            decimals--;
        }

        if (value < 0)
        {
            Put("-");
        }

        var scale = 1UL;
        for (var i = 0; i < decimals; i++)
        {
            scale *= 10;
        }

        var magnitude = (ulong)(value < 0 ? 0 - value : value);
        PutDigits(magnitude / scale, 0);
        if (decimals > 0)
        {
            Put(".");
            PutDigits(magnitude % scale, decimals);
        }
    }

    private void PutDigits(ulong number, int least)
    {
        Utf8Formatter.TryFormat(number, _to.GetSpan(MaxNumberBytes), out var written, new StandardFormat('D', (byte)least));
        _to.Advance(written);
    }

    private void PutEscaped(ReadOnlySpan<char> text, SearchValues<char> escaped)
    {
        while (text.IndexOfAny(escaped) is >= 0 and var at)
        {
            Put(text[..at]);
            Put(text[at] == '\n' ? "\\n" : text[at] == '"' ? "\\\"" : "\\\\");
            text = text[(at + 1)..];
        }

        Put(text);
    }

    private void Put(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _to);
}
