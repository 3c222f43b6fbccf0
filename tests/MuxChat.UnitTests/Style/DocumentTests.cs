using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>The documents are short, in plain English, and their links lead somewhere.</summary>
public sealed class DocumentTests
{
    private const int MaxMapLines = 150;
    private const int MaxColumns = 140;

    public static TheoryData<string> Documents => [.. DocumentTree.All];

    [Fact]
    public void Architecture_is_a_map_of_at_most_150_lines() =>
        Assert.InRange(Repository.Read("docs/ARCHITECTURE.md").AsSpan().Count('\n'), 1, MaxMapLines);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_is_in_plain_English(string document) => Assert.Empty(Faults(Repository.Read(document)));

    [Theory]
    [InlineData("A line. Who comes\nlast, leads.")]
    [InlineData("- Whoever comes last leads.")]
    [InlineData("| a | What is left is sent. |")]
    [InlineData("It **stands** here.")]
    [InlineData("One beside the\nother.")]
    [InlineData("Ten [at the most](x.md).")]
    [InlineData("Ten at the\nmost.")]
    [InlineData("Nobody is here.")]
    [InlineData("The room is told.")]
    [InlineData("It is told to somebody.")]
    [InlineData("a a a a a a a a a a a a a a a\na a a a a a a a a a a a a a a a.")]
    public void Document_with_a_fault_is_noticed(string markdown) => Assert.NotEmpty(Faults(markdown));

    [Theory]
    [InlineData("", 140, 0)]
    [InlineData("", 141, 1)]
    [InlineData("# ", 141, 1)]
    [InlineData("```\n", 140, 0)]
    [InlineData("```\n", 141, 1)]
    [InlineData("```csharp\n", 141, 1)]
    [InlineData("```lines --max-clients 2\n", 141, 0)]
    [InlineData("| ", 141, 0)]
    public void Line_of_a_document_has_at_most_140_columns(string start, int columns, int faults)
    {
        var line = string.Concat(Enumerable.Repeat("a word. ", columns))[..(columns - (start.EndsWith('\n') ? 0 : start.Length))];
        Assert.Equal(faults, Faults(start + line).Count());
    }

    [Theory]
    [InlineData("# Who stands here\n\n```\nnobody stands\n```\nIt says `nobody stands`. What is it?")]
    [InlineData("It asks who it is.\n\nWhole lines. Ten at most.")]
    public void Document_without_a_fault_passes(string markdown) => Assert.Empty(Faults(markdown));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Link_of_a_document_leads_somewhere(string document) => Assert.Empty(BrokenLinks(document, Repository.Read(document)));

    [Theory]
    [InlineData("[a](nothing.md)", 1)]
    [InlineData("[a](LIMITS.md#no-such-heading)", 1)]
    [InlineData("[a](#no-such-heading)", 1)]
    [InlineData("[a](LIMITS.md#limits-that-are-not-options), [b](../README.md), <https://a.example>, `[d](e.md)`", 0)]
    [InlineData("[a](protocols/README.md#hidden-rooms), [b](protocols)", 0)]
    public void Link_that_leads_nowhere_is_noticed(string markdown, int broken) =>
        Assert.Equal(broken, BrokenLinks("docs/x.md", markdown).Count());

    private static IEnumerable<string> Faults(string markdown)
    {
        var text = new DocumentText(markdown);
        return text.Lines.Where(static line => line.Length > MaxColumns)
            .Concat(Prose.Faults(text.Sentences));
    }

    private static IEnumerable<string> BrokenLinks(string document, string markdown) => new DocumentText(markdown).Links
        .Where(static link => !link.Contains("://", StringComparison.Ordinal))
        .Where(link => !Leads(document, markdown, link));

    private static bool Leads(string document, string markdown, string link)
    {
        var parts = link.Split('#', 2);
        var path = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, parts[0]);
        if (parts[0].Length > 0 && !File.Exists(path) && !Directory.Exists(path))
        {
            return false;
        }

        return parts.Length == 1 || new DocumentText(parts[0].Length == 0 ? markdown : File.ReadAllText(path)).Anchors.Contains(parts[1]);
    }
}
