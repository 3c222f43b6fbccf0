namespace MuxChat.LoadTests.Yardsticks;

/// <summary>Where a yardstick runs.</summary>
/// <param name="Program">The installed program.</param>
/// <param name="Folder">A folder for its files, which is deleted afterwards.</param>
/// <param name="Port">The port of its listener, on 127.0.0.1.</param>
internal sealed record YardstickPlace(string Program, string Folder, int Port)
{
    /// <summary>Writes a file into the folder and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
