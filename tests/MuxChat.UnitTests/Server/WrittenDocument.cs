using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>
/// A file of the repository, or a part of one, that a test makes and that is checked in: the test fails when it is stale.
/// </summary>
internal static class WrittenDocument
{
    private const string End = "<!-- end -->\n";

    private const string WriteAnew =
        "WRITE_DOCUMENTS=1 dotnet run --project tests/MuxChat.UnitTests -- --filter-namespace MuxChat.UnitTests.Server";

    /// <summary>
    /// Requires that the part of a document between <c>&lt;!-- made by a test: NAME --&gt;</c> and the next <c>&lt;!-- end --&gt;</c> is
    /// this, an empty line before and after it.
    /// </summary>
    /// <param name="path">From the repository's root.</param>
    /// <param name="part">The part's name.</param>
    /// <param name="content">What it should have, ended by a line feed.</param>
    public static void ExpectPart(string path, string part, string content)
    {
        var now = Repository.Read(path);
        var mark = $"<!-- made by a test: {part} -->\n";
        var begin = now.IndexOf(mark, StringComparison.Ordinal);
        var end = now.IndexOf(End, Math.Max(begin, 0), StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{path} has no part between {mark.Trim()} and {End.Trim()}");
        ExpectSame(path, $"{now[..(begin + mark.Length)]}\n{content}\n{now[end..]}");
    }

    /// <summary>Requires that a file has this content. With the variable <c>WRITE_DOCUMENTS</c> it writes the file first.</summary>
    /// <param name="path">From the repository's root.</param>
    /// <param name="content">What the file should have.</param>
    public static void ExpectSame(string path, string content)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("WRITE_DOCUMENTS") is { Length: > 0 })
        {
            File.WriteAllText(file, content);
        }

        Assert.True(File.Exists(file), $"{path} is missing: {WriteAnew}");
        if (content != File.ReadAllText(file))
        {
            Assert.Fail($"{path} is stale; look at what changed and write it anew: {WriteAnew}");
        }
    }
}
