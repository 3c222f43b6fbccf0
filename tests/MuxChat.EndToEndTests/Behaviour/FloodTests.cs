using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Flood control: who says much at once is read more slowly; nothing is lost and nobody is closed. That someone is held back is seen
/// by the order of events, at a rate at which what is held back would take a minute: others are heard first. No test waits that
/// long, and none measures a time.
/// </summary>
public sealed class FloodTests
{
    private const int Burst = 20;

    // A line a second: a minute's worth.
    private const int HeldBack = 60;

    [Theory]
    [EveryIo]
    public void Others_are_heard_while_a_paste_is_held_back(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", $"{Burst}", "--flood-rate", "1");
        using var scene = new Scene(server);
        var carol = scene.Line("carol");
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        alice.Send([.. Enumerable.Range(0, Burst + HeldBack).Select(n => $"line {n}"), "/ping done"]);
        bob.ReadUntil(line => line == $"<{alice.Nick}> line 0");
        bob.Send("meanwhile");
        var heard = carol.ReadUntil(line => line == $"<{bob.Nick}> meanwhile");
        Assert.DoesNotContain(heard, line => line == $"<{alice.Nick}> line {Burst + HeldBack - 1}");
    }

    [Theory]
    [EveryIo]
    public void Frames_are_held_back_like_lines(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", $"{Burst}", "--flood-rate", "1");
        using var scene = new Scene(server);
        var robot = scene.Track(server.ConnectFrames());
        var bob = scene.Track(server.ConnectLines());
        bob.Sync();
        robot.Send([.. Enumerable.Range(0, Burst + HeldBack).Select(n => $$"""{"type":"ping","token":"{{n}}"}""")]);
        robot.ReadUntil(frame => (string?)frame["token"] == "0");
        bob.Send("meanwhile");
        var heard = robot.ReadUntil(frame => (string?)frame["text"] == "meanwhile");
        Assert.DoesNotContain(heard, frame => (string?)frame["token"] == $"{Burst + HeldBack - 1}");
    }

    [Theory]
    [EveryIo]
    public void Pings_on_irc_are_held_back_like_lines(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", $"{Burst}", "--flood-rate", "1");
        using var scene = new Scene(server);
        using var client = new IrcClient(server.EndPoint("auto"));
        client.LogIn("ann");
        client.Send("JOIN #lobby");
        client.Sync();
        var bob = scene.Track(server.ConnectLines());
        bob.Sync();
        client.Send(string.Join("\r\n", Enumerable.Range(0, Burst + HeldBack).Select(n => $"PING {n}")));
        client.Read("the first pong");
        bob.Send("meanwhile");
        for (var line = ""; !line.EndsWith(":meanwhile", StringComparison.Ordinal); line = client.Read("what was said meanwhile"))
        {
            Assert.False(line.EndsWith($" :{Burst + HeldBack - 1}", StringComparison.Ordinal));
        }
    }

    // Four times the burst: without the budget for it, it would take a minute, as what is pasted meanwhile does.
    [Theory]
    [EveryIo]
    public void A_client_that_comes_back_to_twenty_rooms_is_not_held_back(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", $"{Burst}", "--flood-rate", "1");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        alice.Send([.. Enumerable.Range(0, Burst + HeldBack).Select(n => $"line {n}")]);
        bob.ReadUntil(line => line == $"<{alice.Nick}> line 0");
        using var client = new IrcClient(server.EndPoint("auto"));
        client.LogIn("ann", "batch server-time message-tags draft/chathistory");
        client.Send(string.Join("\r\n", Enumerable.Range(0, 20)
            .Select(n => $"JOIN #r{n}\r\nCHATHISTORY LATEST #r{n} * 50\r\nMODE #r{n}\r\nWHO #r{n}")));
        client.Sync();
        bob.Send("/ping now");
        Assert.DoesNotContain(bob.ReadUntil(line => line == "* pong now"), line => line == $"<{alice.Nick}> line {Burst + HeldBack - 1}");
    }

    [Theory]
    [EveryIo]
    public void Clients_are_not_held_back_without_flood_control(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--flood-burst", "1", "--flood-rate", "1");
        using var alice = server.ConnectLines();
        using var robot = server.ConnectFrames();
        alice.Send([.. Enumerable.Range(0, HeldBack).Select(n => $"/ping {n}")]);
        robot.Send([.. Enumerable.Range(0, HeldBack).Select(n => $$"""{"type":"ping","token":"{{n}}"}""")]);
        alice.ReadUntil(line => line == $"* pong {HeldBack - 1}");
        robot.ReadUntil(frame => (string?)frame["token"] == $"{HeldBack - 1}");
    }

    [Theory]
    [EveryIo]
    public void What_is_held_back_arrives_whole_and_in_order(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", "5", "--flood-rate", "100");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        alice.Send([.. Enumerable.Range(0, HeldBack).Select(n => $"line {n}"), "/ping done"]);
        Assert.Equal(
            Enumerable.Range(0, HeldBack).Select(n => $"<{alice.Nick}> line {n}"),
            bob.ReadUntil(line => line == $"<{alice.Nick}> line {HeldBack - 1}"));
        alice.Expect("* pong done");
        alice.ExpectNothing();
        robot.Sync();
        robot.Send([.. Enumerable.Range(0, HeldBack).Select(n => $$"""{"type":"ping","token":"{{n}}"}""")]);
        var pongs = robot.ReadUntil(frame => (string?)frame["token"] == $"{HeldBack - 1}");
        Assert.Equal(Enumerable.Range(0, HeldBack).Select(n => $"{n}"), pongs.Select(frame => (string?)frame["token"]));

        // Ends in the middle: who is held back and closes its side is still heard to the end.
        alice.Send([.. Enumerable.Range(0, HeldBack).Select(n => $"last {n}")]);
        alice.ShutdownSend();
        var last = bob.ReadUntil(line => line == $"* {alice.Nick} quit: connection closed");
        Assert.Equal($"<{alice.Nick}> last {HeldBack - 1}", last[^2]);
    }
}
