namespace MuxChat.Core.Metrics;

/// <summary>A figure that is a word, such as the I/O model in use.</summary>
public sealed class TextMetric : Metric
{
    internal TextMetric(string name, string help)
        : base(name, "", help, label: null)
    {
    }

    /// <summary>The word: ASCII.</summary>
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    /// <remarks>Always 1, as exporters have it for a metric whose text is what counts.</remarks>
    public override long Value => 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Text}";
}
