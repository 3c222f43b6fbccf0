using System.Diagnostics;

namespace MuxChat.Simulation.Tests;

/// <summary>One run of the simulation's program from its start to its end.</summary>
internal sealed record SimProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>A guard against a run that never ends; no run comes near it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Task<SimProcess> Of(params string[] arguments) => OfFolder(AppContext.BaseDirectory, arguments);

    /// <summary>Runs the program in a folder.</summary>
    public static Task<SimProcess> OfFolder(string folder, params string[] arguments) =>
        OfProgram([Path.Combine(folder, "MuxChat.Simulation.dll"), .. arguments]);

    /// <summary>Runs <c>dotnet</c> with some arguments.</summary>
    public static async Task<SimProcess> OfProgram(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(guard.Token);
            var errors = process.StandardError.ReadToEndAsync(guard.Token);
            await process.WaitForExitAsync(guard.Token);
            return new SimProcess(process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Errors}";
}
