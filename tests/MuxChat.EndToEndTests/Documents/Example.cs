namespace MuxChat.EndToEndTests.Documents;

/// <summary>One fenced conversation of a document below docs/protocols.</summary>
/// <param name="Document">The path of the document, from the root of the repository.</param>
/// <param name="Line">The line of its first step in the document, counted from 1.</param>
/// <param name="Protocol">What clients speak that do not say otherwise: lines or frames.</param>
/// <param name="Options">Options of the server it is played on.</param>
/// <param name="Steps">Its lines.</param>
public sealed record Example(string Document, int Line, string Protocol, IReadOnlyList<string> Options, IReadOnlyList<string> Steps)
{
    private const string Fence = "```";

    /// <summary>
    /// All examples of a document: the blocks that begin with <c>```lines</c> or <c>```frames</c>, then options for the server.
    /// </summary>
    public static IReadOnlyList<Example> ReadAll(string document, string markdown)
    {
        var examples = new List<Example>();
        var lines = markdown.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var info = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var first = i + 1;
            for (i = first; lines[i] != Fence; i++)
            {
            }

            if (info.Length > 0 && info[0] is "lines" or "frames")
            {
                examples.Add(new Example(document, first + 1, info[0], info[1..], lines[first..i]));
            }
        }

        return examples;
    }
}
