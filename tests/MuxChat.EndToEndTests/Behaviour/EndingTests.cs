using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>How connections end, and that no end of one harms another.</summary>
public sealed class EndingTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Half_closed_line_client_gets_all_answers_and_then_the_end(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("before I go", "/who", "/ping last");
        alice.ShutdownSend();
        bob.Expect($"<{alice.Nick}> before I go", $"* {alice.Nick} quit: connection closed");
        alice.Expect($"* in {scene.Room}: @{alice.Nick} {bob.Nick}", $"* members of {scene.Room}: 2", "* pong last");
        alice.ExpectEnd();
        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Half_closed_client_gets_more_than_the_kernel_holds(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        using var alice = new LineClient(scene.Server.EndPoint("line"), receiveBufferBytes: 4096);
        scene.Enter(alice, "alice");
        bob.Sync();
        var padding = new string('x', 250);
        const int Pings = 8000;
        var lines = new List<string>();
        Together.Run(
            () =>
            {
                alice.Send([.. Enumerable.Range(0, Pings).Select(n => $"/ping {n} {padding}")]);
                alice.ShutdownSend();
            },
            () => lines = alice.ReadLinesToEnd());
        Assert.Equal(Enumerable.Range(0, Pings).Select(n => $"* pong {n} {padding}"), lines);
        bob.Expect($"* {alice.Nick} quit: connection closed");
    }

    [Theory]
    [EveryIo]
    public void Half_closed_frame_client_gets_all_answers_and_then_the_end(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.Send("""{"type":"say","text":"last","id":1}""", """{"type":"ping","token":"x","id":2}""");
        robot.ShutdownSend();
        robot.Expect("""{"type":"ok","id":1,"seq":2}""", """{"type":"pong","token":"x"}""", """{"type":"ok","id":2}""");
        robot.ExpectEnd();
    }

    [Theory]
    [EveryIo]
    public void Client_that_goes_on_sending_after_its_quit_gets_the_last_words_and_no_reset(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var rest = new byte[300_000];
        Array.Fill(rest, (byte)'\n');
        alice.SendBytes([.. "/quit\n"u8, .. rest]);
        alice.Expect("* goodbye: you quit");
        alice.ExpectEnd();
    }

    [Theory]
    [EveryIo]
    public void Half_closed_client_on_auto_that_never_spoke_is_let_go(string io)
    {
        using var client = servers.For(io).ConnectLines("auto");
        client.ShutdownSend();
        client.ReadToEnd();
        using var other = servers.For(io).ConnectLines("auto");
        other.Send("/ping x");
        other.ReadUntil(line => line == "* pong x");
    }

    [Theory]
    [EveryIo]
    public void Reset_in_mid_line_harms_nobody(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        for (var i = 0; i < 5; i++)
        {
            var alice = scene.Line("alice");
            alice.SendBytes("whole\nhal"u8);
            bob.Expect($"<{alice.Nick}> whole");
            alice.Reset();
            scene.Forget(alice);
            bob.Expect($"* {alice.Nick} quit: connection reset");
        }

        bob.Send("/who");
        bob.Expect($"* in {scene.Room}: @{bob.Nick}", $"* members of {scene.Room}: 1");
    }

    [Theory]
    [EveryIo]
    public void Fifty_clients_that_quit_at_once_are_each_told_of_once(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        var robot = scene.Frame("robot");
        var leavers = Enumerable.Range(0, 50).Select(_ => scene.Line("leaver")).ToList();
        leavers.ForEach(leaver => leaver.Send("last words", "/quit"));
        var heard = bob.ReadLines(100);
        foreach (var leaver in leavers)
        {
            var said = heard.IndexOf($"<{leaver.Nick}> last words");
            Assert.True(said >= 0 && heard.IndexOf($"* {leaver.Nick} quit") > said);
            var own = leaver.ReadLinesToEnd();
            Assert.Equal("* goodbye: you quit", own[^1]);
            Assert.All(own.SkipLast(1), line => Assert.Contains(line, heard));
        }

        var frames = Enumerable.Range(0, 100).Select(_ => robot.Read()).ToList();
        Assert.Equal(Enumerable.Range(53, 100), frames.Select(frame => (int)frame["seq"]!));
        bob.Send("/who");
        bob.Expect($"* in {scene.Room}: @{bob.Nick} {robot.Nick}", $"* members of {scene.Room}: 2");
    }

    [Theory]
    [EveryIo]
    public void Port_scan_and_unfinished_bytes_keep_nobody_waiting(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        var half = scene.Track(server.ConnectLines("auto"));
        half.SendBytes(System.Text.Encoding.ASCII.GetBytes(new string('x', 600)));
        var empty = scene.Track(server.ConnectFrames("auto"));
        empty.SendBytes(FrameClient.Header(0));
        var wrong = scene.Track(server.ConnectFrames());
        wrong.SendBytes(FrameClient.Header(0x7FFFFFFF));
        for (var i = 0; i < 500; i++)
        {
            server.ConnectLines(i % 2 == 0 ? "auto" : "line").Dispose();
            if (i % 100 == 0)
            {
                bob.Ping();
            }
        }

        // All are gone in the end but bob, the one with half a line and the one with an empty frame.
        string stats;
        var patience = new Patience();
        do
        {
            patience.Check("all but three are gone");
            bob.Send("/stats");
            stats = bob.ReadUntil(line => line.StartsWith("* clients ", StringComparison.Ordinal))[^1];
        }
        while (!stats.StartsWith("* clients 3,", StringComparison.Ordinal));
        half.Send("end", "/ping half");
        Assert.Contains("* pong half", half.ReadUntil(line => line == "* pong half"));
        empty.Sync();
    }
}
