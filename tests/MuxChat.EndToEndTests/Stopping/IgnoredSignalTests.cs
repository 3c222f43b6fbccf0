using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Stopping;

/// <summary>
/// A script's <c>muxchat &amp;</c>: a shell without job control starts it with SIGINT ignored (POSIX, Shell Command Language, 2.11). It stays ignored, so that
/// Ctrl+C in the script's terminal does not stop the server; SIGTERM does.
/// </summary>
public sealed class IgnoredSignalTests
{
    [Fact]
    public void Server_started_with_interrupt_ignored_goes_on_after_it_and_stops_on_terminate()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var server = ServerProcess.Serve(Programs.Command(
            ["sh", "-c", "trap '' INT && exec \"$0\" \"$@\"", Programs.Dotnet, Programs.PathOf("muxchat.dll"), "serve", "--listen", "line://127.0.0.1:0"]));
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        server.Signal("INT");
        alice.ExpectNothing();
        server.Signal("TERM");
        alice.Expect("* goodbye: the server is stopping");
        alice.ExpectEnd();
        Assert.Equal(0, server.WaitForExit());
        Assert.Single(server.Errors.Lines, line => line.Contains("stopping: ", StringComparison.Ordinal));
    }
}
