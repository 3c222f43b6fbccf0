namespace MuxChat.LoadTests.Tests.Support;

/// <summary>One run of a load program from its start to its end.</summary>
internal sealed record LoadRun(int ExitCode, string Output, string Errors)
{
    /// <summary>A guard against a run that never ends; no run comes near it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Task<LoadRun> Of(params string[] arguments) => OfProgram("MuxChat.LoadTests.dll", arguments);

    public static async Task<LoadRun> OfProgram(string program, params string[] arguments)
    {
        using var process = Programs.Start(program, arguments);
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(guard.Token);
            var errors = process.StandardError.ReadToEndAsync(guard.Token);
            await process.WaitForExitAsync(guard.Token);
            return new LoadRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            // Its server goes with it, should it still be there.
            process.Kill(entireProcessTree: true);
        }
    }

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Errors}";
}
