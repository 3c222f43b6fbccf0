namespace MuxChat.Testing.Processes;

/// <summary>A directory for a journal, gone with the test.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("muxchat-data").FullName;

    /// <summary>The segments there are, oldest first.</summary>
    public string[] Segments => [.. Directory.GetFiles(Path, "*.journal").Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
