using System.CommandLine;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Hosting;

namespace MuxChat.NBomber;

/// <summary>
/// The command line: a scenario with the options that the load tests have, run by NBomber, and the audit after its report.
/// </summary>
internal static class NBomberCommandLine
{
    /// <summary>Environment variable with the licence key that NBomber asks of organisations.</summary>
    private const string LicenseVariable = "NBOMBER_LICENSE";

    private static readonly IAuditedScenario[] Scenarios = [new BroadcastScenario(), new ChurnScenario(), new SlowScenario()];

    public static int Run(string[] args)
    {
        var root = new RootCommand(
            "The load tests of MuxChat under NBomber. Exit 1 if a step failed, or a line was lost, duplicated, reordered or corrupted.");
        foreach (var scenario in Scenarios)
        {
            root.Subcommands.Add(CommandOf(scenario));
        }

        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                Console.Error.WriteLine(LoadCommandLine.MistakeIn(parsed));
                return LoadCommandLine.Usage;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (LoadException error)
        {
            Console.Error.WriteLine(error.Message);
            return error.ExitCode;
        }
    }

    private static Command CommandOf(IAuditedScenario scenario)
    {
        var options = new LoadOptionSet(scenario.Defaults);
        var command = new Command(scenario.Name, scenario.Description);
        options.AddTo(command);
        command.SetAction(parsed => Play(scenario, options.Read(parsed)));
        return command;
    }

    private static int Play(IAuditedScenario scenario, LoadSettings settings)
    {
        using var target = Target.For(settings);
        var runner = NBomberRunner
            .RegisterScenarios(scenario.Create(target, settings))
            .WithTestSuite("muxchat")
            .WithTestName(scenario.Name);
        var license = Environment.GetEnvironmentVariable(LicenseVariable);
        var stats = (string.IsNullOrEmpty(license) ? runner : runner.WithLicense(license)).Run();
        return IsClean(scenario.Audit) && stats.AllFailCount == 0 ? 0 : LoadCommandLine.Failed;
    }

    private static bool IsClean(AuditCounts? audit)
    {
        Console.WriteLine(audit switch
        {
            null => "AUDIT FAILED: the scenario was not finished",
            { IsClean: true } => $"audit: {audit.Delivered:N0} deliveries, each line once, whole and in order",
            _ => $"AUDIT FAILED: {audit.DescribeFaults()}",
        });
        return audit is { IsClean: true };
    }
}
