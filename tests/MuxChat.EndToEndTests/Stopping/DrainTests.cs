using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Stopping;

/// <summary>What was queued for a client before the server was stopped still arrives.</summary>
public sealed class DrainTests
{
    [Theory]
    [EveryIo]
    public void What_is_queued_arrives_before_the_end(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--outbox-hard-bytes", "100000000",
            "--outbox-soft-bytes", "50000000");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var late = scene.Track(new LineClient(server.EndPoint("line"), receiveBufferBytes: 4096));
        scene.Enter(late, "late");
        var texts = Enumerable.Range(0, 3000).Select(n => n + new string('x', 3000)).ToArray();
        alice.Send(texts);
        alice.Ping();

        // More is queued than the kernel takes; it begins to read only once the server is stopping.
        server.Signal("TERM");
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("stopping: saying goodbye to 2 clients", StringComparison.Ordinal)));
        var lines = late.ReadLinesToEnd();
        Assert.Equal([.. texts.Select(text => $"<{alice.Nick}> {text}"), "* goodbye: the server is stopping"], lines);
        Assert.Equal(0, server.WaitForExit());
    }
}
