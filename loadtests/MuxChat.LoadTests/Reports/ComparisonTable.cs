using System.Globalization;
using MuxChat.LoadTests.Comparing;
using Spectre.Console;

namespace MuxChat.LoadTests.Reports;

/// <summary>A comparison as a table for a terminal, and what it means.</summary>
internal static class ComparisonTable
{
    public static void Write(IAnsiConsole console, Report report)
    {
        var table = new Table().Border(console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii);
        string[] heads = ["clients", "io", "deliveries/cpu s", "least", "most", "vs best", "p50 ms", "p99 ms", "MB", "threads"];
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(head) { NoWrap = true, Alignment = head == "io" ? Justify.Left : Justify.Right });
        }

        foreach (var row in report.Comparison)
        {
            table.AddRow([.. Cells(row).Select(cell => row.IsWinner ? $"[bold]{Markup.Escape(cell)}[/]" : Markup.Escape(cell))]);
        }

        console.Write(table);
        foreach (var finding in report.Findings)
        {
            console.MarkupLineInterpolated($"- {finding}");
        }

        foreach (var result in report.Results.Where(result => !result.IsClean))
        {
            console.MarkupLineInterpolated($"[red]AUDIT FAILED[/] {result.Io}, {result.Clients} clients: {result.Audit.DescribeFaults()}");
        }

        if (report.IsClean)
        {
            var delivered = report.Results.Sum(result => result.Audit.Delivered);
            console.MarkupLineInterpolated($"[green]audit[/] {delivered:N0} deliveries, each line once, whole and in order");
        }
    }

    private static IEnumerable<string> Cells(ComparisonRow row)
    {
        yield return $"{row.Clients:N0}";
        yield return row.Io;
        yield return $"{row.PerCpuSecond.Median:N0}";
        yield return $"{row.PerCpuSecond.Least:N0}";
        yield return $"{row.PerCpuSecond.Most:N0}";
        yield return row.AgainstWinner.ToString("P0", CultureInfo.InvariantCulture);
        yield return ResultTable.Milliseconds((long)row.P50.Median);
        yield return ResultTable.Milliseconds((long)row.P99.Median);
        yield return $"{row.RestKb.Median / 1024:N0}";
        yield return $"{row.Threads}";
    }
}
