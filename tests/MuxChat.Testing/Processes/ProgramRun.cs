using System.Diagnostics;

namespace MuxChat.Testing.Processes;

/// <summary>One run of a built program from its start to its end: how it ended and what it said.</summary>
public sealed record ProgramRun(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>Everything on standard output.</summary>
    public string OutputText => string.Join('\n', Output);

    /// <summary>Everything on standard error.</summary>
    public string ErrorText => string.Join('\n', Errors);

    /// <summary>Runs a program that lies beside the tests, such as <c>MuxChat.LoadTests.dll</c>.</summary>
    public static ProgramRun Of(string program, params string[] arguments) => Of(Programs.StartInfo(program, arguments), Guard.ProgramMs);

    /// <summary>Runs a program as told, with this on its standard input.</summary>
    public static ProgramRun Of(ProcessStartInfo start, int guardMs, string? input = null)
    {
        using var process = new ProgramProcess(start);
        if (input is not null)
        {
            process.SendInput(input);
        }

        var exitCode = process.WaitForExit(guardMs);
        return new ProgramRun(exitCode, process.Output.Lines, process.Errors.Lines);
    }

    public override string ToString() => $"exit {ExitCode}\n{OutputText}\n{ErrorText}";
}
