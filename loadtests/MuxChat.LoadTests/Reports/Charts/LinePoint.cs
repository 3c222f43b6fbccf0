namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">Its value on the axis below.</param>
/// <param name="Y">Its value on the axis at the left.</param>
/// <param name="Text">What it says; a point without a text has no marker.</param>
internal sealed record LinePoint(double X, double Y, string Text = "")
{
    /// <summary>The least and the most that were measured, as a bar through the point; null for none.</summary>
    public (double Least, double Most)? Span { get; init; }
}
