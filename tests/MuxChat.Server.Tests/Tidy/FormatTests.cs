using System.Diagnostics;
using MuxChat.Server.Tests.Support;

namespace MuxChat.Server.Tests.Tidy;

/// <summary>The formatter would change nothing.</summary>
public sealed class FormatTests
{
    private const int GuardMs = 600_000;

    [Fact]
    public void Format_of_the_whole_solution_changes_nothing()
    {
        var start = new ProcessStartInfo(Muxchat.Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        foreach (var argument in (string[])["format", "MuxChat.sln", "--verify-no-changes", "--no-restore"])
        {
            start.ArgumentList.Add(argument);
        }

        // What the test's own build has set is not the formatter's business.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var format = new ServerProcess(start);
        var exitCode = format.WaitForExit(GuardMs);
        Assert.True(exitCode == 0, string.Join('\n', [.. format.Output.Lines, .. format.Errors.Lines]));
    }
}
