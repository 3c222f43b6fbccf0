namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Style">How it looks: a number of <see cref="SeriesStyles"/>.</param>
/// <param name="Points">From left to right.</param>
/// <param name="Note">A figure for the legend; may be empty.</param>
internal sealed record Line(string Name, int Style, IReadOnlyList<LinePoint> Points, string Note = "")
{
    /// <summary>Whether its points are not connected.</summary>
    public bool IsOnlyMarkers { get; init; }
}
