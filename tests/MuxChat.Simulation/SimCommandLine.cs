using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation;

/// <summary>The command line: which seeds, and what is printed of them.</summary>
internal static class SimCommandLine
{
    /// <summary>Exit code: a seed failed.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the command line is wrong.</summary>
    public const int Usage = 2;

    private const int MostReports = 3;
    private const int ProgressSeconds = 10;

    private static readonly Option<long> Seeds = new("--seeds") { Description = "How many seeds to run, and all that ever failed before them.", DefaultValueFactory = static _ => 1_000 };
    private static readonly Option<long> From = new("--from") { Description = "The first of them.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<long> Seed = new("--seed") { Description = "Run this one seed alone." };
    private static readonly Option<bool> Traced = new("--trace") { Description = "Print every step of the one seed." };
    private static readonly Option<bool> StopAtFirst = new("--stop-at-first") { Description = "End at the first seed that fails." };
    private static readonly Option<int> Reports = new("--reports") { Description = "How many seeds that failed are told of with a trace, cut down; of the others only the check.", DefaultValueFactory = static _ => MostReports };
    private static readonly Option<int> Jobs = new("--jobs") { Description = "How many to run at a time.", DefaultValueFactory = static _ => Environment.ProcessorCount };

    public static int Run(string[] args)
    {
        var root = new RootCommand("The production event loop over a simulated network and clock: the same seed gives the same run. Exit 1 when a seed failed.")
        {
            Seeds, From, Seed, Traced, StopAtFirst, Reports, Jobs,
        };
        root.SetAction(Run);
        var parsed = root.Parse(args);
        var mistake = parsed.Errors.Count > 0 ? parsed.Errors[0].Message : MistakeIn(parsed);
        if (mistake is not null)
        {
            Console.Error.WriteLine($"{mistake.ReplaceLineEndings(" ")} (--help lists the options)");
            return Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The seeds of a list, one a line, with what was found behind a <c>#</c>.</summary>
    public static IReadOnlyList<ulong> ReadList(IEnumerable<string> lines) =>
    [
        .. lines.Select(static line => line.Split('#')[0].Trim()).Where(static line => line.Length > 0).Select(static line => ulong.Parse(line, CultureInfo.InvariantCulture)),
    ];

    private static string? MistakeIn(ParseResult parsed)
    {
        if (parsed.GetResult(Seed) is null && parsed.GetResult(Traced) is { Implicit: false })
        {
            return "--trace goes with --seed";
        }

        return parsed switch
        {
            _ when parsed.Action is not null && parsed.GetValue(Seeds) < 1 => "--seeds: it takes a number from 1",
            _ when parsed.GetValue(From) < 0 => "--from: it takes a number from 0",
            _ when parsed.GetValue(Seed) < 0 => "--seed: it takes a number from 0",
            _ when parsed.GetValue(Reports) < 0 => "--reports: it takes a number from 0",
            _ when parsed.GetValue(Jobs) is < 1 or > 1024 => "--jobs: it takes a number from 1 to 1024",
            _ => null,
        };
    }

    private static int Run(ParseResult parsed) => parsed.GetResult(Seed) is null
        ? RunMany(parsed.GetValue(From), parsed.GetValue(Seeds), parsed.GetValue(Jobs), parsed.GetValue(StopAtFirst), parsed.GetValue(Reports))
        : RunOne((ulong)parsed.GetValue(Seed), parsed.GetValue(Traced));

    private static int RunMany(long from, long count, int jobs, bool stopsAtFirst, int reports)
    {
        var listed = ReadList(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "failed.seeds")));
        var range = new SeedRange(listed, (ulong)from, count, jobs, stopsAtFirst);
        var watch = Stopwatch.StartNew();
        var nextSeconds = ProgressSeconds;
        range.Run(done =>
        {
            if (watch.Elapsed.TotalSeconds >= nextSeconds)
            {
                nextSeconds += ProgressSeconds;
                Console.WriteLine($"... {done} of {count} seeds, {watch.Elapsed.TotalSeconds:F0} s");
            }
        });
        foreach (var failed in range.Failed.Take(reports))
        {
            FailureReport.Write(Console.Out, failed);
        }

        foreach (var failed in range.Failed.Skip(reports))
        {
            Console.WriteLine($"seed {failed.Seed} failed: {failed.Failure!.Check}");
        }

        Console.WriteLine($"came to: {range.Milestones}");
        Console.WriteLine(
            $"{range.Done} seeds and {listed.Count} listed, {range.Failed.Count} failed, {range.Ticks} ticks, {watch.Elapsed.TotalSeconds:F1} s, hash {range.Hash:x16}");
        return range.Failed.Count == 0 ? 0 : Failed;
    }

    private static int RunOne(ulong seed, bool isTraced)
    {
        var result = SimRun.Of(seed, isTraced);
        foreach (var line in result.Lines)
        {
            Console.WriteLine(line.Text);
        }

        if (result.Failure is not null)
        {
            FailureReport.Write(Console.Out, result);
        }

        Console.WriteLine($"seed {seed}: {(result.Failure is null ? "passed" : "failed: " + result.Failure.Check)}, {result.Ticks} ticks, hash {result.Hash:x16}");
        return result.Failure is null ? 0 : Failed;
    }
}
