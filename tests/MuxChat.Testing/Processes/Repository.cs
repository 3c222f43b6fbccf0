namespace MuxChat.Testing.Processes;

/// <summary>The repository the tests were built from, for tests that read its sources and documents.</summary>
public static class Repository
{
    /// <summary>The folder of MuxChat.sln, above the one the tests run in.</summary>
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>All C# files below a folder of the repository, as paths from the root; what was built is left out.</summary>
    public static IEnumerable<string> CSharpFiles(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MuxChat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no MuxChat.sln above {AppContext.BaseDirectory}.");
    }
}
