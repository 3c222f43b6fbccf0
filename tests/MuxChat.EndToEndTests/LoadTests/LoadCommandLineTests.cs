using System.Net;
using System.Net.Sockets;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// The load program's exit codes and one line for each mistake. What is wrong in the arguments is parsed in process: UnitTests,
/// LoadTests/LoadCommandLineTests.
/// </summary>
public class LoadCommandLineTests
{
    [Theory]
    [InlineData("broadcast --clients five", "--clients five: it takes a number from 2 to 100000")]
    [InlineData("broadcsat", "broadcsat")]
    public void Wrong_command_line_exits_2_with_one_line(string arguments, string said)
    {
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", arguments.Split(' '));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(said, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Run_against_nothing_exits_1_with_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var endPoint = taken.LocalEndpoint;
        taken.Stop();

        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "broadcast", "--connect", $"{endPoint}");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.StartsWith($"cannot connect to {endPoint}: ", run.ErrorText, StringComparison.Ordinal);
        Assert.Equal(2, run.ErrorText.Split($"{endPoint}").Length);
        Assert.Single(run.Errors);
    }

    [Fact]
    public void Run_whose_file_cannot_be_written_exits_1_with_one_line()
    {
        using var folder = new OutputFolder();
        Directory.CreateDirectory(folder.File("taken"));
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "broadcast", "--clients", "3", "--senders", "1", "--seconds", "0.1", "--warm", "0",
            "--json", folder.File("taken"));
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.StartsWith($"cannot write {folder.File("taken")}", run.ErrorText, StringComparison.Ordinal);
        Assert.Single(run.Errors);
    }

    [Fact]
    public void Help_exits_0_and_names_the_scenarios()
    {
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "--help");
        Assert.Equal((0, 0), (run.ExitCode, run.Errors.Count));
        Assert.All((string[])["broadcast", "rooms", "idle", "churn", "slow", "ramp", "compare"],
            name => Assert.Contains($"  {name} ", run.OutputText, StringComparison.Ordinal));
    }
}
