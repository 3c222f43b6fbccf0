using System.CommandLine;
using System.ComponentModel;
using System.Net.Sockets;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Hosting;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>
/// The command line: one scenario, or several with commas between, each with the options that it takes, run by NBomber; and the audit
/// after its report. NBomber's own arguments go to NBomber.
/// </summary>
internal static class NBomberCommandLine
{
    /// <summary>Environment variable with the licence key that NBomber asks of organisations.</summary>
    private const string LicenseVariable = "NBOMBER_LICENSE";

    private static readonly INBomberScenario[] Scenarios = [RoomScenario.Broadcast, new ChurnScenario(), RoomScenario.Slow];

    public static int Run(string[] args)
    {
        try
        {
            var (ours, theirs) = NBomberArguments.Split(args);
            var parsed = CommandsFor(ours, theirs).Parse(ours);
            if (parsed.Errors.Count > 0)
            {
                throw LoadException.Usage(LoadCommandLine.MistakeIn(parsed));
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (LoadException error)
        {
            Console.Error.WriteLine(error.Message);
            return error.ExitCode;
        }
        catch (Exception error) when (error is SocketException or IOException or Win32Exception)
        {
            Console.Error.WriteLine($"the run failed: {error.Message.ReplaceLineEndings(" ")}");
            return LoadCommandLine.Failed;
        }
    }

    private static RootCommand CommandsFor(string[] ours, string[] theirs)
    {
        var root = new RootCommand(
            "The load tests of MuxChat under NBomber: a scenario, or several with commas between (broadcast,churn). "
                + "Exit 1 if a step failed, or a line was lost, duplicated, reordered or corrupted. "
                + $"NBomber gets: {NBomberArguments.List}.");
        foreach (var scenario in Scenarios)
        {
            root.Subcommands.Add(CommandOf(scenario.Name, [scenario], theirs));
        }

        if (ours is [var several, ..] && several.Contains(',', StringComparison.Ordinal))
        {
            root.Subcommands.Add(CommandOf(several, Find(several), theirs));
        }

        return root;
    }

    private static INBomberScenario[] Find(string several)
    {
        var found = several.Split(',').Distinct().Select(static name => Scenarios.FirstOrDefault(one => one.Name == name)
            ?? throw LoadException.Usage(
                $"there is no scenario '{name}'; there are {string.Join(", ", Scenarios.Select(static one => one.Name))}")).ToArray();
        return found.Contains(RoomScenario.Broadcast) && found.Contains(RoomScenario.Slow)
            ? throw LoadException.Usage($"{several}: slow is a broadcast already, and both would fill the same room; run one of them")
            : found;
    }

    private static Command CommandOf(string name, INBomberScenario[] scenarios, string[] theirs)
    {
        var options = new LoadOptionSet(scenarios[0].Defaults);
        var reports = new ReportOptions();
        var command = new Command(name, string.Join(" ", scenarios.Select(static scenario => scenario.Description)));
        options.AddTo(command, [.. LoadOptionSet.Common, .. scenarios.SelectMany(static scenario => scenario.Options)]);
        reports.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = reports.Read(parsed, options.Read(parsed));
            settings.Check();
            return Play(name, scenarios, settings, theirs);
        });
        return command;
    }

    private static int Play(string name, INBomberScenario[] scenarios, NBomberSettings settings, string[] theirs)
    {
        using var target = Target.For(settings.Load);
        using var run = new AuditedRun(target, settings.Load.PayloadBytes);
        using var plugin = new AuditPlugin(run);
        var runner = NBomberRunner
            .RegisterScenarios([.. scenarios.Select(scenario => scenario.Create(run, settings))])
            .WithTestSuite("muxchat")
            .WithTestName(name)
            .WithReportFolder(settings.ReportFolder)
            .WithWorkerPlugins(plugin);
        runner = settings.ReportFormats.Count == 0 ? runner.WithoutReports() : runner.WithReportFormats([.. settings.ReportFormats]);
        var license = Environment.GetEnvironmentVariable(LicenseVariable);
        runner = string.IsNullOrEmpty(license) ? runner : runner.WithLicense(license);
        NodeStats stats;
        try
        {
            stats = runner.Run(theirs);
        }
        catch (Exception error)
        {
            throw Explain(error, run);
        }

        return run switch
        {
            { Failure: { } failure } => throw failure,
            { HasBegun: false } => throw new LoadException("NBomber ran no scenario"),
            _ => Judge(run, stats),
        };
    }

    // What NBomber throws is an Exception and no more. Before a scenario began it is about what NBomber was given.
    private static LoadException Explain(Exception error, AuditedRun run)
    {
        var line = error.Message.Split('\n')[0].Trim();
        return run switch
        {
            { Failure: { } failure } => failure,
            { HasBegun: true } => new LoadException($"NBomber failed: {line}"),
            _ => LoadException.Usage($"NBomber refused: {line}"),
        };
    }

    private static int Judge(AuditedRun run, NodeStats stats)
    {
        var audit = run.Close().GetAwaiter().GetResult();
        Console.WriteLine(AuditPlugin.Describe(audit));
        var failed = stats.ScenarioStats.Sum(static scenario =>
            scenario.Fail.Request.Count + scenario.StepStats.Sum(static step => step.Fail.Request.Count));
        return audit.IsClean && failed == 0 && !stats.Thresholds.Any(static one => one.IsFailed) ? 0 : LoadCommandLine.Failed;
    }
}
