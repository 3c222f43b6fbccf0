using System.Globalization;
using System.Text;
using MuxChat.Server.Options;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>The part of docs/LIMITS.md that lists the options is made from their table; the rest of the file is left as it is.</summary>
public sealed class LimitsDocumentTests
{
    private const string Document = "docs/LIMITS.md";
    private const string Begin = "<!-- made by a test: options -->\n";
    private const string End = "<!-- end -->\n";

    [Fact]
    public void Document_lists_the_options_as_their_table_has_them()
    {
        var now = File.Exists(Path.Combine(Repository.Root, Document)) ? Repository.Read(Document) : Begin + End;
        var begin = now.IndexOf(Begin, StringComparison.Ordinal);
        var end = now.IndexOf(End, Math.Max(begin, 0), StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{Document} has no part between {Begin.Trim()} and {End.Trim()}");
        WrittenDocument.ExpectSame(Document, now[..(begin + Begin.Length)] + OptionTables() + now[end..]);
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
            text.Append("| option | environment variable | default | range | what it bounds, and what happens at it |\n|---|---|---|---|---|\n");
            foreach (var row in group)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{row.Name}` | `{row.Variable}` | {DefaultOf(row)} | {RangeOf(row)} | {row.Bounds} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static string DefaultOf(OptionRow row) => row.Number is null
        ? row.Default == "none" ? "none" : $"`{row.Default}`"
        : Format(int.Parse(row.Default, CultureInfo.InvariantCulture));

    private static string RangeOf(OptionRow row) => row.Number is { } number
        ? $"{Format(number.Min)} to {Format(number.Max)}"
        : row.Words.Count > 0 ? string.Join(", ", row.Words.Select(word => $"`{word}`")) : $"`{row.ValueName}`";

    private static string Format(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
