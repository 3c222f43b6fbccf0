namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>A folder for a run's files, gone when the test is over.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("muxchat-loadtests-");

    public string Path => _folder.FullName;

    public string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
