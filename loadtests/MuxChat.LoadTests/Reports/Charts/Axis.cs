using System.Globalization;

namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>One axis of a chart: where a value lies on it, and which values have a mark.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="IsLog">Whether equal steps are equal factors.</param>
/// <param name="Min">The value at its beginning; above 0 on a log axis.</param>
/// <param name="Max">The value at its end; above <paramref name="Min"/>.</param>
/// <param name="Ticks">The marks, in order.</param>
internal sealed record Axis(string Title, bool IsLog, double Min, double Max, IReadOnlyList<Tick> Ticks)
{
    /// <summary>Values that are further apart than this factor get a log axis.</summary>
    private const double LinearFactor = 20;

    /// <summary>More marks than this on a log axis leave only the powers of ten.</summary>
    private const int MostTicks = 6;

    private static readonly Tick[] Percentages =
        [new(2, "50%"), new(10, "90%"), new(100, "99%"), new(1_000, "99.9%"), new(10_000, "99.99%")];

    /// <summary>Linear from 0, or a log axis if the values are far apart. The title says which.</summary>
    public static Axis Fitting(string title, IEnumerable<double> values)
    {
        var all = values.ToList();
        var positive = all.Where(static value => value > 0).ToList();
        return positive.Count == all.Count && all.Count > 0 && all.Max() / all.Min() > LinearFactor ? Log(title, all) : Linear(title, all);
    }

    /// <summary>From 0 to a round number above all values.</summary>
    public static Axis Linear(string title, IEnumerable<double> values)
    {
        const int Steps = 4;
        var most = values.Append(0).Max();
        var step = Above(Math.Max(most, 1e-6) / Steps);
        var count = Math.Max(1, (int)Math.Ceiling((most / step) - 1e-9));
        return new Axis(title, false, 0, count * step, [.. Enumerable.Range(0, count + 1).Select(i => new Tick(i * step, Show(i * step)))]);
    }

    /// <summary>Between round numbers around all values. Those that are not above 0 lie at its beginning.</summary>
    public static Axis Log(string title, IEnumerable<double> values)
    {
        var positive = values.Where(static value => value > 0).DefaultIfEmpty(1).ToList();
        var (least, most) = (Below(positive.Min()), Above(positive.Max()));
        most = most > least ? most : Above(least * 1.5);
        var rounds = Rounds(least, most).ToList();
        var ticks = rounds.Count <= MostTicks ? rounds : [.. rounds.Where(static value => IsPower(value))];
        if (ticks.Count < 2)
        {
            ticks = [rounds[0], rounds[^1]];
        }

        var every = (ticks.Count + MostTicks - 1) / MostTicks;
        return new Axis($"{title} (log scale)", true, least, most,
            [.. ticks.Where((_, i) => i % every == 0).Select(static value => new Tick(value, Show(value)))]);
    }

    /// <summary>
    /// Shares of all values, as 1 / (1 - share): each further nine is one step. It begins at the median, and ends at the power of ten below
    /// or at the last value, between 99% and 99.99%.
    /// </summary>
    public static Axis Percentiles(double last)
    {
        var end = Math.Clamp(Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, last)) + 1e-9)), Percentages[2].Value, Percentages[^1].Value);
        return new Axis("share of deliveries that were not later (each nine is a step)", true, Percentages[0].Value, end,
            [.. Percentages.Where(tick => tick.Value <= end)]);
    }

    /// <summary>Where a value lies: 0 at the beginning, 1 at the end. Values outside lie at the nearest end.</summary>
    public double Share(double value)
    {
        var share = IsLog ? Math.Log(Math.Max(value, Min) / Min) / Math.Log(Max / Min) : (value - Min) / (Max - Min);
        return double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
    }

    /// <summary>A short form for marks: 0.5, 20, 1.5k, 3M.</summary>
    public static string Show(double value)
    {
        var (divisor, sign) = Math.Abs(value) switch { >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e3 => (1e3, "k"), _ => (1, "") };
        return (value / divisor).ToString(divisor > 1 ? "0.##" : "#,0.######", CultureInfo.InvariantCulture) + sign;
    }

    // 1, 2 and 5 times the powers of ten.
    private static IEnumerable<double> Rounds(double least, double most)
    {
        for (var value = least; value < most * 1.001; value = Above(value * 1.1))
        {
            yield return value;
        }
    }

    private static double Above(double value) => Candidates(value).First(one => one >= value * (1 - 1e-9));

    private static double Below(double value) => Candidates(value).Last(one => one <= value * (1 + 1e-9));

    private static double[] Candidates(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-9));
        return [power / 2, power, 2 * power, 5 * power, 10 * power];
    }

    private static bool IsPower(double value) => Math.Abs(Math.Log10(value) - Math.Round(Math.Log10(value))) < 1e-6;
}
