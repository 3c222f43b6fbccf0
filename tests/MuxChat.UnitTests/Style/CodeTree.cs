using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>Every C# file of the repository, read once for all the tests of this folder.</summary>
internal static class CodeTree
{
    public static IReadOnlyList<CodeFile> Everything { get; } =
        [.. Repository.CSharpFiles("src", "tests", "loadtests", "docs").AsParallel().AsOrdered().Select(CodeFile.Read)];

    public static IEnumerable<CodeFile> Below(string folder) =>
        Everything.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal));
}
