namespace MuxChat.Core.Metrics;

/// <summary>A metric that rises and falls. Its owner sets it, or the gauge reads it from a source at each use.</summary>
public sealed class Gauge : Metric
{
    private Func<long>? _source;
    private long _value;
    private bool _isKnown;

    internal Gauge(in MetricNames names, string help)
        : base(names, MetricKind.Gauge, help)
    {
    }

    /// <inheritdoc/>
    public override long Value => _source is null ? _value : _source();

    /// <summary>Whether the figure exists only on some servers. It has no sample until it is set or has a source.</summary>
    public bool IsOptional { get; init; }

    internal override bool HasSamples => !IsOptional || _isKnown || _source is not null;

    /// <summary>Sets the value, in the metric's unit.</summary>
    public void Set(long value) => (_value, _isKnown) = (value, true);

    /// <summary>Sets the value if it is greater than the current one, so that the gauge keeps the maximum.</summary>
    public void Raise(long value) => _value = Math.Max(_value, value);

    /// <summary>Reads the value from <paramref name="source"/> at each use from now on.</summary>
    public void ReadFrom(Func<long> source) => _source = source;
}
