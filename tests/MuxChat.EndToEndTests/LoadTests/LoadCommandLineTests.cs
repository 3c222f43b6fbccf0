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
    [InlineData("broadcast --clients 5 --window 60000 --payload 4000", "--window 60000: with --payload 4000 it takes at most 258")]
    public void Wrong_command_line_exits_2_with_one_line(string arguments, string said)
    {
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", arguments.Split(' '));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(said, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, static line => line.Contains("audit", StringComparison.Ordinal));
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
    public void File_that_cannot_be_written_exits_1_with_one_line_and_does_not_take_the_others_along()
    {
        const string Full = "/dev/full";
        Assert.SkipUnless(File.Exists(Full), "there is no file that is always full");
        using var folder = new OutputFolder();
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "broadcast", "--clients", "3", "--senders", "1", "--seconds", "0.1", "--warm", "0",
            "--json", Full, "--md", folder.File("a.md"));
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.StartsWith($"cannot write {Full}", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.StartsWith("## MuxChat under load", File.ReadAllText(folder.File("a.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_no_MuxChat_is_named_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answer = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var run = ProgramRun.Of("MuxChat.LoadTests.dll", "broadcast", "--connect", $"{listener.LocalEndpoint}");
        await answer;
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.EndsWith("(--connect takes a MuxChat server that speaks lines there)", Assert.Single(run.Errors), StringComparison.Ordinal);
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
