using System.Globalization;
using System.Text;
using MuxChat.Core.Metrics;
using MuxChat.Server.Options;

namespace MuxChat.UnitTests.Server;

/// <summary>
/// The parts of documents that are tables of the program: options in docs/LIMITS.md, figures in docs/protocols/line.md and
/// docs/OBSERVING.md.
/// </summary>
public sealed class TableDocumentTests
{
    [Fact]
    public void Limits_list_the_options_as_their_table_has_them() =>
        WrittenDocument.ExpectPart("docs/LIMITS.md", "options", OptionTables());

    [Fact]
    public void Protocols_list_the_figures_as_their_registry_has_them() =>
        WrittenDocument.ExpectPart("docs/protocols/line.md", "metrics", MetricTable());

    [Fact]
    public void Observing_lists_the_figures_that_a_scraper_reads() =>
        WrittenDocument.ExpectPart("docs/OBSERVING.md", "metrics", ExposedTable());

    [Fact]
    public void Figures_are_told_in_sentences_and_have_names_of_their_own()
    {
        var all = new MetricSet().Shown;
        Assert.Distinct(all.Select(metric => metric.Name));
        Assert.All(all, metric =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", metric.Name);
            Assert.EndsWith(".", metric.Help, StringComparison.Ordinal);
            Assert.DoesNotContain('|', metric.Help);
        });
    }

    [Fact]
    public void Bounds_are_short_sentences_that_fit_a_table() => Assert.All(OptionTable.All, row =>
    {
        Assert.EndsWith(".", row.Bounds, StringComparison.Ordinal);
        Assert.DoesNotContain('|', row.Bounds);
        Assert.All(row.Bounds.Split(". "), sentence => Assert.InRange(sentence.Split(' ').Length, 1, 25));
    });

    private static string OptionTables()
    {
        var text = new StringBuilder();
        foreach (var group in OptionTable.All.GroupBy(row => row.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {group.Key}\n\n");
            text.Append("| option | environment variable | default | range | what it bounds, and what happens at it |\n");
            text.Append("|---|---|---|---|---|\n");
            foreach (var row in group)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{row.Name}` | `{row.Variable}` | {DefaultOf(row)} | {RangeOf(row)} | {row.Bounds} |\n");
            }
        }

        return text.Remove(0, 1).ToString();
    }

    private static string MetricTable()
    {
        var text = new StringBuilder("| on lines | on frames | what it tells |\n|---|---|---|\n");
        foreach (var metric in new MetricSet().Shown)
        {
            var unit = metric.Unit is "" or "ms" ? "" : $" {metric.Unit}";
            text.Append(CultureInfo.InvariantCulture, $"| {metric.Label} ...{unit} | `{metric.Name}` | {metric.Help} |\n");
        }

        return text.ToString();
    }

    private static string ExposedTable()
    {
        var text = new StringBuilder("| name | type | labels | what it tells |\n|---|---|---|---|\n");
        foreach (var metric in new MetricSet().All.Where(row => row.IsExposed))
        {
            var labels = metric switch
            {
                MetricFamily family => $"`{metric.LabelName}`: {string.Join(", ", family.Labels)}",
                TextMetric => $"`{metric.LabelName}`",
                _ => "",
            };
            text.Append(CultureInfo.InvariantCulture,
                $"| `{metric.ExposedName}` | {metric.Kind.ToString().ToLowerInvariant()} | {labels} | {metric.Help} |\n");
        }

        return text.ToString();
    }

    private static string DefaultOf(OptionRow row) => row.Number is null
        ? row.Default == "none" ? "none" : $"`{row.Default}`"
        : Format(int.Parse(row.Default, CultureInfo.InvariantCulture));

    private static string RangeOf(OptionRow row) => row.Number is { } number
        ? $"{Format(number.Min)} to {Format(number.Max)}"
        : row.Words.Count > 0 ? string.Join(", ", row.Words.Select(word => $"`{word}`")) : $"`{row.ValueName}`";

    private static string Format(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
