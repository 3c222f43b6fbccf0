using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>
/// A disk without room: people go on talking, nobody is told that something is stored which is not, and it goes on when there is room.
/// </summary>
[Trait("run", "deep")]
public sealed class FullDiskTests
{
    [Theory]
    [EveryIo]
    public void Full_disk_is_told_and_talk_goes_on_until_there_is_room_again(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the length of files is limited by prlimit(1)");
        using var data = new DataFolder();
        JsonObject stored, afterwards;
        using (var server = ServerProcess.Start("--data", data.Path, "--io", io, "--flood", "off"))
        using (var scene = new Scene(server))
        {
            var (robot, alice) = (scene.Frame("robot"), scene.Line("alice"));
            robot.Sync();
            stored = Say(robot, "stored");
            Assert.Equal("ok", (string?)stored["type"]);
            alice.Expect($"<{robot.Nick}> stored");

            server.LimitFileSize(new FileInfo(data.Segments[^1]).Length + 10);
            var refused = Say(robot, "not stored");
            Assert.Equal(("error", "not_stored"), ((string?)refused["type"], (string?)refused["code"]));
            Assert.Equal((long)stored["seq"]! + 1, (long)refused["seq"]!);
            alice.Expect($"<{robot.Nick}> not stored");
            Assert.NotNull(server.Errors.WaitFor(line => line.Contains("THE DISK IS FULL", StringComparison.Ordinal)));

            server.LimitFileSize(null);
            var patience = new Patience();
            do
            {
                patience.Check("the disk has space again");
                afterwards = Say(robot, "again");
                alice.Expect($"<{robot.Nick}> again");
            }
            while ((string?)afterwards["type"] != "ok");
            server.Kill();
        }

        // What was refused is a hole: what came after it is there, and is not taken for what comes after the rest.
        using var restarted = ServerProcess.Start("--data", data.Path, "--io", io);
        var dump = Muxchat.Run(["journal", "check", data.Path]);
        Assert.Contains(", or a server is writing to it", string.Join('\n', dump.Output), StringComparison.Ordinal);
        var events = Muxchat.Run(["journal", "dump", data.Path]).Output.Where(line => line.Length > 0)
            .Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Contains(events, past => IsLine(past, "stored", stored));
        Assert.Contains(events, past => IsLine(past, "again", afterwards));
        Assert.DoesNotContain(events, past => (string?)past["text"] == "not stored");
    }

    [Fact]
    public void Stop_on_a_full_disk_ends_with_another_exit_code_and_says_how_much_is_not_stored()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the length of files is limited by prlimit(1)");
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path);
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        robot.Sync();
        server.LimitFileSize(new FileInfo(data.Segments[^1]).Length + 10);
        Assert.Equal("not_stored", (string?)Say(robot, "not stored")["code"]);
        server.Signal("TERM");
        Assert.Equal(3, server.WaitForExit());
        Assert.Matches("stopped, but [1-9][0-9]* events? of rooms could not be stored and got lost; the disk is full",
            server.Errors.Lines[^1]);
    }

    private static JsonObject Say(FrameClient robot, string text)
    {
        robot.Send($$"""{"type":"say","text":"{{text}}","id":"{{text}}"}""");
        return robot.ReadUntil(frame => (string?)frame["id"] == text)[^1];
    }

    private static bool IsLine(JsonObject past, string text, JsonObject answer) =>
        (string?)past["text"] == text && (long)past["seq"]! == (long)answer["seq"]!;
}
