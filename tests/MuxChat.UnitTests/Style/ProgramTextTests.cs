using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MuxChat.UnitTests.Style;

/// <summary>
/// The texts of the programs are in plain English: help, errors, log, and all that the chat says. A text is a string with two or more
/// words; strings that the code adds are one text.
/// </summary>
public sealed partial class ProgramTextTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("loadtests")]
    public void Text_is_in_plain_English(string folder) => Assert.Empty(CodeTree.Below(folder).SelectMany(Faults));

    [Theory]
    [InlineData("\"nobody is here\"")]
    [InlineData("$\"somebody on {protocol}\"")]
    [InlineData("$\"the key stands {(isFirst ? \"behind the name\" : \"\")}\"")]
    [InlineData("\"* the room is told\\n\"u8")]
    [InlineData("\"ten at the\" + (\" most\")")]
    [InlineData("\"A line. Who comes last leads.\"")]
    [InlineData("\"what is left is sent\"")]
    [InlineData("$\"{size} bytes of its own\"")]
    public void Text_with_a_fault_is_noticed(string expression) => Assert.NotEmpty(Faults(Parse(expression)));

    [Theory]
    [InlineData("\"/who [ROOM]\"")]
    [InlineData("\"nobody\"")]
    [InlineData("\"lines fall behind, ten at most: /help says who it is\"")]
    [InlineData("\"Ten\" + \"stands\" /* nobody is told */")]
    public void Text_without_a_fault_passes(string expression) => Assert.Empty(Faults(Parse(expression)));

    private static CodeFile Parse(string expression) => CodeFile.Parse($"class B {{ object A = {expression}; }}");

    private static IEnumerable<string> Faults(CodeFile file) => file.Root.DescendantNodes().OfType<ExpressionSyntax>()
        .Where(static one => IsString(one) && !IsPart(one))
        .Select(static one => (Node: one, Text: TextOf(one)))
        .Where(static one => Phrase().IsMatch(one.Text) && (Words().IsMatch(one.Text) || Headless().IsMatch(one.Text)))
        .Select(one => $"{file.PlaceOf(one.Node)}: {one.Text}");

    private static bool IsString(ExpressionSyntax node) => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value is string,
        InterpolatedStringExpressionSyntax => true,
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && (IsString(sum.Left) || IsString(sum.Right)),
        ParenthesizedExpressionSyntax inner => IsString(inner.Expression),
        _ => false,
    };

    private static bool IsPart(ExpressionSyntax node) => node.Parent is ExpressionSyntax whole && IsString(whole);

    private static string TextOf(ExpressionSyntax node) => node switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(
            static one => one is InterpolatedStringTextSyntax words ? words.TextToken.ValueText : "{}")),
        BinaryExpressionSyntax sum when IsString(sum) => TextOf(sum.Left) + TextOf(sum.Right),
        ParenthesizedExpressionSyntax inner when IsString(inner) => TextOf(inner.Expression),
        _ => "{}",
    };

    [GeneratedRegex(@"[\w{}]\S*\s+\S*[\w{}]")]
    private static partial Regex Phrase();

    [GeneratedRegex(@"\b(somebody|nobody|whoever|whom|stands?|beside|(?<!\bfall(s|ing)? )behind|at the most|the most allowed|of its|"
        + @"on and on|wish(es)?|anew|(is|are|was|were|being) told)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(@"(^[^\w/]*|[.!?]\s+)([Ww]ho|[Ww]hat|[Ww]here)\s")]
    private static partial Regex Headless();
}
