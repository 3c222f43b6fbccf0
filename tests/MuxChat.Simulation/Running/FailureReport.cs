using System.Diagnostics;
using System.Reflection;

namespace MuxChat.Simulation.Running;

/// <summary>What is printed of a seed that failed: enough to find out why, and to run it again.</summary>
internal static class FailureReport
{
    private const int FirstLines = 100;
    private const int LastLines = 300;

    public static void Write(TextWriter to, RunResult failed)
    {
        to.WriteLine($"seed {failed.Seed} failed: {failed.Failure!.Check}");
        to.WriteLine($"  commit {Commit()}");
        to.WriteLine($"  {failed.Failure.Message}");
        if (failed.Failure.Check == Checks.CheckNames.Trace)
        {
            to.WriteLine($"  again, twice, and compare: dotnet run -c Release --project tests/MuxChat.Simulation "
            + $"-- simulate --seed {failed.Seed} --trace");
            return;
        }

        var cut = new TraceCutter(failed).Cut();
        var matter = cut.Lines.Where(static line => line.Client >= 0).Select(static line => line.Client).Distinct().Order().ToList();
        to.WriteLine($"  cut down to {cut.Lines.Count} steps of clients {string.Join(", ", matter)}: "
            + $"{cut.Failure?.Message ?? "it does not fail any more"}");
        for (var i = 0; i < cut.Lines.Count; i++)
        {
            if (i == FirstLines && cut.Lines.Count > FirstLines + LastLines)
            {
                i = cut.Lines.Count - LastLines;
                to.WriteLine($"  ... {i - FirstLines} steps ...");
            }

            to.WriteLine($"  {cut.Lines[i].Text}");
        }

        to.WriteLine($"  again: dotnet run -c Release --project tests/MuxChat.Simulation "
            + $"-- simulate --seed {failed.Seed} --trace");
    }

    private static string Commit()
    {
        try
        {
            var start = new ProcessStartInfo("git", "rev-parse HEAD")
            {
                WorkingDirectory = AppContext.BaseDirectory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            if (git.ExitCode == 0)
            {
                return commit;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no git here: the version has to do.
            return Version();
        }

        return Version();
    }

    private static string Version() =>
        typeof(FailureReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
