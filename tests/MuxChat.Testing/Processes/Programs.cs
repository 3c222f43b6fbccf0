using System.Diagnostics;

namespace MuxChat.Testing.Processes;

/// <summary>
/// The built programs, which lie beside the tests, and how they are started: as processes of their own, never through their code.
/// </summary>
public static class Programs
{
    /// <summary>
    /// Names the server that is tested. The load tests and the simulation read it too, so it is handed on to every program but the server.
    /// </summary>
    public const string ServerVariable = "MUXCHAT_SERVER";

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Where a program lies, such as <c>muxchat.dll</c>.</summary>
    public static string PathOf(string program) => Path.Combine(AppContext.BaseDirectory, program);

    /// <summary>
    /// How to start a program with these arguments, with nothing in the environment that stands in for options but what is given.
    /// </summary>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Command([Dotnet, PathOf(program), .. arguments], environment);
        if (Environment.GetEnvironmentVariable(ServerVariable) is { } server)
        {
            start.Environment.TryAdd(ServerVariable, server);
        }

        return start;
    }

    /// <summary>The same for any command.</summary>
    public static ProcessStartInfo Command(IEnumerable<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        SignalDefaults.Restore();
        var start = new ProcessStartInfo(words.First(), words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MUXCHAT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Whether the machine has a program of that name.</summary>
    public static bool IsInPath(string program) => FindInPath(program) is not null;

    /// <summary>Where Chromium is, or Chrome; null if there is none.</summary>
    public static string? FindBrowser() => FindInPath("chromium", "chromium-browser", "google-chrome");

    private static string? FindInPath(params string[] programs) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => programs.Select(program => Path.Combine(folder, program))).FirstOrDefault(File.Exists);
}
