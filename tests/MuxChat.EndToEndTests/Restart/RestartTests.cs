using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>A server with a journal, stopped or killed, and started again.</summary>
public sealed partial class RestartTests
{
    [Theory]
    [EveryIo]
    public void Acknowledged_lines_are_there_after_a_kill(string io)
    {
        using var data = new DataFolder();
        long epoch, last;
        using (var server = Start(data, io))
        using (var scene = new Scene(server))
        {
            var robot = scene.Frame("robot");
            robot.Send("""{"type":"join","room":"#kept"}""", """{"type":"say","room":"#kept","text":"first"}""");
            robot.Send("""{"type":"topic","room":"#kept","text":"kept topic"}""",
                """{"type":"say","room":"#kept","text":"second","id":"last"}""");
            var frames = robot.ReadUntil(frame => (string?)frame["id"] == "last");
            epoch = (long)frames.Single(frame => (string?)frame["type"] == "room" && (string?)frame["room"] == "#kept")["epoch"]!;
            last = (long)frames[^1]["seq"]!;
            Assert.Equal("ok", (string?)frames[^1]["type"]);
            server.Kill();
        }

        using var again = Start(data, io);
        using var after = new Scene(again);
        var back = after.Track(again.ConnectFrames());
        back.Send($$"""{"type":"resume","room":"#kept","epoch":{{epoch}},"after":1,"id":1}""");
        var told = back.ReadUntil(frame => (string?)frame["type"] == "ok");
        var missed = told.Single(frame => (string?)frame["type"] == "history")["events"]!.AsArray();
        Assert.Equal(
            [$"{epoch} 2 first", $"{epoch} 3 kept topic", $"{epoch} 4 second"],
            missed.Take(3).Select(past => $"{past!["epoch"]} {past["seq"]} {past["text"] ?? past["topic"]}"));
        Assert.Equal(4, last);
        var room = told.Single(frame => (string?)frame["type"] == "room" && (string?)frame["room"] == "#kept");
        Assert.Equal("kept topic", (string?)room["topic"]);
        Assert.True((long)room["seq"]! > last);

        // What came after the last acknowledgement may have been seen and lost: the numbers go on in another epoch.
        Assert.NotEqual(epoch, (long)room["epoch"]!);
        Assert.NotNull(again.Errors.WaitFor(line => line.Contains("last end unclean", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_said_behind_closed_doors_is_given_only_to_who_has_the_key_after_a_restart()
    {
        using var data = new DataFolder();
        using (var server = Start(data))
        using (var scene = new Scene(server))
        {
            var alice = scene.Line("alice");
            alice.Send("/join #closed", "before", "/mode +k sesame", "a secret", "/ping end");
            alice.ReadUntil(line => line == "* pong end");
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }

        using var again = Start(data);
        using var after = new Scene(again);
        var bob = after.Line("bob");
        bob.Send("/join #closed", "/history 20", "/ping end");
        bob.Expect("! #closed needs a key: ...", "* pong end");
        var robot = after.Frame("robot");
        robot.Send("""{"type":"join","room":"#closed","key":"sesame"}""", """{"type":"history","room":"#closed","id":1}""");
        var events = robot.ReadUntil(frame => (string?)frame["type"] == "ok")
            .Single(frame => (string?)frame["type"] == "history")["events"]!.AsArray();
        Assert.Contains(events, static past => (string?)past!["text"] == "a secret");
        robot.ExpectError("""{"type":"mode","room":"#closed","modes":"-k"}""", "not_room_operator");
    }

    [Fact]
    public void Clean_stop_keeps_the_epoch()
    {
        using var data = new DataFolder();
        JsonObject before;
        using (var server = Start(data))
        using (var scene = new Scene(server))
        {
            before = StateOf(scene.Track(server.ConnectFrames()));
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }

        using var again = Start(data);
        using var after = new Scene(again);
        var state = StateOf(after.Track(again.ConnectFrames()));
        Assert.Equal((long)before["epoch"]!, (long)state["epoch"]!);
        Assert.Equal((long)before["seq"]! + 1, (long)state["seq"]!);
    }

    [Fact]
    public void Newcomer_after_a_restart_is_shown_what_was_said_before()
    {
        using var data = new DataFolder();
        using (var server = Start(data))
        using (var scene = new Scene(server))
        {
            var alice = scene.Track(server.ConnectLines());
            alice.Send("/nick alice");
            alice.Send("before the restart");
            alice.Sync();
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }

        using var again = Start(data);
        using var bob = again.ConnectLines();
        Assert.Contains(bob.Ping(), line => line.EndsWith(" <alice> before the restart", StringComparison.Ordinal));
    }

    [Fact]
    public void Second_server_on_one_directory_is_refused()
    {
        using var data = new DataFolder();
        using var server = Start(data);
        var second = Muxchat.Run(["serve", "--listen", "line://127.0.0.1:0", "--data", data.Path]);
        Assert.Equal(1, second.ExitCode);
        Assert.Equal([$"muxchat: --data {data.Path}: another server uses the journal in {data.Path}"],
            second.Errors.Where(line => line.Length > 0));
        using var alice = server.ConnectLines();
        alice.Sync();
    }

    [Fact]
    [Trait("run", "deep")]
    public void Torn_end_is_cut_and_logged()
    {
        using var data = new DataFolder();
        using (var server = Start(data))
        using (var robot = server.ConnectFrames())
        {
            SayAndWait(robot, "kept", 1);
            SayAndWait(robot, "torn", 2);
            server.Kill();
        }

        using (var segment = File.OpenWrite(data.Segments[^1]))
        {
            segment.SetLength(segment.Length - 1);
        }

        using var again = Start(data);
        Assert.NotNull(again.Errors.WaitFor(line => line.Contains("off the end of " + data.Segments[^1], StringComparison.Ordinal)));
        using var bob = again.ConnectLines();
        var shown = bob.Ping();
        Assert.Contains(shown, line => line.EndsWith("> kept", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, line => line.EndsWith("> torn", StringComparison.Ordinal));
    }

    [Fact]
    public void Damage_in_the_middle_stops_the_start_until_it_is_repaired()
    {
        using var data = new DataFolder();
        using (var server = Start(data))
        using (var robot = server.ConnectFrames())
        {
            for (var i = 0; i < 5; i++)
            {
                SayAndWait(robot, "line", i);
            }

            server.Kill();
        }

        var bytes = File.ReadAllBytes(data.Segments[0]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(data.Segments[0], bytes);
        var start = Muxchat.Run(["serve", "--listen", "line://127.0.0.1:0", "--data", data.Path]);
        Assert.Equal(1, start.ExitCode);
        var error = Assert.Single(start.Errors, line => line.Length > 0);
        Assert.Contains($"{data.Segments[0]} is damaged at byte ", error, StringComparison.Ordinal);
        Assert.Contains("muxchat journal repair", error, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(data.Segments[0]));

        AssertEnds(1, "damaged: a server would not start; repair keeps every whole record", "check", data);
        AssertEnds(0, "repaired", "repair", data);
        AssertEnds(0, "whole", "check", data);
        using var again = Start(data);
        using var bob = again.ConnectLines();
        bob.Sync();
    }

    [Fact]
    public void Directory_that_cannot_be_made_is_told()
    {
        using var data = new DataFolder();
        var file = Path.Combine(data.Path, "file");
        File.WriteAllText(file, "");
        var run = Muxchat.Run(["serve", "--listen", "line://127.0.0.1:0", "--data", Path.Combine(file, "below")]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"muxchat: --data {file}/below: ", Assert.Single(run.Errors, line => line.Length > 0), StringComparison.Ordinal);
    }

    private const string Tags = "message-tags echo-message draft/message-redaction batch draft/chathistory";

    private static string IdOf(string line) => line["@msgid=".Length..line.IndexOf(' ', StringComparison.Ordinal)];

    private static ServerProcess Start(DataFolder data, string io = "auto") => ServerProcess.Start("--data", data.Path, "--io", io);

    private static void SayAndWait(FrameClient robot, string text, int id)
    {
        robot.Send($$"""{"type":"say","text":"{{text}}","id":{{id}}}""");
        robot.ReadUntil(frame => (string?)frame["type"] == "ok");
    }

    private static JsonObject StateOf(FrameClient client)
    {
        client.Send("""{"type":"topic"}""", """{"type":"ping","token":"state"}""");
        return client.ReadUntil(frame => (string?)frame["token"] == "state").Last(frame => (string?)frame["type"] == "room");
    }

    private static void AssertEnds(int exitCode, string lastLine, string command, DataFolder data)
    {
        var run = Muxchat.Run(["journal", command, data.Path]);
        Assert.Equal((exitCode, lastLine), (run.ExitCode, run.Output.Last(line => line.Length > 0)));
    }
}
