namespace MuxChat.UnitTests.Simulation;

/// <summary>A run of the simulation's command line in this process.</summary>
internal sealed record InProcess(int ExitCode, string[] Output, string[] Errors)
{
    public static InProcess Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = MuxChat.Simulation.CommandLine.Run(arguments, output, errors);
        return new InProcess(exitCode, Lines(output), Lines(errors));
    }

    public override string ToString() => $"exit {ExitCode}\n{string.Join('\n', Output)}\n{string.Join('\n', Errors)}";

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
