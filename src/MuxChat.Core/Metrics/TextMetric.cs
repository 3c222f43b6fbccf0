namespace MuxChat.Core.Metrics;

/// <summary>A metric whose value is a word, such as the I/O model in use. On <c>/metrics</c> the word is a label of a 1.</summary>
public sealed class TextMetric : Metric
{
    internal TextMetric(in MetricNames names, string labelName, string help)
        : base(names, MetricKind.Gauge, help) => LabelName = labelName;

    /// <inheritdoc/>
    public override string LabelName { get; }

    /// <summary>The word, in ASCII.</summary>
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    /// <remarks>Always 1, as metric exporters do for a metric that is a text.</remarks>
    public override long Value => 1;

    /// <inheritdoc/>
    public override string Describe() => Text;

    /// <inheritdoc/>
    internal override void WriteSamples(ExpositionWriter writer) => writer.Sample(this, LabelName, Text, Value);

    /// <inheritdoc/>
    public override string ToString() => $"{(IsShown ? Name : ExposedName)}={Text}";
}
