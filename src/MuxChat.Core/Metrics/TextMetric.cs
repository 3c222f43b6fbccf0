namespace MuxChat.Core.Metrics;

/// <summary>A metric whose value is a word, such as the I/O model in use.</summary>
public sealed class TextMetric : Metric
{
    internal TextMetric(string name, string help)
        : base(name, "", help, label: null)
    {
    }

    /// <summary>The word, in ASCII.</summary>
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    /// <remarks>Always 1, as metric exporters do for a metric that is a text.</remarks>
    public override long Value => 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Text}";
}
