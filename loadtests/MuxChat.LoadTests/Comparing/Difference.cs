using System.Globalization;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;

namespace MuxChat.LoadTests.Comparing;

/// <summary>
/// Whether the server of a second report does its work with more processor time than that of a first one. Each round of the second is
/// divided by the same round of the first, over all scenarios and numbers of clients. The median of such ratios, and where it lies with 95%
/// certainty, follow Hodges and Lehmann (1963) and Wilcoxon's signed ranks (1945). Neither needs a normal distribution, and a few wild
/// rounds do not matter.
/// </summary>
internal sealed record Difference
{
    /// <summary>With fewer pairs nothing is said.</summary>
    public const int LeastPairs = 8;

    /// <summary>A smaller change is not worth a sentence.</summary>
    public const double Margin = 0.03;

    /// <summary>
    /// How far apart the same server was, measured twice, minutes apart, on a shared machine: reports that did not run in turn show nothing
    /// below this.
    /// </summary>
    public const double Drift = 0.25;

    /// <summary>The same for reports with a yardstick in both, which takes most of the drift away.</summary>
    public const double DriftBesideYardstick = 0.12;

    /// <summary>Two servers are the same when the difference lies within this with 95% certainty.</summary>
    public const double SameWithin = 0.1;

    /// <summary>The two ran in turn, round by round.</summary>
    public bool IsInTurn { get; init; }

    /// <summary>A yardstick that ran beside each, by which its rounds were divided; empty for none.</summary>
    public string Yardstick { get; init; } = "";

    /// <summary>How many rounds were compared.</summary>
    public int Pairs { get; init; }

    /// <summary>Work per processor second of the second against the first: 0.9 is 10% less.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>It is larger than this with 97.5% certainty.</summary>
    public double Low { get; init; }

    /// <summary>It is smaller than this with 97.5% certainty.</summary>
    public double High { get; init; }

    /// <summary>What follows.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; init; } = "";

    public static Difference Between(Report first, Report second)
    {
        var isInTurn = first.Session.Length > 0 && first.Session == second.Session;
        var yardstick = isInTurn ? null : Yardsticks.Yardstick.All.Select(static one => one.Name)
            .FirstOrDefault(name => first.Results.Any(run => run.Io == name) && second.Results.Any(run => run.Io == name));
        var ratios = Ratios(Costs(first, yardstick), Costs(second, yardstick));
        var difference = new Difference { IsInTurn = isInTurn, Yardstick = yardstick ?? "", Pairs = ratios.Count };
        if (first.ExitCode == LoadCommandLine.Failed || second.ExitCode == LoadCommandLine.Failed)
        {
            return difference with { Reason = "the audit found faults: a server that loses or spoils lines is not compared by its speed" };
        }

        if (Kind(first.Settings) != Kind(second.Settings))
        {
            return difference with
            {
                Reason = "the two had other settings: --payload, --transport, --window, --seconds and --warm must be the same",
            };
        }

        if (ratios.Count < LeastPairs)
        {
            return difference with
            {
                Reason = $"only {ratios.Count} rounds of the same scenarios with the same settings are in both reports; "
                    + $"{LeastPairs} are needed (--rounds)",
            };
        }

        var (ratio, low, high) = Estimate(ratios);
        return Judge(difference with { Ratio = ratio, Low = low, High = high });
    }

    private static Difference Judge(Difference found)
    {
        var isComparable = found.IsInTurn || found.Yardstick.Length > 0;
        var isApart = found.High < 1 || found.Low > 1;
        var change = string.Create(CultureInfo.InvariantCulture,
            $"the second does {Math.Abs(found.Ratio - 1):0.0%} {(found.Ratio < 1 ? "less" : "more")} per processor second "
                + $"({found.Low - 1:+0.0%;-0.0%} to {found.High - 1:+0.0%;-0.0%} with 95% certainty, {found.Pairs} pairs of rounds)");
        var least = found.IsInTurn ? Margin : isComparable ? DriftBesideYardstick : Drift;
        if (isApart && Math.Abs(found.Ratio - 1) > least)
        {
            return found with { Verdict = found.Ratio < 1 ? Verdict.Slower : Verdict.Faster, Reason = change };
        }

        return !isComparable
            ? found with
            {
                Reason = $"{change}; but the two did not run in turn, and a shared machine drifts by as much: use compare --versus",
            }
            : !found.IsInTurn
            ? found with
            {
                Reason = string.Create(CultureInfo.InvariantCulture,
                    $"{change}; but the two did not run in turn, and then less than {DriftBesideYardstick:0%} says nothing"),
            }
            : found.Low > 1 - SameWithin && found.High < 1 + SameWithin
            ? found with { Verdict = Verdict.Same, Reason = change }
            : found with { Reason = $"{change}: too wide to say; more rounds are needed" };
    }

    // What must be the same in both. The scenarios set the rest, by the number of clients.
    private static LoadSettings Kind(LoadSettings settings) => settings with { Io = "", Connect = null, Clients = 0, Senders = 0 };

    // The work per second of processor time, by what was run. Each ramp ends at another rate, so its rounds are not alike.
    private static Dictionary<(string Scenario, int Clients, bool IsOnAll, string Io, int Round), double> Costs(
        Report report, string? yardstick)
    {
        var all = report.Results.Where(static run => run.Round > 0 && run.Scenario != "ramp")
            .Select(static run => (Run: run, Value: Cost(run)))
            .Where(static pair => pair.Value > 0)
            .GroupBy(static pair => (pair.Run.Scenario, pair.Run.Clients, pair.Run.IsOnAll, pair.Run.Io, pair.Run.Round))
            .ToDictionary(static same => same.Key, static same => same.First().Value);
        if (yardstick is null)
        {
            return all.Where(static pair => Yardsticks.Yardstick.Find(pair.Key.Io) is null).ToDictionary();
        }

        return all.Where(pair => Yardsticks.Yardstick.Find(pair.Key.Io) is null && all.ContainsKey(pair.Key with { Io = yardstick }))
            .ToDictionary(static pair => pair.Key, pair => pair.Value / all[pair.Key with { Io = yardstick }]);
    }

    private static double Cost(RunResult run) =>
        Figure.Get(run.Scenario == "churn" ? "logins/cpu-s" : "deliveries/cpu-s").Of(run) ?? 0;

    private static List<double> Ratios<TKey>(Dictionary<TKey, double> first, Dictionary<TKey, double> second)
        where TKey : notnull =>
        [.. first.Where(pair => second.ContainsKey(pair.Key)).Select(pair => Math.Log(second[pair.Key] / pair.Value))];

    // The median of the means of all pairs (each with itself too), and those at the ranks that Wilcoxon's distribution gives for 95%.
    private static (double Ratio, double Low, double High) Estimate(List<double> logs)
    {
        const double TwoSided = 1.96;
        var n = (double)logs.Count;
        var means = logs.SelectMany((a, i) => logs.Skip(i).Select(b => (a + b) / 2)).Order().ToArray();
        var rank = (int)Math.Max(0, Math.Floor((n * (n + 1) / 4) - (TwoSided * Math.Sqrt(n * (n + 1) * ((2 * n) + 1) / 24)) - 0.5));
        return (Math.Exp(Spread.Of(means).Median), Math.Exp(means[rank]), Math.Exp(means[means.Length - 1 - rank]));
    }
}
