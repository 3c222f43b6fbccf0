using System.CommandLine;
using System.Globalization;
using MuxChat.Simulation.Fuzz.Targets;

namespace MuxChat.Simulation.Fuzz;

/// <summary><c>fuzz</c>: which decoders, how many inputs, from which seed.</summary>
internal static class FuzzCommand
{
    private const string All = "all";

    private static readonly Option<string> Decoder = new Option<string>("--decoder")
    {
        HelpName = "NAME",
        Description = $"Target to fuzz: {string.Join(", ", AllTargets.ByName.Keys)}, or {All}.",
        DefaultValueFactory = static _ => All,
    }.AcceptOnlyFromAmong([.. AllTargets.ByName.Keys, All]);

    private static readonly Option<long> Inputs = CommandLine.WholeNumber("--inputs", "Inputs for each decoder.", 100_000, min: 1);
    private static readonly Option<long> Seed = CommandLine.WholeNumber("--seed", "Seed; the same seed gives the same inputs.", 1);
    private static readonly Option<long> First = CommandLine.WholeNumber("--first", "Number of the first input, to repeat one.", 0);
    private static readonly Option<long> Threads =
        CommandLine.WholeNumber("--threads", "Threads that share the inputs.", Environment.ProcessorCount, min: 1, max: 256);

    public static Command Create()
    {
        var command = new Command("fuzz",
            "Feeds MuxChat's decoders with hostile bytes. Exit 1 if one of them breaks a rule; "
                + "then it prints the seed, number and input.")
        {
            Decoder, Inputs, Seed, First, Threads,
        };
        command.SetAction(static parsed => Run(parsed));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var settings = new FuzzSettings(parsed.GetValue(Inputs), parsed.GetValue(Seed), parsed.GetValue(First),
            (int)parsed.GetValue(Threads))
        { BoundsMemory = true };
        var chosen = parsed.GetValue(Decoder)!;
        var exitCode = 0;
        foreach (var name in chosen == All ? AllTargets.ByName.Keys : [chosen])
        {
            var run = new FuzzRun(name, AllTargets.ByName[name], settings);
            var failure = run.Run();
            var (done, bytes) = run.Done;
            var metrics = string.Create(CultureInfo.InvariantCulture,
                $"{name}: {done:N0} inputs, {bytes:N0} bytes, seed {settings.Seed}, {run.Took.TotalSeconds:0.0} s");
            output.WriteLine(failure is null ? $"{metrics}: nothing wrong" : $"{metrics}: FAILED\n{failure}");
            if (run.Coverage is not null)
            {
                output.WriteLine($"  {run.Coverage}");
            }

            exitCode = failure is null ? exitCode : CommandLine.Failed;
        }

        return exitCode;
    }
}
