using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Stopping;

/// <summary>
/// A script's <c>muxchat &amp;</c>: a shell without job control starts it with SIGINT ignored (POSIX, Shell Command Language, 2.11). It
/// stays ignored, so that Ctrl+C in the script's terminal does not stop the server; SIGTERM does. The same goes for SIGHUP under nohup(1).
/// </summary>
public sealed class IgnoredSignalTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public void Server_started_with_a_signal_ignored_goes_on_after_it_and_stops_on_terminate(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var server = ServerProcess.Serve(Muxchat.StartInfoAfter($"trap '' {signal}", ["serve", "--listen", "line://127.0.0.1:0"]));
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        server.Signal(signal);
        alice.ExpectNothing();
        server.Signal("TERM");
        alice.Expect("* goodbye: the server is stopping");
        alice.ExpectEnd();
        Assert.Equal(0, server.WaitForExit());
        Assert.Single(server.Errors.Lines, line => line.Contains("stopping: ", StringComparison.Ordinal));
    }
}
