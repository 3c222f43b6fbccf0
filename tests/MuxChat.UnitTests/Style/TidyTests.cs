using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>The house style, as far as it can be counted.</summary>
public sealed partial class TidyTests
{
    private const int MostLinesPerFile = 300;
    private const int MostLinesPerMember = 60;

    private static IReadOnlyList<CodeFile> Everything { get; } = [.. Repository.CSharpFiles("src", "tests", "loadtests").Select(CodeFile.Read)];

    private static IEnumerable<CodeFile> Sources => Everything.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    private static IEnumerable<CodeFile> Tests => Everything.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void File_has_at_most_300_lines() =>
        Assert.Empty(Everything.Where(file => file.Lines > MostLinesPerFile).Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Method_has_at_most_60_lines()
    {
        Assert.True(Everything.Sum(file => file.Members.Count) > 1000);
        Assert.Empty(
            from file in Everything
            from member in file.Members
            where member.Lines > MostLinesPerMember && !IsData(member.Member)
            select $"{file.Path}: {member.Member}: {member.Lines} lines");
    }

    [Fact]
    public void Namespace_is_file_scoped_and_the_folder() =>
        Assert.Empty(Everything.Where(file => !IsProgram(file) && file.Namespace != FolderNamespace(file.Path)).Select(file => $"{file.Path}: {file.Namespace}"));

    [Fact]
    public void File_has_one_top_level_type_and_its_name() => Assert.Empty(
        from file in Everything
        where !IsProgram(file) && (file.TopLevelTypes.Count != 1 || file.TopLevelTypes[0] != Path.GetFileNameWithoutExtension(file.Path).Split('.')[0])
        select $"{file.Path}: {string.Join(", ", file.TopLevelTypes)}");

    [Fact]
    public void Type_is_not_named_for_doing_things_in_general() => Assert.Empty(
        from file in Everything
        from type in file.Types
        where VagueName().IsMatch(type)
        select $"{file.Path}: {type}");

    [Fact]
    public void Nothing_is_left_to_be_done() =>
        Assert.Empty(Everything.Where(file => Unfinished().IsMatch(file.Source)).Select(file => file.Path));

    [Fact]
    public void No_exception_is_swallowed() => Assert.Empty(
        from file in Everything
        from Match match in EmptyCatch().Matches(file.Code)
        select $"{file.Path}: {match.Value}");

    [Fact]
    public void No_region_hides_code() =>
        Assert.Empty(Everything.Where(file => file.Code.Contains("#region", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Source_names_no_type_public_that_the_server_alone_uses() => Assert.Empty(
        from file in Sources
        where file.Path.StartsWith("src/MuxChat.Server/", StringComparison.Ordinal) && PublicType().IsMatch(file.Code)
        select file.Path);

    [Fact]
    public void Test_waits_for_events_and_not_for_time() =>
        Assert.Empty(Tests.Where(file => Waiting().IsMatch(file.Code)).Select(file => file.Path));

    [Fact]
    public void Test_is_named_subject_and_outcome()
    {
        var names = from file in Tests from Match match in TestMethod().Matches(file.Code) select (file.Path, Name: match.Groups["name"].Value);
        Assert.True(names.Count() > 50);
        Assert.All(names, test => Assert.Matches(TestName(), test.Name));
    }

    [Fact]
    public void Every_option_stands_in_the_documents()
    {
        var documents = Repository.Read("README.md") + string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(File.ReadAllText));
        string[] itself = ["-?", "-h", "--help", "--version"];
        var options = Muxchat.Run(["--help"]).Output.SelectMany(line => Option().Match(line).Groups["name"].Captures).Select(name => name.Value).Except(itself).ToList();
        Assert.True(options.Count >= 21, string.Join(' ', options));
        Assert.All(options, option => Assert.Matches($@"(?<![\w-]){Regex.Escape(option)}(?![\w-])", documents));
    }

    // A table or a list of cases is data, not a method.
    private static bool IsData(string member) => member.Contains("static readonly", StringComparison.Ordinal) || member.Contains(" const ", StringComparison.Ordinal);

    private static bool IsProgram(CodeFile file) => file.Path.EndsWith("/Program.cs", StringComparison.Ordinal);

    // A project that is built with or without a package has its two faces in the folders On and Off, of which one is compiled.
    private static string FolderNamespace(string path) => string.Join('.', path.Split('/')[1..^1].Where(folder => folder is not ("On" or "Off")));

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utility|Utilities|Processor)$")]
    private static partial Regex VagueName();

    // Put together, so that this file does not find itself.
    [GeneratedRegex("TO" + "DO|FIX" + "ME|HA" + "CK|X" + "XX")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bcatch\s*(\([^)]*\))?\s*(when\s*\([^{}]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"^public [\w ]*(class|struct|interface|enum|record)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b")]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\[(Fact|Theory)\b[^\]]*\](\s*\[[^\]]*\])*\s*public (async )?[\w<>]+ (?<name>\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^ +((?<name>--?[\w?-]+)(, )?)+")]
    private static partial Regex Option();
}
