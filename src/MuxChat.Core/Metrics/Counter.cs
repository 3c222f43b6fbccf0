namespace MuxChat.Core.Metrics;

/// <summary>A metric that only grows, from 0 at the start. Its owner counts, or the counter reads a source at each use.</summary>
public sealed class Counter : Metric
{
    private Func<long>? _source;
    private long _value;

    internal Counter(in MetricNames names, string help)
        : base(names, MetricKind.Counter, help)
    {
    }

    /// <inheritdoc/>
    public override long Value => _source is null ? _value : _source();

    /// <summary>Adds 1.</summary>
    public void Increment() => _value++;

    /// <summary>Adds a number, which must not be negative.</summary>
    public void Add(long number) => _value += number;

    /// <summary>Reads the value from <paramref name="source"/> at each use from now on.</summary>
    public void ReadFrom(Func<long> source) => _source = source;
}
