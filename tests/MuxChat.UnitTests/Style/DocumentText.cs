using System.Text;
using System.Text.RegularExpressions;

namespace MuxChat.UnitTests.Style;

/// <summary>The prose of a Markdown document: its sentences, lines and links. Code is no prose.</summary>
internal sealed partial class DocumentText
{
    private const string Fence = "```";

    // What goes over the wire in a played example is a line, however long it is.
    private static readonly string[] Played = [Fence + "lines", Fence + "frames"];

    private readonly List<string> _lines = [];
    private readonly List<string> _code = [];

    public DocumentText(string markdown)
    {
        var (isCode, isPlayed) = (false, false);
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                isCode = !isCode;
                isPlayed = isCode && Played.Contains(line.Split(' ')[0], StringComparer.Ordinal);
                _lines.Add("");
                continue;
            }

            _lines.Add(isCode ? "" : line);
            if (isCode && !isPlayed)
            {
                _code.Add(line);
            }
        }
    }

    /// <summary>The lines that can be wrapped: no table, no played example.</summary>
    public IEnumerable<string> Lines => _lines.Where(static line => !IsRow(line)).Concat(_code);

    /// <summary>Each sentence, and each cell of a table as one or more of them. Headings are none. Inline code is one word.</summary>
    public IEnumerable<string> Sentences =>
        Paragraphs().SelectMany(static text => SentenceEnd().Split(text)).Where(static text => text.Length > 0);

    /// <summary>Where its links lead to.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(string.Join('\n', _lines), ""))
        .Select(static match => match.Groups["to"].Value);

    /// <summary>The anchors that links can name: of its headings, as GitHub makes them, and those that it sets itself.</summary>
    public IEnumerable<string> Anchors => _lines.Where(IsHeading).Select(static line => AnchorOf(line.TrimStart('#').Trim()))
        .Concat(_lines.SelectMany(static line => OwnAnchor().Matches(line)).Select(static match => match.Groups["id"].Value));

    private static bool IsRow(string line) => line.StartsWith('|');

    private static bool IsHeading(string line) => line.StartsWith('#');

    private static string AnchorOf(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private IEnumerable<string> Paragraphs()
    {
        var open = new StringBuilder();
        foreach (var line in _lines)
        {
            if (line.Trim().Length == 0 || IsRow(line) || IsHeading(line) || Item().IsMatch(line))
            {
                yield return Plain(open.ToString());
                open.Clear();
            }

            if (IsRow(line))
            {
                foreach (var cell in line.Split('|'))
                {
                    yield return Plain(cell);
                }
            }
            else if (!IsHeading(line))
            {
                open.Append(Item().Replace(line, "").Trim()).Append(' ');
            }
        }

        yield return Plain(open.ToString());
    }

    private static string Plain(string text) =>
        Marks().Replace(LinkText().Replace(InlineCode().Replace(text, "code"), "${text}"), "").Trim();

    [GeneratedRegex(@"(?<=[.!?])\s+|\s·\s")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"``.*?``|`[^`]*`", RegexOptions.Singleline)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\[[^\]]*\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("<a id=\"(?<id>[^\"]+)\"")]
    private static partial Regex OwnAnchor();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^\s*([-*]|\d+\.)\s+")]
    private static partial Regex Item();

    [GeneratedRegex(@"\*\*|<[^>]*>|^\*|\*$")]
    private static partial Regex Marks();
}
