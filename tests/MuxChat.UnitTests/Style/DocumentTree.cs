using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>The documents of the repository: all Markdown files that are not built.</summary>
internal static class DocumentTree
{
    private static readonly string[] Folders = ["docs", "tests", "loadtests", "src"];

    /// <summary>Their paths from the root, in one order.</summary>
    public static IReadOnlyList<string> All { get; } = ["README.md", .. Folders.SelectMany(Below)];

    private static IEnumerable<string> Below(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
        .Select(static path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(static path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
