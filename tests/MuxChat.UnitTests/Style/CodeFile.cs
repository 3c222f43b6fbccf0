using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>One C# file as the compiler reads it: its text, its namespace, its types and how long its members are.</summary>
public sealed class CodeFile
{
    // A text that is longer is not broken in two.
    private const int MaxTextColumns = 90;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private CodeFile(string path, string source)
    {
        Path = path;
        Source = source;
        Root = CSharpSyntaxTree.ParseText(source, Options).GetCompilationUnitRoot();
        Code = WithoutCommentsAndStrings(source, Root);
        Lines = source.Split('\n').Count(static line => !line.AsSpan().TrimStart().StartsWith("///")) - 1;
        Namespace = Root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
        Declarations = [.. Root.DescendantNodes(IsOutsideOfMembers).OfType<MemberDeclarationSyntax>()];
    }

    /// <summary>From the root of the repository.</summary>
    public string Path { get; }

    public string Source { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>
    /// The source with blanks for comments and for the contents of strings, so that words can be looked for. Lines stay where they are.
    /// </summary>
    public string Code { get; }

    /// <summary>Lines without doc comments.</summary>
    public int Lines { get; }

    /// <summary>The file-scoped namespace; empty when there is none.</summary>
    public string Namespace { get; }

    /// <summary>Types and what they hold, in the order of the text.</summary>
    public IReadOnlyList<MemberDeclarationSyntax> Declarations { get; }

    /// <summary>Names of all types; a nested one comes after what it is nested in.</summary>
    public IEnumerable<string> Types => Declarations.Select(TypeName).OfType<string>();

    public IEnumerable<string> TopLevelTypes => Declarations.Where(IsTopLevel).Select(TypeName).OfType<string>();

    /// <summary>What types hold besides types: methods, properties, fields.</summary>
    public IEnumerable<MemberDeclarationSyntax> Members =>
        Declarations.Where(static one =>
        one is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or BaseNamespaceDeclarationSyntax));

    /// <summary>
    /// The text of the comments, a paragraph each: a <c>//</c> comment of one or more lines, or an element of a doc comment. Inline code is
    /// one word.
    /// </summary>
    public IEnumerable<string> Comments => CommentText.ParagraphsOf(Source, Root);

    public IEnumerable<MethodDeclarationSyntax> Tests =>
        Declarations.OfType<MethodDeclarationSyntax>()
        .Where(static method => HasAttribute(method, "Fact") || HasAttribute(method, "Theory"));

    public static CodeFile Read(string path) => new(path, Repository.Read(path));

    public static CodeFile Parse(string source, string path = "test.cs") => new(path, source);

    public static bool IsTopLevel(MemberDeclarationSyntax member) =>
        member.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax;

    public static bool HasAttribute(MemberDeclarationSyntax member, string name) =>
        member.AttributeLists.SelectMany(static list => list.Attributes).Any(one => one.Name.ToString() == name);

    /// <summary>Where something stands, as a failure names it: file, line and name.</summary>
    public string PlaceOf(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {NameOf(node)}";

    public static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>
    /// The numbers of the lines with more columns than that. A line that holds a long text, such as one of a protocol's answers, may be
    /// longer, because it can be looked for only while it is whole.
    /// </summary>
    public IEnumerable<int> LinesOver(int columns)
    {
        var lines = Source.Split('\n');
        var wide = Enumerable.Range(0, lines.Length).Where(at => lines[at].Length > columns).ToList();
        return wide.Count == 0 ? [] : wide.Except(LinesOfTexts()).Select(static at => at + 1);
    }

    // The name of a method or property; of anything else its first line.
    public static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => node.ToString().Split('\n')[0],
    };

    private static bool IsOutsideOfMembers(SyntaxNode node) =>
        node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    // The lines on which a text lies that is long in itself, and those within a text of several lines.
    private IEnumerable<int> LinesOfTexts() => Root.DescendantTokens().Where(static token => IsText(token.Kind()))
        .Select(static token => token.GetLocation())
        .Concat(Root.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().Where(IsRaw).Select(static text => text.GetLocation()))
        .Where(static place => place.SourceSpan.Length > MaxTextColumns)
        .Select(static place => place.GetLineSpan())
        .SelectMany(static span => Enumerable.Range(
            span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1));

    private static bool IsRaw(InterpolatedStringExpressionSyntax text) =>
        text.StringStartToken.Text.EndsWith("\"\"\"", StringComparison.Ordinal);

    private static bool IsText(SyntaxKind kind) => kind is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken
        or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken;

    // A block of extensions is a type to the compiler, without a name.
    private static string? TypeName(MemberDeclarationSyntax member) => member switch
    {
        ExtensionBlockDeclarationSyntax => null,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private static string WithoutCommentsAndStrings(string source, CompilationUnitSyntax root)
    {
        var text = source.ToCharArray();
        foreach (var token in root.DescendantTokens())
        {
            Blank(text, token.LeadingTrivia);
            Blank(text, token.TrailingTrivia);
            if (IsText(token.Kind()))
            {
                Blank(text, token.Span.Start, token.Span.End);
            }
        }

        return new string(text);
    }

    private static void Blank(char[] text, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            {
                Blank(text, trivia.SpanStart, trivia.Span.End);
            }
        }
    }

    private static void Blank(char[] text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            text[at] = text[at] == '\n' ? '\n' : ' ';
        }
    }
}
