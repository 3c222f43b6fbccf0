using System.CommandLine;
using System.ComponentModel;
using System.Net.Sockets;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Journals;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Prices;
using MuxChat.LoadTests.Reports;
using MuxChat.LoadTests.Scenarios;
using MuxChat.LoadTests.Yardsticks;
using MuxChat.Sockets.Listening;
using MuxChat.Storage;
using Spectre.Console;

namespace MuxChat.LoadTests;

/// <summary>The command line: a scenario or the comparison, its options, and what becomes of the results.</summary>
internal static class LoadCommandLine
{
    /// <summary>Exit code: lines were lost, doubled, swapped or spoilt, or the run failed otherwise.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Exit code: a threshold of <c>--fail-if</c> was crossed.</summary>
    public const int CrossedThreshold = 3;

    private static readonly IScenario[] Scenarios =
        [new BroadcastScenario(), new RoomsScenario(), new IdleScenario(), new ChurnScenario(), new SlowScenario(), new RampScenario()];

    // Plain text, and no narrower than the tables, where the output is no terminal.
    private static readonly IAnsiConsole Terminal = MakeTerminal();

    /// <summary>
    /// Runs what the arguments ask for and returns the exit code. Help and what is wrong with the arguments go to these writers.
    /// </summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(
            "Load tests of MuxChat: simulated clients, every line accounted for. "
                + "Exit 1 if a line was lost, duplicated, reordered or corrupted.");
        foreach (var scenario in Scenarios)
        {
            root.Subcommands.Add(CommandOf(scenario, args));
        }

        root.Subcommands.Add(CompareCommand(args));
        root.Subcommands.Add(ReportCommand.Create(Terminal));
        root.Subcommands.Add(JournalCommand());
        root.Subcommands.Add(PricesCommand());
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                errors.WriteLine(MistakeIn(parsed));
                return Usage;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        }
        catch (LoadException error)
        {
            errors.WriteLine(error.Message);
            return error.ExitCode;
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            // The server is gone, or the machine has no more descriptors or ports.
            errors.WriteLine($"the run failed: {error.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }

    /// <summary>
    /// What is wrong with a command line, in one line: rather the word that is wrong than that, without it, a command is missing.
    /// </summary>
    public static string MistakeIn(ParseResult parsed)
    {
        var mistake = parsed.Errors.FirstOrDefault(error => parsed.UnmatchedTokens.Any(error.Message.Contains)) ?? parsed.Errors[0];
        return $"{mistake.Message} (--help lists the options)";
    }

    private static Command CommandOf(IScenario scenario, string[] args)
    {
        var options = new LoadOptionSet(scenario.Defaults);
        var command = new Command(scenario.Name, scenario.Description);
        options.AddThresholdsTo(command);
        options.AddTo(command, [.. LoadOptionSet.Common, .. scenario.Options, .. LoadOptionSet.Files]);
        command.SetAction(parsed =>
        {
            var settings = options.Read(parsed);
            var server = settings.Connect is { } endPoint ? $"running at {endPoint}" : MeasuredServer.Describe();
            CheckDescriptors(settings.Clients + (scenario.Options.Contains("--idle") ? settings.Idle : 0));
            var watch = new MachineWatch();
            var progress = new ProgressLine(Terminal, TimeProvider.System);
            IReadOnlyList<RunResult> results;
            using (var target = Target.For(settings))
            {
                results = [.. scenario.Run(target, settings, progress).Select(run => run with { Scenario = scenario.Name })];
            }

            progress.End();
            return Finish(options, parsed, new Report
            {
                Command = CommandOf(args),
                Time = DateTimeOffset.UtcNow,
                Machine = watch.Finish(server, isOurs: settings.Connect is null),
                Settings = settings,
                Results = results,
            });
        });
        return command;
    }

    private static Command CompareCommand(string[] args)
    {
        var options = new LoadOptionSet(new LoadSettings { Seconds = 1, WarmSeconds = 0.3 }, isComparison: true);
        var command = new Command("compare", "the same work under each I/O model, in turn in every round: shows which one to choose.");
        options.AddThresholdsTo(command);
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var comparison = new ComparisonRun
            {
                Scenarios = options.Scenarios(parsed),
                Models = options.Models(parsed),
                Clients = options.ClientCounts(parsed),
                Rounds = options.Rounds(parsed),
                Versus = options.Versus(parsed),
                Yardsticks = options.Yardsticks(parsed),
                IsOnAll = options.IsOnAll(parsed) && Affinity.IsBound,
                Settings = options.Read(parsed),
            };
            var left = comparison.Check();
            CheckDescriptors(comparison.Clients.Max());
            if (left.Count > 0)
            {
                Terminal.WriteLine($"{string.Join(", ", left.Select(static one => one.Name))}: not run, because the clients are too few");
            }

            var (own, versus) = Compare(comparison, CommandOf(args));
            var exitCode = Finish(options, parsed, own, versus);
            var verdict = versus is null ? 0 : ReportCommand.Compare(Terminal, versus, own);
            return exitCode == Failed || verdict == Failed ? Failed : Math.Max(exitCode, verdict);
        });
        return command;
    }

    private static (Report Own, Report? Versus) Compare(ComparisonRun comparison, string commandLine)
    {
        var server = MeasuredServer.Describe();
        var other = comparison.Versus is null ? "" : MeasuredServer.Describe(comparison.Versus);
        var watch = new MachineWatch();
        var progress = new ProgressLine(Terminal, TimeProvider.System);
        var session = Guid.NewGuid().ToString("N");
        var results = comparison.Run(progress);
        progress.End();
        var machine = watch.Finish(server, isOurs: true) with
        {
            Yardsticks = [.. comparison.Yardsticks.Select(
                static one => $"{one.Name}: {one.VersionOf(one.FindProgram(Yardstick.Folders))}")],
        };
        if (results is [{ Seconds: 0 } failed])
        {
            throw new LoadException(failed.Faults);
        }

        return (Of(results.Where(static run => !run.IsVersus), machine),
            comparison.Versus is null ? null : Of(results.Where(static run => run.IsVersus), machine with { Server = other }));

        Report Of(IEnumerable<RunResult> some, MachineFacts facts)
        {
            RunResult[] runs = [.. some];
            return new Report
            {
                Command = commandLine,
                Time = DateTimeOffset.UtcNow,
                Session = session,
                Machine = facts,
                Settings = comparison.Settings,
                Results = runs,
                Comparison = ComparisonRun.Rows(runs),
                Findings = Findings.Of(ComparisonRun.Rows(runs)),
            };
        }
    }

    // For who works on the journal: no clients, no report.
    private static Command JournalCommand()
    {
        var durability = new Option<Durability>("--durability")
        {
            Description = "Sync every write (fsync), or leave it to the system (os, none).",
        };
        var command = new Command("journal",
            "a million events written and opened again, on the disk of the directory for temporary files.")
        { Hidden = true };
        command.Options.Add(durability);
        command.SetAction(parsed => JournalMeasure.Run(parsed.GetValue(durability), Console.Out));
        return command;
    }

    // In this process, without sockets: what the commands themselves take.
    private static Command PricesCommand()
    {
        var command = new Command("prices",
            "the time of each protocol's expensive commands at 10,000 clients and 10,000 rooms, and their cost in the flood budget.");
        command.SetAction(_ => PriceMeasure.Run(Console.Out));
        return command;
    }

    // Each client takes one here, and one in the server, which has the same limit. The runtimes and their files take some more.
    private static void CheckDescriptors(int clients)
    {
        const int Others = 200;
        if (clients > Descriptors.Limit() - Others)
        {
            throw LoadException.Usage($"{clients} clients: this process may open {Descriptors.Limit()} descriptors (ulimit -n), "
                + $"and that is enough for {Math.Max(0, Descriptors.Limit() - Others)}");
        }
    }

    // As it can be typed into a shell again, in one line.
    private static string CommandOf(string[] args) =>
        $"dotnet run -c Release --project loadtests/MuxChat.LoadTests -- {string.Join(' ', args.Select(Quoted))}";

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./:,=+@%".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.ReplaceLineEndings(" ").Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static int Finish(LoadOptionSet options, ParseResult parsed, Report measured, Report? versus = null)
    {
        var report = measured with { Crossed = [.. options.Thresholds(parsed).SelectMany(threshold => threshold.Crossed(measured))] };
        ReportCommand.Show(Terminal, report);
        options.WriteFiles(parsed, report, versus);
        return report.ExitCode;
    }

    private static IAnsiConsole MakeTerminal()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        const int PlainWidth = 140;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = PlainWidth;
        return console;
    }
}
