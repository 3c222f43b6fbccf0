using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MuxChat.UnitTests.Style;

/// <summary>
/// The house style, as far as it can be counted. To add a rule: a line here, and in <see cref="TidyTests"/> a source that breaks it.
/// </summary>
internal static partial class TidyRules
{
    private const int MaxLinesPerFile = 300;
    private const int MaxLinesPerMember = 60;
    private const int MaxColumns = 140;

    public static readonly IReadOnlyList<TidyRule> All =
    [
        new("file has at most 300 lines of code", "",
            static file => file.Lines > MaxLinesPerFile ? [$"{file.Path}: {file.Lines} lines"] : []),
        new("method has at most 60 lines", "",
            static file => file.Members.Where(static one => !IsData(one) && CodeFile.LinesOf(one) > MaxLinesPerMember)
                .Select(file.PlaceOf)),
        new("namespace is file-scoped and the folder", "",
            static file => IsProgram(file) || file.Namespace == FolderNamespace(file.Path) ? [] : [$"{file.Path}: {file.Namespace}"]),
        new("file has at most one top-level class and a type of its name", "",
            static file => IsProgram(file) || IsNamedForItsType(file) ? [] : [$"{file.Path}: {string.Join(", ", file.TopLevelTypes)}"]),
        new("type is not named for doing things in general", "",
            static file => file.Types.Where(static type => VagueName().IsMatch(type)).Select(type => $"{file.Path}: {type}")),
        new("word of an older name is gone", "src/",
            static file => OlderName().Matches(file.Source).Select(match => $"{file.Path}: {match.Value}")),
        new("comment is in plain English", "src/",
            static file => file.Comments.SelectMany(Prose.Faults).Select(sentence => $"{file.Path}: {sentence}")),
        new("line has at most 140 columns", "",
            static file => file.LinesOver(MaxColumns).Select(line => $"{file.Path}:{line}")),
        new("nothing is left to be done", "",
            static file => Unfinished().Matches(file.Source).Select(match => $"{file.Path}: {match.Value}")),
        new("no exception is swallowed", "",
            static file => file.Root.DescendantNodes().OfType<CatchClauseSyntax>().Where(static one => one.Block.Statements.Count == 0)
                .Select(file.PlaceOf)),
        new("no region hides code", "",
            static file => file.Root.ContainsDirectives
                && file.Root.DescendantTrivia().Any(static one => one.IsKind(SyntaxKind.RegionDirectiveTrivia)) ? [file.Path] : []),
        new("type that the server alone uses is internal", "src/MuxChat.Server/",
            static file => file.Declarations.Where(static one => CodeFile.IsTopLevel(one) && one.Modifiers.Any(SyntaxKind.PublicKeyword))
                .Select(file.PlaceOf)),
        new("test waits for events and not for time", "tests/",
            static file => Pause().Matches(file.Code).Select(match => $"{file.Path}: {match.Value}")),
        new("test is named subject and outcome", "tests/",
            static file => file.Tests.Where(static test => !TestName().IsMatch(test.Identifier.Text)).Select(file.PlaceOf)),
        new("limit of a wait is the guard", "tests/",
            static file => IsAReport(file)
                ? [] : file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsWaitOfItsOwn).Select(file.PlaceOf)),
        new("figures of the process are for the deep run", "tests/",
            static file => ProcessFigure().IsMatch(file.Code) && !MayLookAtProcesses(file)
                ? [$"{file.Path}: {ProcessFigure().Match(file.Code).Value}"] : []),
        new("test of the deep project is deep", "tests/MuxChat.DeepTests/",
            static file => file.Tests.Where(static test => !IsDeep(test)).Select(file.PlaceOf)),
        new("trait run has the one value that the build knows", "tests/",
            static file => Traits(file.Root).Where(static one => ArgumentsOf(one) is not "(\"run\", \"deep\")").Select(file.PlaceOf)),
    ];

    // A table or a list of cases is data, not a method.
    private static bool IsData(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword)
            || (field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)),
        PropertyDeclarationSyntax { Initializer.Value: CollectionExpressionSyntax } => true,
        PropertyDeclarationSyntax { ExpressionBody.Expression: CollectionExpressionSyntax } => true,
        MethodDeclarationSyntax { ExpressionBody.Expression: CollectionExpressionSyntax } => true,
        _ => false,
    };

    // A lesson is a program in one file, run by itself.
    private static bool IsProgram(CodeFile file) => file.Path.EndsWith("/Program.cs", StringComparison.Ordinal)
        || file.Path.StartsWith("docs/lessons/", StringComparison.Ordinal);

    // Enums, records, structs, delegates and interfaces stand beside the class that they belong to.
    private static bool IsNamedForItsType(CodeFile file) =>
        file.TopLevelTypes.Contains(Path.GetFileNameWithoutExtension(file.Path).Split('.')[0])
        && file.Declarations.Where(CodeFile.IsTopLevel).OfType<ClassDeclarationSyntax>().Count() <= 1;

    // A project that is built with or without a package has its two faces in the folders On and Off, of which one is compiled.
    // A sample is one project by itself, below docs/samples.
    private static string FolderNamespace(string path) =>
        string.Join('.', path.Split('/')[1..^1].Where(folder => folder is not ("On" or "Off" or "samples")));

    // Whatever a thread, an event, a task or a process is waited for with: a number as its limit is a guard that somebody
    // thought long enough. 0 is a look.
    private static bool IsWaitOfItsOwn(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax
        {
            Name.Identifier.Text: "Join" or "Wait" or "WaitOne" or "WaitForExit"
        or "WaitAsync"
        } wait
        && !wait.Expression.ToString().Contains("prob", StringComparison.OrdinalIgnoreCase)
        && !wait.Expression.ToString().Contains("poll", StringComparison.OrdinalIgnoreCase)
        && call.ArgumentList.Arguments is [var limit, ..]
        && IsTime(limit.Expression);

    // When a start has failed, it gives the server a second to end by itself, so that its report says more.
    private static bool IsAReport(CodeFile file) => file.Path == "tests/MuxChat.Testing/Processes/ProgramProcess.cs";

    // A number by itself, or TimeSpan.From... of one.
    private static bool IsTime(ExpressionSyntax limit) => limit switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value is int and not 0,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax made } call =>
            made.Expression.ToString() == "TimeSpan" && call.ArgumentList.Arguments.Any(static one => IsTime(one.Expression)),
        _ => false,
    };

    // The fuzzer is a program that bounds its own memory when it is asked to; the second asks a server that it has started; the third
    // is what deep tests count with.
    private static bool MayLookAtProcesses(CodeFile file) =>
        file.Path is "tests/MuxChat.Simulation/Fuzz/FuzzRun.cs" or "tests/MuxChat.Testing/Processes/ProgramProcess.cs"
        or "tests/MuxChat.UnitTests/Allocations.cs"
        || (file.Tests.Any() && file.Tests.All(IsDeep));

    private static bool IsDeep(MethodDeclarationSyntax test) =>
        test.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Any(static one => Traits(one.AttributeLists).Any());

    private static IEnumerable<AttributeSyntax> Traits(CompilationUnitSyntax root) =>
        root.DescendantNodes().OfType<AttributeListSyntax>().SelectMany(static list => Traits([list]));

    private static IEnumerable<AttributeSyntax> Traits(IEnumerable<AttributeListSyntax> lists) =>
        lists.SelectMany(static list => list.Attributes).Where(static one => one.Name.ToString() == "Trait");

    private static string ArgumentsOf(AttributeSyntax attribute) => attribute.ArgumentList?.ToString() ?? "";

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utility|Utilities|Processor)$")]
    private static partial Regex VagueName();

    // The glossary of docs/ARCHITECTURE.md has a word for each.
    [GeneratedRegex(@"(Conversation|Dialogue|Audience|Doorkeeper|Seating|Seat|Desk)s?(?![a-z])|"
        + @"(\b|_)(conversation|dialogue|audience|doorkeeper|seating|seat|desk)s?(?![a-z])")]
    private static partial Regex OlderName();

    // Put together, so that this file does not find itself.
    [GeneratedRegex("TO" + "DO|FIX" + "ME|HA" + "CK|X" + "XX")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b")]
    private static partial Regex Pause();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\bGC\.(GetTotal\w+|GetAllocatedBytes\w+|CollectionCount|GetGCMemoryInfo)\b|\b\w*WorkingSet(64)?\b|\bPrivateMemorySize64\b|\bTotalProcessorTime\b")]
    private static partial Regex ProcessFigure();
}
