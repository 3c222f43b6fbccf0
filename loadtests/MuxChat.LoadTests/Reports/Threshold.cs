using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// What a run must not do, such as <c>p99&gt;20ms</c> or <c>deliveries/cpu-s&lt;4M</c>: a figure, a sign, and a value with the unit of the
/// figure, or with k, M or G.
/// </summary>
internal sealed partial record Threshold
{
    private const string Shape = "it takes FIGURE>VALUE or FIGURE<VALUE, such as p99>20ms or deliveries/cpu-s<4M";

    private readonly Func<double, double, bool> _isCrossed;

    private Threshold(string text, Figure figure, double value, Func<double, double, bool> isCrossed)
    {
        Text = text;
        Figure = figure;
        Value = value;
        _isCrossed = isCrossed;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    public Figure Figure { get; }

    /// <summary>The limit, in the figure's own unit.</summary>
    public double Value { get; }

    /// <exception cref="LoadException">It cannot be read, or there is no such figure.</exception>
    public static Threshold Parse(string text)
    {
        var match = Expression().Match(text);
        if (!match.Success)
        {
            throw LoadException.Usage($"--fail-if {text}: {Shape}");
        }

        var figure = Figure.Find(match.Groups["figure"].Value)
            ?? throw LoadException.Usage($"--fail-if {text}: there is no figure {match.Groups["figure"].Value}; "
                + $"there are {string.Join(", ", Figure.All.Select(static one => one.Name))}");
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return new Threshold(text, figure, number * Scale(text, figure, match.Groups["unit"].Value), match.Groups["sign"].Value switch
        {
            ">" => static (found, limit) => found > limit,
            ">=" => static (found, limit) => found >= limit,
            "<" => static (found, limit) => found < limit,
            _ => static (found, limit) => found <= limit,
        });
    }

    /// <summary>
    /// What crossed it, in a line each; nothing when all is well. A comparison is judged by the medians of its rounds, without other
    /// servers, a scenario by what it found, faults by every run.
    /// A figure that nothing has measured counts as crossed, because nobody can say that it was not.
    /// </summary>
    public IReadOnlyList<string> Crossed(Report report)
    {
        var isComparison = report.Comparison.Count > 0 && !Figure.Faults.Contains(Figure);
        var found = isComparison
            ? Judgement.Models(report.Comparison).Select(row => (Where: NameOf(row), Value: row.Of(Figure.Name)?.Median))
            : Judged(report).Select(run => (Where: run.Name, Value: Figure.Of(run)));
        var known = found.Where(static one => one.Value is not null).ToList();
        return known.Count == 0
            ? [$"{Text}: no run has measured {Figure.Name}"]
            : [.. known.Where(one => _isCrossed(one.Value!.Value, Value))
                .Select(one => $"{Text}: {one.Where}: {Figure.Show(one.Value)}{(Figure.Unit.Length > 0 ? " " + Figure.Unit : "")}")];
    }

    // Of a scenario that runs several times, the last run is what it found: those before it are steps, or what it compares with.
    private IEnumerable<RunResult> Judged(Report report) =>
        report.Comparison.Count > 0 || Figure.Faults.Contains(Figure) ? report.Results : report.Results.TakeLast(1);

    private static string NameOf(ComparisonRow row) =>
        $"{row.Scenario}, {(row.Clients > 0 ? $"{row.Clients:N0} clients, " : "")}{row.Io}{(row.IsOnAll ? ", all processors" : "")}";

    // k, M and G are for figures without a unit. A latency is in ms, and may be given in us or s as well.
    private static double Scale(string text, Figure figure, string unit) => (figure.Unit, unit) switch
    {
        (_, "") => 1,
        ("ms", "us" or "µs") => 1e-3,
        ("ms", "s") => 1e3,
        ("s", "ms") => 1e-3,
        ("MB", "KB" or "kB") => 1.0 / 1024,
        ("MB", "GB") => 1024,
        ("", "k" or "K") => 1e3,
        ("", "M") => 1e6,
        ("", "G") => 1e9,
        var (own, given) when own == given => 1,
        _ => throw LoadException.Usage(
            $"--fail-if {text}: {unit} is no unit of {figure.Name}: it takes "
                + figure.Unit switch
                {
                    "" => "k, M, G or nothing",
                    "ms" => "us, ms or s",
                    "s" => "ms or s",
                    "MB" => "KB, MB or GB",
                    var own => own,
                }),
    };

    [GeneratedRegex(@"^\s*(?<figure>[a-z0-9./-]+)\s*(?<sign>[<>]=?)\s*(?<number>[0-9]+(\.[0-9]+)?)\s*(?<unit>[A-Za-zµ%]*)\s*$")]
    private static partial Regex Expression();
}
