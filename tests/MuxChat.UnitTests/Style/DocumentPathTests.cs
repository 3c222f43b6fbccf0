using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>Every file and folder of the repository that a document names is there.</summary>
public sealed partial class DocumentPathTests
{
    private static readonly string[] TopFolders = ["src", "tests", "loadtests", "docs"];

    /// <summary>Below <c>tests</c> and <c>src</c> documents leave out what all projects' names begin with.</summary>
    private static readonly string[] Beginnings = ["", "tests/", "tests/MuxChat.", "src/MuxChat.", "src/MuxChat.Core/"];

    private static readonly IReadOnlyList<string> Sources = [.. Repository.CSharpFiles("src", "tests", "loadtests", "docs")];

    public static TheoryData<string> Documents => [.. DocumentTree.All];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Path_that_a_document_names_is_there(string document) =>
        Assert.DoesNotContain(PathsIn(Repository.Read(document)), path => !IsThere(path));

    [Fact]
    public void Path_that_is_not_there_is_noticed()
    {
        const string text = "`tests/MuxChat.UnitTests/Style`, `UnitTests/Core/Nothing`, `--project tests/MuxChat.Fuzz -- 5`, "
            + "`docs/LIMITS.md`, `a/b`, "
            + "`tests/MuxChat.Fuzz/bin/Debug/a.dll`";
        var paths = PathsIn(text).ToList();
        Assert.Equal(["tests/MuxChat.UnitTests/Style", "UnitTests/Core/Nothing", "tests/MuxChat.Fuzz", "docs/LIMITS.md"], paths);
        Assert.Equal(["UnitTests/Core/Nothing", "tests/MuxChat.Fuzz"], paths.Where(path => !IsThere(path)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Source_file_that_a_document_names_by_the_end_of_its_path_is_there(string document) =>
        Assert.DoesNotContain(SourcesIn(Repository.Read(document)), static path => !IsSource(path));

    [Fact]
    public void Source_file_that_is_not_there_is_noticed() =>
        Assert.Equal(
            ["Loop/Nothing.cs"],
            SourcesIn("`Loop/EventLoop.cs`, `Core/Loop/INetwork.cs` and `Loop/Nothing.cs`").Where(static path => !IsSource(path)));

    private static IEnumerable<string> SourcesIn(string text) =>
        SourcePath().Matches(text).Select(static match => match.Groups["path"].Value).Distinct();

    // Documents leave out what all projects' names begin with: Core/Loop is src/MuxChat.Core/Loop.
    private static bool IsSource(string path) => Sources.Any(file =>
        file.EndsWith("/" + path, StringComparison.Ordinal) || file.EndsWith("MuxChat." + path, StringComparison.Ordinal));

    // Words with a slash that begin with a folder at the top, or with a test project's name. What a build makes may not be there yet.
    private static IEnumerable<string> PathsIn(string text) => PathWord()
        .Matches(text)
        .Select(static match => match.Groups["path"].Value.TrimEnd('.', '/'))
        .Where(static path => TopFolders.Contains(path.Split('/')[0]) || path.Split('/')[0].EndsWith("Tests", StringComparison.Ordinal))
        .Where(static path => !path.Contains("/bin/", StringComparison.Ordinal))
        .Distinct();

    private static bool IsThere(string path) => Beginnings
        .Select(beginning => Path.Combine(Repository.Root, beginning + path))
        .Any(static full => File.Exists(full) || Directory.Exists(full) || File.Exists(full + ".cs"));

    [GeneratedRegex(@"`(?<path>(\w+/)+[\w.]+\.cs)`")]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"(?<![\w./(-])(?<path>\w[\w.-]*(/[\w.-]+)+)")]
    private static partial Regex PathWord();
}
