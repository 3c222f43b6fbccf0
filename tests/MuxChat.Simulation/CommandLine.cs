using System.CommandLine;
using System.Globalization;
using MuxChat.Simulation.Crash;
using MuxChat.Simulation.Fuzz;

namespace MuxChat.Simulation;

/// <summary>
/// The program's command line: three ways to look for mistakes, each a command. Exit 0: none found, 1: one
/// found, 2: the command line is wrong.
/// </summary>
internal static class CommandLine
{
    /// <summary>Exit code: something does not hold.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Runs a command, and writes what it found, and what is wrong with the command line, to these.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(
            "Looks for bugs in MuxChat: over a simulated network, with hostile bytes, and by killing the real server.")
        {
            SimulateCommand.Create(), FuzzCommand.Create(), CrashCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine($"{parsed.Errors[0].Message.ReplaceLineEndings(" ")} (--help lists the options)");
            return Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
    }

    /// <summary>An option that takes a whole number within limits; anything else is one line that says which are right.</summary>
    public static Option<long> WholeNumber(string name, string description, long standard, long min = 0, long max = long.MaxValue) =>
        new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
                {
                    return number;
                }

                result.AddError($"{name} {text}: it takes a whole number from {min}{(max == long.MaxValue ? "" : $" to {max}")}");
                return standard;
            },
        };
}
