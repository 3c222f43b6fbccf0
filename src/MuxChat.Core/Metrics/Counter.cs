namespace MuxChat.Core.Metrics;

/// <summary>A metric that only grows, from 0 at the start.</summary>
public sealed class Counter : Metric
{
    private long _value;

    internal Counter(string name, string unit, string help, string? label = null)
        : base(name, unit, help, label)
    {
    }

    /// <inheritdoc/>
    public override long Value => _value;

    /// <summary>Adds 1.</summary>
    public void Increment() => _value++;

    /// <summary>Adds a number, which must not be negative.</summary>
    public void Add(long number) => _value += number;
}
