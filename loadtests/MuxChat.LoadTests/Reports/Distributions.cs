using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// The distributions of latencies as texts for HdrHistogram's plotter: one for each scenario, number of clients and model.
/// </summary>
internal static class Distributions
{
    /// <summary>File names and contents. The rounds of a comparison are merged.</summary>
    public static IEnumerable<(string Name, string Text)> Of(Report report)
    {
        var groups = report.Comparison.Count > 0
            ? report.Results.GroupBy(static run => $"{run.Scenario}-{run.Clients}-{run.Io}{(run.IsOnAll ? "-all" : "")}")
            : report.Results.Select(static (run, i) => (Run: run, Number: i + 1))
                .GroupBy(static one => $"{one.Run.Scenario}-{one.Number}", static one => one.Run);
        foreach (var group in groups)
        {
            using var text = new StringWriter();
            Merge(group).WriteDistribution(text);
            yield return ($"{group.Key}.hgrm", text.ToString());
        }
    }

    /// <summary>The latencies of several runs in one histogram.</summary>
    public static Histogram Merge(IEnumerable<RunResult> runs)
    {
        var merged = new Histogram();
        foreach (var run in runs.Where(static run => run.Histogram.Length > 0))
        {
            merged.Add(Histogram.Decode(run.Histogram));
        }

        return merged;
    }
}
