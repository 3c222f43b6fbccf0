using System.Diagnostics;

namespace MuxChat.Testing.Processes;

/// <summary>The built server and how it is started.</summary>
public static class Muxchat
{
    private const string Program = "muxchat.dll";

    /// <summary>
    /// How to start it with these arguments, with nothing in the environment that stands in for options but what is given.
    /// </summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Programs.StartInfo(Program, arguments, environment);

    /// <summary>The same, in a process that may open only so many descriptors.</summary>
    public static ProcessStartInfo StartInfoWithDescriptors(int descriptors, IEnumerable<string> arguments) =>
        Programs.Command(["sh", "-c", $"ulimit -n {descriptors} && exec \"$0\" \"$@\"", Programs.Dotnet, Programs.PathOf(Program), .. arguments]);

    /// <summary>The same, in a process with this umask.</summary>
    public static ProcessStartInfo StartInfoWithUmask(string umask, params string[] arguments) =>
        Programs.Command(["sh", "-c", $"umask {umask} && exec \"$0\" \"$@\"", Programs.Dotnet, Programs.PathOf(Program), .. arguments]);

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
}
