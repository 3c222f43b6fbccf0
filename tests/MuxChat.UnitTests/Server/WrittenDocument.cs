using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>A file of the repository that a test makes and that is checked in: the test fails when the file is stale.</summary>
internal static class WrittenDocument
{
    private const string WriteAnew = "WRITE_DOCUMENTS=1 dotnet run --project tests/MuxChat.UnitTests -- --filter-class '*.Server.*'";

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
