using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Sharing;

/// <summary>A crash or a full disk: what was acknowledged is there, and nothing is half there.</summary>
public sealed class FileCrashTests
{
    [Fact]
    public void Kill_in_the_middle_of_uploads_leaves_the_acknowledged_files_and_nothing_else()
    {
        using var data = new DataFolder();
        var content = FileTalk.Content(50_000);
        long number;
        string room;
        using (var server = ServerProcess.Start("--data", data.Path))
        using (var scene = new Scene(server))
        {
            room = scene.Room;
            var (alice, carol) = (scene.Frame("alice"), scene.Frame("carol"));
            var half = FileTalk.Announce(carol, "half.bin", content);
            var chunks = FileTalk.Chunks((string)half["file"]!, content, 0, "last");
            carol.Send([.. chunks.Take(chunks.Count / 2)]);
            carol.Sync();
            number = (long)FileTalk.Share(alice, "whole.bin", content)
                .Single(static frame => (string?)frame["type"] == "shared")["number"]!;
            Assert.Equal([".file", ".part"], Directory.GetFiles(Path.Combine(data.Path, "files")).Select(Path.GetExtension).Order());
            server.Kill();
        }

        using var restarted = ServerProcess.Start("--data", data.Path);
        using var after = restarted.ConnectFrames();
        after.Send($$"""{"type":"join","room":"{{room}}"}""");
        after.Sync();
        after.Send("""{"type":"files","id":1}""");
        var list = after.Read();
        Assert.Equal(number, (long)Assert.Single(list["files"]!.AsArray())!["number"]!);
        after.Read();
        Assert.Equal(content, FileTalk.Get(after, number));
        after.Send("""{"type":"history","id":2}""");
        var events = after.ReadUntil(static frame => (int?)frame["id"] == 2)[0]["events"]!.AsArray();
        Assert.Single(events, static one => (string?)one!["type"] == "shared");
        Assert.Equal([".file"], Directory.GetFiles(Path.Combine(data.Path, "files")).Select(Path.GetExtension));
        Assert.Equal(0, (long)FileTalk.Announce(after, "half.bin", content)["offset"]!);
    }

    [Fact]
    public void Full_disk_is_an_answer_and_the_next_upload_works_when_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the length of files is limited by prlimit(1)");
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path);
        using var scene = new Scene(server);
        var (alice, bob) = (scene.Frame("alice"), scene.Frame("bob"));
        var content = FileTalk.Content(300_000);
        server.LimitFileSize(100_000);
        var upload = FileTalk.Announce(alice, "big.bin", content);
        var refused = FileTalk.SendRest(alice, upload, content, chunkBytes: 45_000)[^1];
        Assert.Equal(("error", "disk_full"), ((string?)refused["type"], (string?)refused["code"]));
        server.LimitFileSize(null);
        alice.Sync();
        bob.ExpectNothing();
        var told = FileTalk.Share(alice, "big.bin", content, chunkBytes: 45_000);
        Assert.Equal("ok", (string?)told[^1]["type"]);
        Assert.Equal(content, FileTalk.Get(bob, (long)bob.Read()["number"]!));
    }

    [Fact]
    public void Reader_that_stops_in_the_middle_of_a_file_keeps_its_connection_and_hears_the_chat_later()
    {
        using var server = ServerProcess.Start();
        using var scene = new Scene(server);
        var (alice, slow) = (scene.Frame("alice"), scene.Line("slow"));
        var content = FileTalk.Content(8_000_000);
        var number = (long)FileTalk.Share(alice, "film", content, chunkBytes: 45_000)
            .Single(static frame => (string?)frame["type"] == "shared")["number"]!;
        slow.Expect($"* {alice.Nick} shared film (8 MB): /get {number}");
        slow.Send($"/get {number}");

        // It does not read now. The others go on, and what they say is queued for it behind a small part of the file.
        for (var i = 0; i < 10; i++)
        {
            alice.Send($$"""{"type":"say","text":"line {{i}}"}""");
            alice.Sync();
        }

        slow.Send("/ping end");
        var lines = slow.ReadUntil(static line => line == "* pong end");
        Assert.Equal(content, lines.Where(static line => line.StartsWith("= ", StringComparison.Ordinal))
            .SelectMany(static line => Convert.FromBase64String(line[2..])));
        Assert.Equal(10, lines.Count(line => line.StartsWith($"<{alice.Nick}> line ", StringComparison.Ordinal)));
        Assert.True(lines.FindIndex(static line => line.Contains("line 9", StringComparison.Ordinal)) < lines.Count - 10_000,
            "the chat waits for the end of the file");
    }
}
