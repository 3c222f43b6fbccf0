namespace MuxChat.LoadTests.Comparing;

/// <summary>Least, median and most of several rounds; the median of an even number is the middle between the two in the middle.</summary>
internal sealed record Spread(double Least, double Median, double Most)
{
    /// <summary>How many rounds it spans.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether the two have values in common: then nobody can say which one is larger.</summary>
    public bool Overlaps(Spread other) => Least <= other.Most && other.Least <= Most;

    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            return new Spread(0, 0, 0) { Count = 0 };
        }

        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Spread(sorted[0], median, sorted[^1]) { Count = sorted.Length };
    }
}
