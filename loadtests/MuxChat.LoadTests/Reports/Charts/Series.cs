using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>Runs that make one line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Style">How it looks: a number of <see cref="SeriesStyles"/>.</param>
/// <param name="Runs">All rounds, or one run; not empty.</param>
internal sealed record Series(string Name, int Style, IReadOnlyList<RunResult> Runs)
{
    /// <summary>All latencies of all runs; null when none was kept.</summary>
    public Histogram? MergeLatencies()
    {
        var merged = new Histogram();
        foreach (var run in Runs.Where(static run => run.Histogram.Length > 0))
        {
            merged.Add(Histogram.Decode(run.Histogram));
        }

        return merged.Count > 0 ? merged : null;
    }

    /// <summary>The same series with the one run in the middle, by a figure.</summary>
    public Series InTheMiddle(Figure figure) =>
        this with { Runs = [Runs.OrderBy(run => figure.Of(run) ?? 0).ElementAt((Runs.Count - 1) / 2)] };
}
