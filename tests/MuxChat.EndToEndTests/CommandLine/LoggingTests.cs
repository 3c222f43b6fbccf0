using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>The log: on standard error, one event a line, and nothing of what clients say.</summary>
public sealed partial class LoggingTests
{
    [Theory]
    [EveryIo]
    public void Verbose_log_has_a_line_for_each_connection_and_its_end(string io)
    {
        using var server = ServerProcess.Start("--io", io, "-v");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        alice.Send("secret words", "/quit");
        alice.ReadLinesToEnd();
        alice.Dispose();
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("): Quit, now 0 clients", StringComparison.Ordinal)));
        var robot = scene.Track(server.ConnectFrames());
        robot.Sync();
        robot.Reset();
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("): Reset, now 0 clients", StringComparison.Ordinal)));
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        var lines = server.Errors.Lines;
        Assert.All(lines, line => Assert.Matches(LogLine(), line));
        Assert.Single(lines, line => line.Contains("serving with " + io, StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains("accepted 127.0.0.1:", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains($"({alice.Nick}): Quit, now ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("stopping: saying goodbye to 0 clients", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("information", 3)]
    [InlineData("warning", 0, Traits = ["run", "deep"])]
    [InlineData("none", 0)]
    public void Log_without_v_does_not_mention_clients_and_none_is_silent(string level, int lines)
    {
        using var server = ServerProcess.Start("--log-level", level, "--max-clients", "10");
        using (var client = server.ConnectLines())
        {
            client.Sync();
        }

        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.Equal(lines, server.Errors.Lines.Count);
    }

    [Theory]
    [EveryIo]
    public void Log_holds_nothing_that_a_client_could_steer_a_terminal_with(string io)
    {
        using var server = ServerProcess.Start("--io", io, "-v");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        foreach (var name in (string[])["\u001b[2J", "a\rwarn: forged", "a\u202eb", "a\u200b", new string('n', 4000)])
        {
            alice.Send("/nick " + name, "/join #" + name, "/quit " + name);
        }

        alice.ReadLinesToEnd();
        var robot = scene.Track(server.ConnectFrames());
        robot.Send("""{"type":"nick","nick":"a\nwarn: forged"}""", """{"type":"quit","reason":"a\nwarn: forged"}""", """{"type":"quit"}""");
        robot.ReadToEnd();
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.All(server.Errors.Lines, line => Assert.Matches(LogLine(), line));
        Assert.All(server.Errors.Lines,
            line => Assert.True(line.Length < 300 && line.All(character => character is >= ' ' and <= '~'), line));
        Assert.Equal(2, server.Errors.Lines.Count(line => line.Contains("): Quit, now ", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|dbug|warn): MuxChat\[\d+\] \S.*$")]
    private static partial Regex LogLine();
}
