using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation;

/// <summary><c>simulate</c>: which seeds, and what is printed of them.</summary>
internal static class SimulateCommand
{
    private const int MaxReports = 3;
    private const int ProgressSeconds = 10;

    private static readonly Option<long> Seeds =
        CommandLine.WholeNumber("--seeds", "Number of seeds to run, after those that once failed.", 1_000, min: 1);
    private static readonly Option<long> From = CommandLine.WholeNumber("--from", "The first seed.", 1);
    private static readonly Option<long> Seed = CommandLine.WholeNumber("--seed", "Run only this seed.", 1);
    private static readonly Option<bool> Traced = new("--trace") { Description = "Print every step of the one seed." };
    private static readonly Option<bool> Unlisted = new("--unlisted") { Description = "Leave out the seeds that once failed." };
    private static readonly Option<bool> StopAtFirst = new("--stop-at-first") { Description = "Stop at the first seed that fails." };
    private static readonly Option<long> StopAfter =
        CommandLine.WholeNumber("--stop-after", "Stop when so many seeds have failed.", long.MaxValue, min: 1);
    private static readonly Option<string> Check = new Option<string>("--check")
    {
        HelpName = "NAME",
        Description = "Count only failures of this check; skip a seed that another check ends first.",
    }.AcceptOnlyFromAmong([.. CheckNames.All]);
    private static readonly Option<long> Reports =
        CommandLine.WholeNumber("--reports",
            "Number of failed seeds to report with a shrunk trace; the others are reported with the check only.",
            MaxReports);
    private static readonly Option<long> Jobs =
        CommandLine.WholeNumber("--jobs", "Number of seeds to run in parallel.", Environment.ProcessorCount, min: 1, max: 1024);

    public static Command Create()
    {
        var command = new Command("simulate",
            "Runs the production event loop over a simulated network and clock: the same seed gives the same run. Exit 1 if a seed failed.")
        {
            Seeds, From, Seed, Traced, Check, Unlisted, StopAtFirst, StopAfter, Reports, Jobs,
        };
        command.Validators.Add(static result =>
        {
            var isRange = result.GetResult(Seed) is null or { Implicit: true };
            if (isRange && result.GetResult(Traced) is { Implicit: false })
            {
                result.AddError("--trace goes with --seed");
            }

            if (!isRange && result.GetResult(Check) is { Implicit: false })
            {
                result.AddError("--check goes with --seeds");
            }
        });
        command.SetAction(static parsed => Run(parsed));
        return command;
    }

    /// <summary>The seeds of a list, one a line, with what was found after a <c>#</c>.</summary>
    public static IReadOnlyList<ulong> ReadList(IEnumerable<string> lines) =>
    [
        .. lines.Select(static line => line.Split('#')[0].Trim()).Where(static line => line.Length > 0)
            .Select(static line => ulong.Parse(line, CultureInfo.InvariantCulture)),
    ];

    private static int Run(ParseResult parsed) => parsed.GetResult(Seed) is null or { Implicit: true } ? RunMany(parsed) : RunOne(parsed);

    private static int RunMany(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var count = parsed.GetValue(Seeds);
        var listed = parsed.GetValue(Unlisted) ? [] : ReadList(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "failed.seeds")));
        var range = new SeedRange(listed, (ulong)parsed.GetValue(From), count, (int)parsed.GetValue(Jobs))
        {
            StopAfter = parsed.GetValue(StopAtFirst) ? 1 : parsed.GetValue(StopAfter),
            Check = parsed.GetValue(Check),
        };
        var watch = Stopwatch.StartNew();
        var nextSeconds = ProgressSeconds;
        range.Run(done =>
        {
            if (watch.Elapsed.TotalSeconds >= nextSeconds)
            {
                nextSeconds += ProgressSeconds;
                output.WriteLine($"... {done} of {count} seeds, {watch.Elapsed.TotalSeconds:F0} s");
            }
        });
        var reports = (int)Math.Min(parsed.GetValue(Reports), int.MaxValue);
        foreach (var failed in range.Failed.Take(reports))
        {
            FailureReport.Write(output, failed);
        }

        foreach (var failed in range.Failed.Skip(reports))
        {
            output.WriteLine($"seed {failed.Seed} failed: {failed.Failure!.Check}");
        }

        if (range.PassedOver.Count > 0)
        {
            var others = string.Join(", ",
                range.PassedOver.OrderByDescending(static one => one.Value).Select(static one => $"{one.Key} {one.Value}"));
            output.WriteLine($"skipped, ended by another check: {others}");
        }

        output.WriteLine($"reached: {range.Milestones}");
        output.WriteLine(
            $"{range.Done} seeds and {listed.Count} listed, {range.Failed.Count} failed, "
            + $"{range.Ticks} ticks, {watch.Elapsed.TotalSeconds:F1} s, hash {range.Hash:x16}");
        return range.Failed.Count == 0 ? 0 : CommandLine.Failed;
    }

    private static int RunOne(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var seed = (ulong)parsed.GetValue(Seed);
        var result = SimRun.Of(seed, parsed.GetValue(Traced));
        foreach (var line in result.Lines)
        {
            output.WriteLine(line.Text);
        }

        if (result.Failure is not null)
        {
            FailureReport.Write(output, result);
        }

        output.WriteLine($"seed {seed}: {(result.Failure is null ? "passed" : "failed: " + result.Failure.Check)}, {result.Ticks} "
            + $"ticks, hash {result.Hash:x16}");
        return result.Failure is null ? 0 : CommandLine.Failed;
    }
}
