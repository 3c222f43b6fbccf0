using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>One C# file: its text, its namespace, its types and how long its members are, found by counting braces.</summary>
public sealed partial class CodeFile
{
    private CodeFile(string path, string source)
    {
        Path = path;
        Source = source;
        Code = CodeText.Strip(source);
        Lines = source.Split('\n').Length - 1;
        Namespace = NamespaceLine().Match(Code).Groups["name"].Value;
        ReadBlocks();
    }

    public string Path { get; }

    public string Source { get; }

    /// <summary>The source without comments and strings.</summary>
    public string Code { get; }

    public int Lines { get; }

    /// <summary>The file-scoped namespace; empty when there is none.</summary>
    public string Namespace { get; }

    public List<string> Types { get; } = [];

    public List<string> TopLevelTypes { get; } = [];

    /// <summary>Members by the beginning of their text, with their length in lines.</summary>
    public List<(string Member, int Lines)> Members { get; } = [];

    public static CodeFile Read(string path) => new(path, Repository.Read(path));

    public static CodeFile Parse(string source) => new("test.cs", source);

    // A block whose header declares a type holds members; any other block in a type is a member's body.
    private void ReadBlocks()
    {
        var headerStart = 0;
        var depthOfTypes = 0;
        for (var at = 0; at < Code.Length; at++)
        {
            switch (Code[at])
            {
                case '{' or ';' when TypeHeader().Match(Code[headerStart..at]) is { Success: true } type && !IsExpression(type.Value):
                    Types.Add(type.Groups["name"].Value);
                    if (depthOfTypes == 0)
                    {
                        TopLevelTypes.Add(type.Groups["name"].Value);
                    }

                    depthOfTypes += Code[at] == '{' ? 1 : 0;
                    headerStart = at + 1;
                    break;
                case '{' when depthOfTypes > 0:
                    at = EndOfBlock(at);
                    if (!IsFollowedByExpression(at))
                    {
                        AddMember(headerStart, at);
                        headerStart = at + 1;
                    }

                    break;
                case ';':
                    if (depthOfTypes > 0)
                    {
                        AddMember(headerStart, at);
                    }

                    headerStart = at + 1;
                    break;
                case '}':
                    depthOfTypes--;
                    headerStart = at + 1;
                    break;
            }
        }
    }

    // Defaults of a primary constructor's parameters stand in parentheses.
    private static bool IsExpression(string header) => Parenthesized().Replace(header, "").Contains('=');

    private int EndOfBlock(int at)
    {
        var depth = 0;
        do
        {
            depth += Code[at] switch { '{' => 1, '}' => -1, _ => 0 };
        }
        while (depth > 0 && ++at < Code.Length);
        return at;
    }

    // A body ends with its brace; an initializer, a switch expression or a pattern goes on to its semicolon.
    private bool IsFollowedByExpression(int brace)
    {
        var next = Code.AsSpan(brace + 1).TrimStart();
        return next.Length > 0 && (next[0] is ';' or '=' or ',' or ')' or '.' or '?' or ':' or ']' or '&' or '|' || next.StartsWith("when "));
    }

    private void AddMember(int start, int end)
    {
        var text = Code[start..Math.Min(end + 1, Code.Length)].Trim();
        Members.Add((text.Split('\n')[0], text.Split('\n').Length));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Parenthesized();

    [GeneratedRegex(@"(?<![\w.])(class|struct|interface|enum|record(?! struct| class)|record struct|record class|delegate [\w<>\[\]?]+) (?<name>\w+)[^;{}]*$")]
    private static partial Regex TypeHeader();
}
