namespace MuxChat.Core.Metrics;

/// <summary>A figure that rises and falls: set by its owner, or read from there whenever it is asked for.</summary>
public sealed class Gauge : Metric
{
    private Func<long>? _source;
    private long _value;

    internal Gauge(string name, string unit, string help, string? label = null)
        : base(name, unit, help, label)
    {
    }

    /// <inheritdoc/>
    public override long Value => _source is null ? _value : _source();

    /// <summary>Sets the value.</summary>
    public void Set(long value) => _value = value;

    /// <summary>Sets the value if it is greater than before: the gauge holds the greatest that there was.</summary>
    public void Raise(long value) => _value = Math.Max(_value, value);

    /// <summary>Reads the value from its owner from now on, whenever it is asked for.</summary>
    public void ReadFrom(Func<long> source) => _source = source;
}
