using System.CommandLine;
using System.Globalization;
using MuxChat.Fuzz.Targets;

namespace MuxChat.Fuzz;

/// <summary>The command line of the fuzzer: which decoders, how many inputs, from which seed.</summary>
internal static class FuzzCommandLine
{
    /// <summary>Exit code: an input was found on which something does not hold.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the command line is wrong.</summary>
    public const int Usage = 2;

    private const string All = "all";

    /// <summary>Runs, and writes what it found and what is wrong with the command line to these.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var names = string.Join(", ", AllTargets.ByName.Keys);
        var decoder = new Option<string>("--decoder") { HelpName = "NAME", Description = $"What to fuzz: {names}, or {All}. [default: {All}]" };
        var inputs = new Option<string>("--inputs") { HelpName = "N", Description = "Inputs for each decoder. [default: 100000]" };
        var seed = new Option<string>("--seed") { HelpName = "S", Description = "The seed: the same gives the same inputs. [default: 1]" };
        var first = new Option<string>("--first") { HelpName = "N", Description = "Number of the first input, to try one again. [default: 0]" };
        var threads = new Option<string>("--threads") { HelpName = "N", Description = "Threads that share the inputs. [default: one for each processor]" };
        var root = new RootCommand("Feeds MuxChat's decoders with bytes from strangers. Exit 1 when one of them does what it must not: seed, number and input are told.")
        {
            decoder, inputs, seed, first, threads,
        };
        var exitCode = 0;
        root.SetAction(parsed => exitCode = Fuzz(
            output,
            Choose(parsed.GetValue(decoder) ?? All),
            new FuzzSettings(
                Number("--inputs", parsed.GetValue(inputs), 100_000, least: 1),
                Number("--seed", parsed.GetValue(seed), 1),
                Number("--first", parsed.GetValue(first), 0),
                (int)Number("--threads", parsed.GetValue(threads), Environment.ProcessorCount, least: 1, most: 256))));
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                throw new FormatException(parsed.Errors[0].Message);
            }

            var shown = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
            return shown == 0 ? exitCode : shown;
        }
        catch (FormatException error)
        {
            errors.WriteLine($"{error.Message.ReplaceLineEndings(" ")} (--help lists the options)");
            return Usage;
        }
    }

    private static int Fuzz(TextWriter output, IEnumerable<string> names, FuzzSettings settings)
    {
        var exitCode = 0;
        foreach (var name in names)
        {
            var run = new FuzzRun(name, AllTargets.ByName[name], settings);
            var failure = run.Run();
            var (done, bytes) = run.Done;
            var figures = string.Create(CultureInfo.InvariantCulture, $"{name}: {done:N0} inputs, {bytes:N0} bytes, seed {settings.Seed}, {run.Took.TotalSeconds:0.0} s");
            output.WriteLine(failure is null ? $"{figures}: nothing wrong" : $"{figures}: FAILED\n{failure}");
            exitCode = failure is null ? exitCode : Failed;
        }

        return exitCode;
    }

    private static IEnumerable<string> Choose(string name)
    {
        if (name == All)
        {
            return AllTargets.ByName.Keys;
        }

        return AllTargets.ByName.ContainsKey(name)
            ? [name]
            : throw new FormatException($"--decoder {name}: it takes {string.Join(", ", AllTargets.ByName.Keys)} or {All}");
    }

    private static long Number(string option, string? text, long standard, long least = 0, long most = long.MaxValue)
    {
        if (text is null)
        {
            return standard;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{option} {text}: it takes a whole number from {least}{(most == long.MaxValue ? "" : $" to {most}")}");
    }
}
