using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>Pages, scripts and build files have lines of at most 140 columns, as C# has by <see cref="TidyRules"/>.</summary>
public sealed class LineLengthTests
{
    private const int MaxColumns = 140;

    private static readonly string[] Folders = ["src", "tests", "loadtests"];

    private static readonly HashSet<string> Kinds = [".html", ".css", ".js", ".mjs", ".svg", ".targets", ".props", ".csproj", ".json"];

    private static readonly HashSet<string> Made = ["bin", "obj", "node_modules"];

    private static readonly string[] Files =
        [.. Folders.SelectMany(static folder => Below(new DirectoryInfo(Path.Combine(Repository.Root, folder))))];

    [Fact]
    public void Line_has_at_most_140_columns() => Assert.Empty(Files.SelectMany(static path => Faults(path, File.ReadAllLines(path))));

    [Theory]
    [InlineData("src/MuxChat.Server/Web/index.html")]
    [InlineData("src/MuxChat.Server/Web/admin/loop.css")]
    [InlineData("src/MuxChat.Server/Web/session.js")]
    [InlineData("src/MuxChat.Server/Web.targets")]
    [InlineData("tests/MuxChat.DeepTests/Web/talk.mjs")]
    [InlineData("tests/MuxChat.DeepTests/Web/package.json")]
    public void File_is_among_those_that_are_read(string path) => Assert.Contains(Path.Combine(Repository.Root, path), Files);

    [Theory]
    [InlineData(MaxColumns, 0)]
    [InlineData(MaxColumns + 1, 1)]
    public void Line_that_is_too_long_is_found(int columns, int faults) =>
        Assert.Equal(faults, Faults("a.css", ["", new string('x', columns)]).Count());

    private static IEnumerable<string> Faults(string path, string[] lines) => lines.Index()
        .Where(static line => line.Item.Length > MaxColumns).Select(line => $"{path}:{line.Index + 1}");

    // Tools write lock files.
    private static IEnumerable<string> Below(DirectoryInfo folder) =>
    [
        .. folder.EnumerateFiles().Where(static file => Kinds.Contains(file.Extension)
            && !file.Name.EndsWith("lock.json", StringComparison.Ordinal)).Select(static file => file.FullName),
        .. folder.EnumerateDirectories().Where(static one => !Made.Contains(one.Name)).SelectMany(Below),
    ];
}
