using System.Net;
using System.Text.RegularExpressions;

namespace MuxChat.UnitTests.LoadTests.Reports;

/// <summary>
/// A page taken apart by rules stricter than a browser's: every element is closed in its turn, every attribute is
/// quoted, no stray &lt; or &amp;.
/// </summary>
internal sealed partial class HtmlPage
{
    private static readonly string[] Void = ["meta", "br"];

    public HtmlPage(string html)
    {
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        var open = new Stack<string>();
        var rest = Style().Replace(html["<!doctype html>".Length..], "<style></style>");
        var text = new List<string>();
        while (rest.Length > 0)
        {
            var match = Piece().Match(rest);
            Assert.True(match.Success && match.Length > 0, $"not well-formed: {rest[..Math.Min(80, rest.Length)]}");
            rest = rest[match.Length..];
            Take(match, open, text);
        }

        Assert.Empty(open);
        Text = WebUtility.HtmlDecode(string.Join('\n', text));
    }

    /// <summary>What a reader sees, and titles, one piece a line.</summary>
    public string Text { get; }

    public List<string> Elements { get; } = [];

    /// <summary>The elements with their attributes, as they are written.</summary>
    public List<string> Tags { get; } = [];

    private void Take(Match match, Stack<string> open, List<string> text)
    {
        var name = match.Groups["name"].Value;
        if (name.Length == 0)
        {
            text.Add(match.Value);
        }
        else if (match.Groups["close"].Length > 0)
        {
            Assert.Equal(open.Pop(), name);
        }
        else
        {
            Elements.Add(name);
            Tags.Add(match.Value);
            if (match.Groups["self"].Length == 0 && !Void.Contains(name))
            {
                open.Push(name);
            }
        }
    }

    [GeneratedRegex("""\A(?:<(?<close>/)?(?<name>[a-z][a-z0-9]*)(?:\s+[a-zA-Z-]+="(?:[^"<&]|&[a-z0-9#]+;)*")*\s*(?<self>/)?>|(?:[^<&]|&[a-z0-9#]+;)+)""")]
    private static partial Regex Piece();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
