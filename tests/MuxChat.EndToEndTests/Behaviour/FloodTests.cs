using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Flood control: who says much at once is read more slowly; nothing is lost and nobody is closed.</summary>
public sealed class FloodTests
{
    private const int PastedLines = 60;
    private const int Burst = 20;

    [Theory]
    [EveryIo]
    public void Paste_of_sixty_lines_arrives_whole_and_in_order(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", "20", "--flood-rate", "20");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        alice.Send([.. Enumerable.Range(0, PastedLines).Select(n => $"line {n}"), "/ping done"]);

        // Once the burst is through, others are heard before the rest of the paste.
        var heard = bob.ReadUntil(line => line == $"<{alice.Nick}> line {Burst / 2}");
        bob.Send("may I?");
        heard.AddRange(bob.ReadUntil(line => line == $"<{alice.Nick}> line {PastedLines - 1}"));
        Assert.Equal(Enumerable.Range(0, PastedLines).Select(n => $"<{alice.Nick}> line {n}"), heard);
        alice.Expect($"<{bob.Nick}> may I?", "* pong done");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Others_are_heard_between_the_lines_of_a_paste(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-rate", "20");
        using var scene = new Scene(server);
        var carol = scene.Line("carol");
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        alice.Send([.. Enumerable.Range(0, Burst * 2).Select(n => $"line {n}")]);
        var first = carol.ReadUntil(line => line.StartsWith($"<{alice.Nick}>", StringComparison.Ordinal));
        Assert.Equal($"<{alice.Nick}> line 0", first[^1]);
        bob.Send("meanwhile");
        var next = carol.ReadUntil(line => line == $"<{bob.Nick}> meanwhile");
        Assert.True(next.Count < Burst * 2);

        // Ends in the middle: who is held back and closes its side is still heard to the end.
        alice.ShutdownSend();
        var last = carol.ReadUntil(line => line == $"* {alice.Nick} quit: connection closed");
        Assert.Equal($"<{alice.Nick}> line {(Burst * 2) - 1}", last[^2]);
    }

    [Theory]
    [EveryIo]
    public void Frames_are_held_back_like_lines(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", "5", "--flood-rate", "50");
        using var scene = new Scene(server);
        var robot = scene.Track(server.ConnectFrames());
        robot.Send([.. Enumerable.Range(0, 25).Select(n => $$"""{"type":"ping","token":"{{n}}"}""")]);
        var pongs = robot.ReadUntil(frame => (string?)frame["token"] == "24").Where(frame => (string?)frame["type"] == "pong");
        Assert.Equal(Enumerable.Range(0, 25).Select(n => $"{n}"), pongs.Select(frame => (string?)frame["token"]));
    }
}
