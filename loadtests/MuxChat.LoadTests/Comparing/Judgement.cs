using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.LoadTests.Comparing;

/// <summary>Decides between rows of one scenario and one number of clients. It claims nothing that the rounds do not show.</summary>
internal static class Judgement
{
    /// <summary>With fewer rounds nothing is claimed.</summary>
    public const int LeastRounds = 3;

    /// <summary>A median within this share of the best one is as good: about the noise of a shared machine.</summary>
    public const double AsGood = 0.1;

    /// <summary>A winner is so much better than each other one, by the medians: less is not worth a choice.</summary>
    public const double WinsBy = 0.05;

    /// <summary>
    /// The row of a model that is better in every round than each other model in any of its rounds, and by <see cref="WinsBy"/>; null when
    /// there is none.
    /// </summary>
    public static ComparisonRow? Winner(IReadOnlyList<ComparisonRow> all, Figure figure)
    {
        var rows = Models(all);
        var best = Best(rows, figure);
        return best is null || rows.Count < 2 || rows.Any(row => row != best && !IsWorse(row, best, figure)) ? null : best;
    }

    /// <summary>Those of the server's own models: other servers are shown, but nobody chooses a model by them.</summary>
    public static IReadOnlyList<ComparisonRow> Models(IReadOnlyList<ComparisonRow> rows) =>
        [.. rows.Where(static row => Yardstick.Find(row.Io) is null)];

    /// <summary>The row with the best median; null when no row has the figure.</summary>
    public static ComparisonRow? Best(IReadOnlyList<ComparisonRow> rows, Figure figure) => Ordered(rows, figure).FirstOrDefault();

    /// <summary>Whether a row is surely worse than the best: no overlap, enough rounds, and not too near.</summary>
    public static bool IsWorse(ComparisonRow row, ComparisonRow best, Figure figure) =>
        row.Of(figure.Name) is { Count: >= LeastRounds } one
        && best.Of(figure.Name) is { Count: >= LeastRounds } other
        && !one.Overlaps(other) && Math.Abs(one.Median - other.Median) >= WinsBy * Math.Max(one.Median, other.Median);

    /// <summary>
    /// Whether a row is as good as the best: the medians are within <see cref="AsGood"/>. Neither worse nor as good: the rounds do not show
    /// it.
    /// </summary>
    public static bool IsAsGood(ComparisonRow row, ComparisonRow best, Figure figure) =>
        row.Of(figure.Name) is { } one && best.Of(figure.Name) is { } other
        && Math.Abs(one.Median - other.Median) <= AsGood * Math.Max(one.Median, other.Median);

    /// <summary>Those between which the rounds do not decide, the best first.</summary>
    public static IEnumerable<ComparisonRow> Undecided(IReadOnlyList<ComparisonRow> rows, Figure figure)
    {
        var ordered = Ordered(rows, figure).ToList();
        return ordered.Where(row => row == ordered[0] || !IsWorse(row, ordered[0], figure));
    }

    /// <summary>The rows that have the figure, the best median first.</summary>
    public static IEnumerable<ComparisonRow> Ordered(IReadOnlyList<ComparisonRow> rows, Figure figure)
    {
        var known = rows.Where(row => row.Of(figure.Name) is not null);
        return figure.IsMoreBetter
            ? known.OrderByDescending(row => row.Of(figure.Name)!.Median)
            : known.OrderBy(row => row.Of(figure.Name)!.Median);
    }
}
