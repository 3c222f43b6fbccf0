using System.Text;
using MuxChat.Server;
using MuxChat.Server.Options;

namespace MuxChat.UnitTests.Server;

/// <summary>
/// One command line of the server, run in this process: its exit code, what it printed, and the options that it would have served with.
/// </summary>
internal sealed record CommandLineRun(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors, ServerOptions? Served)
{
    public static CommandLineRun Of(params string[] arguments) => Of(arguments, variables: []);

    public static CommandLineRun WithInput(string input, params string[] arguments) => Of(arguments, variables: [], input);

    public static CommandLineRun Of(string[] arguments, Dictionary<string, string> variables, string input = "")
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        ServerOptions? served = null;
        var environment = new ProgramEnvironment(
            new Variables(variables),
            () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            output,
            errors,
            options =>
            {
                served = options;
                return 0;
            });
        var exitCode = MuxChat.Server.CommandLine.Run(arguments, environment);
        return new CommandLineRun(exitCode, Lines(output), Lines(errors), served);
    }

    /// <summary>
    /// Requires one line on standard error, nothing on standard output, the exit code for a wrong command
    /// line, and that nothing was served.
    /// </summary>
    public string ExpectMistake()
    {
        var line = Assert.Single(Errors);
        Assert.StartsWith("muxchat: ", line, StringComparison.Ordinal);
        Assert.Equal(StartupException.Usage, ExitCode);
        Assert.Empty(Output);
        Assert.Null(Served);
        return line;
    }

    private static List<string> Lines(StringWriter text) => [.. text.ToString().Split(text.NewLine, StringSplitOptions.RemoveEmptyEntries)];
}
