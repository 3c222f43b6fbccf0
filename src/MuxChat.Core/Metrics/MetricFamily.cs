namespace MuxChat.Core.Metrics;

/// <summary>Several counters or gauges of one name, one for each value of a label.</summary>
/// <remarks>
/// Invariant: the values of the label are fixed, so that no client can make the list longer. An unknown value counts as the last one,
/// which is <see cref="Other"/>.
/// </remarks>
public sealed class MetricFamily : Metric
{
    /// <summary>The last value of each family's label.</summary>
    public const string Other = "other";

    private readonly string[] _labels;
    private readonly long[] _values;

    internal MetricFamily(in MetricNames names, MetricKind kind, string labelName, string[] labels, string help)
        : base(names, kind, help)
    {
        LabelName = labelName;
        _labels = [.. labels, Other];
        _values = new long[_labels.Length];
    }

    /// <inheritdoc/>
    public override string LabelName { get; }

    /// <summary>The values of the label.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>The sum of all values.</summary>
    public override long Value => _values.Sum();

    /// <summary>The value at one place in <see cref="Labels"/>.</summary>
    public long this[int place] => _values[place];

    /// <summary>The value for one value of the label.</summary>
    public long this[string label] => _values[PlaceOf(label)];

    /// <summary>Adds 1 at a place in <see cref="Labels"/>; at the last one if there is no such place.</summary>
    public void Increment(int place) => _values[(uint)place < (uint)_values.Length ? place : ^1]++;

    /// <summary>Adds 1 for a value of the label. The list is searched, so this is for what happens seldom.</summary>
    public void Increment(string label) => _values[PlaceOf(label)]++;

    /// <summary>Sets everything to 0, before a gauge's owner counts anew.</summary>
    public void Clear() => _values.AsSpan().Clear();

    /// <inheritdoc/>
    internal override void WriteSamples(ExpositionWriter writer)
    {
        for (var place = 0; place < _labels.Length; place++)
        {
            writer.Sample(this, LabelName, _labels[place], _values[place]);
        }
    }

    private int PlaceOf(string label)
    {
        var place = Array.IndexOf(_labels, label);
        return place < 0 ? _labels.Length - 1 : place;
    }
}
