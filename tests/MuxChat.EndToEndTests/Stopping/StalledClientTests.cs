using System.Net.Sockets;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Stopping;

/// <summary>A client that does not read delays the end only so long, and not at all after a second signal.</summary>
[Trait("run", "deep")]
public sealed class StalledClientTests
{
    [Theory]
    [EveryIo]
    public void Client_that_never_reads_delays_the_end_only_so_long_and_listeners_refuse(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--outbox-hard-bytes", "100000000",
            "--outbox-soft-bytes", "50000000");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var stalled = scene.Track(new LineClient(server.EndPoint("line"), receiveBufferBytes: 4096));
        scene.Enter(stalled, "stalled");
        alice.Send([.. Enumerable.Range(0, 3000).Select(n => n + new string('x', 3000))]);
        alice.Ping();
        server.Signal("TERM");
        alice.Expect("* goodbye: the server is stopping");
        foreach (var (_, endPoint) in server.Listeners)
        {
            var error = Assert.ThrowsAny<SocketException>(() => new LineClient(endPoint).Dispose());
            Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
        }

        Assert.Equal(0, server.WaitForExit());
    }

    [Theory]
    [EveryIo]
    public void Second_signal_ends_at_once(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--outbox-hard-bytes", "100000000",
            "--outbox-soft-bytes", "50000000");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var stalled = scene.Track(new LineClient(server.EndPoint("line"), receiveBufferBytes: 4096));
        scene.Enter(stalled, "stalled");
        alice.Send([.. Enumerable.Range(0, 3000).Select(n => n + new string('x', 3000))]);
        alice.Ping();
        server.Signal("TERM");
        alice.Expect("* goodbye: the server is stopping");
        server.Signal("INT");
        Assert.NotEqual(0, server.WaitForExit());
        Assert.DoesNotContain(server.Errors.Lines, line => line.EndsWith("stopped", StringComparison.Ordinal));
    }
}
