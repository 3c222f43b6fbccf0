using System.Globalization;
using System.Text;
using MuxChat.LoadTests.Comparing;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// Puts the figures of one comparison into the documents, between <see cref="Begin"/> and <see cref="End"/>, so that all of them come from
/// one run: README.md (each model against the floor) and docs/LOADTESTS.md (the example).
/// </summary>
internal static class MeasuredDocuments
{
    public const string Begin = "<!-- measured -->";
    public const string End = "<!-- end of measured -->";

    private const int Width = 138;

    /// <summary>Rewrites both documents below a folder.</summary>
    /// <exception cref="LoadException">A document has no such place, or the report has no floor.</exception>
    public static void Write(string root, Report report)
    {
        Replace(Path.Combine(root, "README.md"), AgainstFloor(report));
        Replace(Path.Combine(root, "docs", "LOADTESTS.md"), Example(report));
    }

    /// <summary>Each model's share of the floor: the rounds of the broadcast, each divided by the floor's in the same round.</summary>
    public static string AgainstFloor(Report report)
    {
        var text = new StringBuilder();
        text.Append("| `--io` | clients | of the floor, median | least and most |\n|---|---:|---:|---|\n");
        var shares = Findings.AgainstFloor(report.Comparison);
        if (shares.Count == 0)
        {
            throw new LoadException("the report has no floor to compare with: measure with --with floor");
        }

        foreach (var (clients, io, share) in shares)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| `{io}` | {clients:N0} | {share.Median:0.00} | {share.Least:0.00} to {share.Most:0.00} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n{Stamp(report)}\n").ToString();
    }

    private static string Example(Report report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Stamp(report)}\n\n");
        foreach (var line in report.Facts().Concat(report.Doubts))
        {
            text.Append(Wrapped(line));
        }

        MarkdownReport.WriteTables(text, report);
        text.Append("\n### In words\n\n");

        // Who was best in each scenario is bold in the tables.
        foreach (var finding in Findings.BesidesWinners(report.Comparison))
        {
            text.Append(Wrapped(finding));
        }

        return text.ToString();
    }

    // The same in both documents, so that a test sees when only one was renewed.
    private static string Stamp(Report report) => string.Create(CultureInfo.InvariantCulture,
        $"Measured on {report.Time:yyyy-MM-dd} at {report.Time:HH:mm} UTC, {report.Results.Max(static run => run.Round)} rounds.");

    private static string Wrapped(string text)
    {
        var lines = new StringBuilder("-");
        var length = 1;
        foreach (var word in text.Split(' '))
        {
            if (length + word.Length + 1 > Width)
            {
                lines.Append("\n ");
                length = 1;
            }

            lines.Append(' ').Append(word);
            length += word.Length + 1;
        }

        return lines.Append('\n').ToString();
    }

    private static void Replace(string file, string measured)
    {
        var text = File.ReadAllText(file);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new LoadException($"{file} has no place for figures: {Begin} and {End}");
        }

        File.WriteAllText(file, $"{text[..(begin + Begin.Length)]}\n{measured}{text[end..]}");
    }
}
