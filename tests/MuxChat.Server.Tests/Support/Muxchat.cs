using System.Diagnostics;

namespace MuxChat.Server.Tests.Support;

/// <summary>The built program and how it is started: always as a process of its own, never through its code.</summary>
public static class Muxchat
{
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "muxchat.dll");

    /// <summary>How to start it with these arguments, with nothing in the environment that stands in for options.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, environment);
        return start;
    }

    /// <summary>The same, in a process that may open only so many descriptors.</summary>
    public static ProcessStartInfo StartInfoWithDescriptors(int descriptors, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", $"ulimit -n {descriptors} && exec \"$0\" \"$@\"", Dotnet, Assembly, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, null);
        return start;
    }

    /// <summary>Runs it to its end, for command lines that do not serve.</summary>
    public static Ended Run(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var program = new ServerProcess(StartInfo(arguments, environment));
        var exitCode = program.WaitForExit();
        return new Ended(exitCode, program.Output.Lines, program.Errors.Lines);
    }

    /// <summary>Runs it to its end with this on its standard input.</summary>
    public static Ended RunWithInput(string input, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.RedirectStandardInput = true;
        using var program = new ServerProcess(start);
        program.SendInput(input);
        var exitCode = program.WaitForExit();
        return new Ended(exitCode, program.Output.Lines, program.Errors.Lines);
    }

    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string>? environment)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MUXCHAT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>How a run ended and what it said.</summary>
    public sealed record Ended(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors);
}
