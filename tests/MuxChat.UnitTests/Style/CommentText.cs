using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MuxChat.UnitTests.Style;

/// <summary>Reads the prose of a source's comments.</summary>
internal static partial class CommentText
{
    /// <summary>The paragraphs of all comments, without their marks. Inline code and references are one word each.</summary>
    public static IEnumerable<string> ParagraphsOf(string source, CompilationUnitSyntax root)
    {
        var open = new StringBuilder();
        var lastLine = -1;
        foreach (var trivia in root.DescendantTrivia().Where(static one => one.IsKind(SyntaxKind.SingleLineCommentTrivia)))
        {
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line;
            var text = source[trivia.SpanStart..trivia.Span.End];
            if (line != lastLine + 1)
            {
                foreach (var paragraph in Paragraphs(open.ToString()))
                {
                    yield return paragraph;
                }

                open.Clear();
            }

            open.Append(text.TrimStart('/').Trim()).Append(' ');
            lastLine = line;
        }

        foreach (var paragraph in Paragraphs(open.ToString()))
        {
            yield return paragraph;
        }
    }

    // Elements of a doc comment that hold a text of their own are paragraphs.
    private static IEnumerable<string> Paragraphs(string comment) => Block().Split(Code().Replace(comment, "code"))
        .Select(static text => Spaces().Replace(Tag().Replace(text, ""), " ").Trim())
        .Where(static text => text.Length > 0);

    [GeneratedRegex(@"<(c|code)>.*?</\1>|<(see|paramref|typeparamref)\b[^>]*/>|`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"</?(summary|remarks|param|typeparam|returns|exception|para|item|value|list|description|term|example)\b[^>]*>")]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
