using System.Globalization;
using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Reports;

/// <summary>Results as a table for a terminal.</summary>
internal static class ResultTable
{
    private const double MicrosecondsPerMillisecond = 1000;
    private const int KbPerMb = 1024;

    /// <summary>Columns side by side; further results go into a table below.</summary>
    private const int ResultsAbreast = 4;

    private static readonly (string Name, Func<RunResult, string> Value)[] Figures =
    [
        ("io", result => result.Io),
        ("transport", result => result.Transport),
        ("clients", result => $"{result.Clients:N0}"),
        ("login, s", result => result.LoginSeconds > 0 ? $"{result.LoginSeconds:0.00}" : "-"),
        ("deliveries a second", result => $"{result.DeliveredPerSecond:N0}"),
        ("deliveries per cpu second", result => Known(result.CpuSeconds, $"{result.DeliveredPerCpuSecond:N0}")),
        ("latency p50, ms", result => Milliseconds(result.Latency.P50)),
        ("latency p90", result => Milliseconds(result.Latency.P90)),
        ("latency p99", result => Milliseconds(result.Latency.P99)),
        ("latency p99.9", result => Milliseconds(result.Latency.P999)),
        ("latency max", result => Milliseconds(result.Latency.Max)),
        ("server user / system, s", result => Known(result.CpuSeconds, $"{result.UserSeconds:0.00} / {result.SystemSeconds:0.00}")),
        ("resident at rest / under load, MB",
            result => Known(result.ResidentRestKb, $"{result.ResidentRestKb / KbPerMb} / {result.ResidentLoadKb / KbPerMb}")),
        ("threads", result => Known(result.Threads, $"{result.Threads}")),
        ("context switches", result => Known(result.ContextSwitches, $"{result.ContextSwitches:N0}")),
        ("allocated bytes per delivery", result => Known(result.Delivered,
            $"{(double)result.AllocatedBytes / Math.Max(1, result.Delivered):0.000}")),
        ("collections", result => $"{result.Collections}"),
        ("longest tick so far, ms", result => Known(result.LongestTickUs, Milliseconds(result.LongestTickUs))),
    ];

    public static void Write(IAnsiConsole console, IReadOnlyList<RunResult> results)
    {
        foreach (var some in results.Chunk(ResultsAbreast))
        {
            var table = new Table().Border(console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii);
            table.AddColumn("");
            foreach (var result in some)
            {
                table.AddColumn(new TableColumn(Markup.Escape(result.Name)) { Alignment = Justify.Right });
            }

            foreach (var (name, value) in Figures)
            {
                table.AddRow([name, .. some.Select(result => Markup.Escape(value(result)))]);
            }

            console.Write(table);
        }

        foreach (var result in results)
        {
            WriteRest(console, result);
        }
    }

    public static string Milliseconds(long microseconds) =>
        (microseconds / MicrosecondsPerMillisecond).ToString(microseconds < 10_000 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Known(double figure, string shown) => figure > 0 ? shown : "-";

    private static void WriteRest(IAnsiConsole console, RunResult result)
    {
        foreach (var (name, value) in result.More)
        {
            console.MarkupLineInterpolated($"  {result.Name}: {name} [bold]{value.ToString("#,0.###", CultureInfo.InvariantCulture)}[/]");
        }

        var audit = result.Audit;
        if (!audit.IsClean)
        {
            console.MarkupLineInterpolated($"[red]AUDIT FAILED[/] {result.Name}: {audit.DescribeFaults()}");
        }
        else if (audit.Delivered > 0)
        {
            console.MarkupLineInterpolated(
                $"[green]audit[/] {result.Name}: {audit.Delivered:N0} deliveries, each line once, whole and in order");
        }

        foreach (var failure in result.Failures)
        {
            console.MarkupLineInterpolated($"[red]FAILED[/] {result.Name}: {failure}");
        }
    }
}
