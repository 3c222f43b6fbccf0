using System.Diagnostics;

namespace MuxChat.Testing.Processes;

/// <summary>
/// The built server and how it is started. The environment variable <c>MUXCHAT_SERVER</c> names another build of it: a native
/// executable, or a <c>muxchat.dll</c>.
/// </summary>
public static class Muxchat
{
    /// <summary>The words that start it, before its arguments: one for a native executable, two for a dll.</summary>
    public static IReadOnlyList<string> Words { get; } = WordsFor(Environment.GetEnvironmentVariable(Programs.ServerVariable));

    /// <summary>
    /// How to start it with these arguments, with nothing in the environment that stands in for options but what is given.
    /// </summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Programs.Command([.. Words, .. arguments], environment);

    /// <summary>The same, in a process that may open only so many descriptors.</summary>
    public static ProcessStartInfo StartInfoWithDescriptors(int descriptors, IEnumerable<string> arguments) =>
        StartInfoAfter($"ulimit -n {descriptors}", arguments);

    /// <summary>The same, in a process with this umask.</summary>
    public static ProcessStartInfo StartInfoWithUmask(string umask, params string[] arguments) =>
        StartInfoAfter($"umask {umask}", arguments);

    /// <summary>The same, in a process that has run a command of the shell first, such as <c>ulimit -S -n 100</c>.</summary>
    public static ProcessStartInfo StartInfoAfter(string command, IEnumerable<string> arguments) =>
        Programs.Command(["sh", "-c", $"{command} && exec \"$0\" \"$@\"", .. Words, .. arguments]);

    /// <summary>Runs it to its end, for command lines that do not serve.</summary>
    public static ProgramRun Run(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        ProgramRun.Of(StartInfo(arguments, environment), Guard.Ms);

    /// <summary>Runs it to its end with this on its standard input.</summary>
    public static ProgramRun RunWithInput(string input, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.RedirectStandardInput = true;
        return ProgramRun.Of(start, Guard.Ms, input);
    }

    private static string[] WordsFor(string? server) => server switch
    {
        null or "" => [Programs.Dotnet, Programs.PathOf("muxchat.dll")],
        _ when server.EndsWith(".dll", StringComparison.Ordinal) => [Programs.Dotnet, server],
        _ => [server],
    };
}
