using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Reports;

/// <summary>Two reports side by side, and whether the second server is slower than the first.</summary>
internal static class DifferenceTable
{
    /// <summary>Columns that hold the table with the figures' headings.</summary>
    private const int WideEnough = 125;

    private static readonly string[] Rounds = ["rounds"];

    public static void Write(IAnsiConsole console, Report first, Report second, Difference difference)
    {
        foreach (var (name, report) in ((string, Report)[])[("first", first), ("second", second)])
        {
            console.MarkupLineInterpolated(
                $"[grey]{name}: {report.Time:yyyy-MM-dd HH:mm} UTC, {report.Machine.Server}, {report.Machine.Processor}[/]");
            foreach (var doubt in report.Doubts)
            {
                console.MarkupLineInterpolated($"[yellow]DOUBTFUL[/] {name}: {doubt}");
            }

            ComparisonTable.WriteFaults(console, report, $"{name}: ");
        }

        WriteTable(console, first, second);
        console.MarkupLineInterpolated($"{(difference.IsInTurn ? "The two ran in turn, round by round." : difference.Yardstick.Length > 0
            ? $"The two ran one after the other; each round is divided by that of {difference.Yardstick}."
            : "The two ran one after the other.")}");
        console.MarkupLineInterpolated($"[bold]{Word(difference.Verdict)}[/]: {difference.Reason}");
    }

    /// <summary>The verdict in words.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Slower => "SLOWER",
        Verdict.Faster => "FASTER",
        Verdict.Same => "THE SAME",
        _ => "CANNOT TELL",
    };

    private static void WriteTable(IAnsiConsole console, Report first, Report second)
    {
        var isNarrow = console.Profile.Width < WideEnough;
        var table = new Table().Border(
            isNarrow ? TableBorder.None : console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii);
        foreach (var head in (string[])["scenario", "clients", "io", "figure", "first", "second", "change", .. isNarrow ? [] : Rounds])
        {
            var isNumber = head is "clients" or "first" or "second" or "change";
            table.AddColumn(new TableColumn(head) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (var (one, other) in Pairs(first, second))
        {
            foreach (var figure in FiguresOf(one.Scenario))
            {
                if (one.Of(figure.Name) is not { } before || other.Of(figure.Name) is not { } after)
                {
                    continue;
                }

                table.AddRow([Markup.Escape(one.Scenario), one.Clients == 0 ? "-" : $"{one.Clients:N0}", Markup.Escape(one.Io),
                    Markup.Escape(isNarrow ? figure.Name : figure.Head), Figure.Show(before.Median), Figure.Show(after.Median),
                    Change(before.Median, after.Median), .. isNarrow ? [] : (string[])[before.Overlaps(after) ? "overlap" : "apart"]]);
            }
        }

        console.Write(table);
    }

    private static IEnumerable<(ComparisonRow First, ComparisonRow Second)> Pairs(Report first, Report second)
    {
        var others = ComparisonRun.Rows(Found(second)).ToDictionary(static row => (row.Scenario, row.Clients, row.IsOnAll, row.Io));
        foreach (var row in ComparisonRun.Rows(Found(first)))
        {
            if (others.TryGetValue((row.Scenario, row.Clients, row.IsOnAll, row.Io), out var other))
            {
                yield return (row, other);
            }
        }
    }

    // Of a scenario that runs several times, the last run is what it found.
    private static IReadOnlyList<RunResult> Found(Report report) => report.Comparison.Count > 0 ? report.Results : [report.Results[^1]];

    private static IEnumerable<Figure> FiguresOf(string scenario) =>
        (ComparedScenario.All.FirstOrDefault(one => one.Name == scenario)?.Figures ?? ["deliveries/cpu-s", "deliveries/s", "p99"])
        .Select(Figure.Get);

    private static string Change(double before, double after) => before == 0
        ? "-"
        : ((after / before) - 1).ToString("+0%;-0%;0%", System.Globalization.CultureInfo.InvariantCulture);
}
