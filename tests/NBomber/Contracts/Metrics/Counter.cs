namespace NBomber.Contracts.Metrics;

public interface ICounter
{
    string MetricName { get; }

    void Add(long value);
}

public sealed record CounterStats(string MetricName, string UnitOfMeasure, long Value);

public sealed record MetricStats(CounterStats[] Counters);

internal sealed class Counter(string name, string unit) : ICounter
{
    private long _value;

    public string MetricName => name;

    public void Add(long value) => Interlocked.Add(ref _value, value);

    public CounterStats Read() => new(name, unit, Interlocked.Read(ref _value));
}
