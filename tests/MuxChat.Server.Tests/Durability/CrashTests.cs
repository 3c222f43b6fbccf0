using System.Diagnostics;
using MuxChat.Server.Tests.Support;

namespace MuxChat.Server.Tests.Durability;

/// <summary>The program that kills the server again and again: it finds nothing where something is promised, and what is lost where nothing is.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData("auto", "fsync")]
    [InlineData("epoll", "os")]
    [InlineData("threads", "fsync")]
    [InlineData("async", "fsync")]
    public void Nothing_acknowledged_is_lost_doubled_or_renumbered(string io, string durability)
    {
        using var data = new DataFolder();
        var (exitCode, output) = Run(data, "--rounds", "4", "--io", io, "--durability", durability);
        Assert.True(exitCode == 0, output);
        Assert.Contains(", 0 faults;", output, StringComparison.Ordinal);
        Assert.DoesNotContain(": 0 lines acknowledged", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_lost_without_a_promise_is_found()
    {
        using var data = new DataFolder();
        var (exitCode, output) = Run(data, "--rounds", "20", "--durability", "none");
        Assert.True(exitCode == 1, output);
        Assert.Contains("FAULT: lost: ", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Run(DataFolder data, params string[] arguments)
    {
        var start = new ProcessStartInfo(Muxchat.Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MuxChat.Crash.dll"));
        foreach (var argument in (string[])[.. arguments, "--data", data.Path])
        {
            start.ArgumentList.Add(argument);
        }

        using var program = new ServerProcess(start);
        var exitCode = program.WaitForExit(4 * Guard.Ms);
        return (exitCode, string.Join('\n', [.. program.Output.Lines, .. program.Errors.Lines]));
    }
}
