using System.Text.Json.Nodes;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Sharing;

/// <summary>A file shared in a room arrives whole or not at all, whatever each member talks with.</summary>
public sealed class ShareTests
{
    [Fact]
    public void File_arrives_whole_on_frames_and_lines_and_is_announced_once_on_every_protocol()
    {
        using var server = ServerProcess.Start();
        using var scene = new Scene(server);
        var (alice, bob, netty) = (scene.Frame("alice"), scene.Frame("bob"), scene.Line("netty"));
        var iris = scene.Track(server.ConnectIrc("auto").LogIn(Scene.NewNick("iris")));
        iris.Send("JOIN " + scene.Room);
        iris.Sync();
        alice.Sync();
        bob.Sync();
        netty.Sync();
        var content = FileTalk.Content(150_000);
        var told = FileTalk.Share(alice, "report.pdf", content, chunkBytes: 45_000);
        var shared = Assert.Single(told, static frame => (string?)frame["type"] == "shared");
        Assert.Equal(("ok", (long)shared["seq"]!), ((string)told[^1]["type"]!, (long)told[^1]["seq"]!));
        Assert.Equal(FileTalk.Sha256(content), (string?)shared["sha256"]);
        var number = (long)shared["number"]!;

        Assert.Equal(shared.ToJsonString(), bob.Read().ToJsonString());
        netty.Expect($"* {alice.Nick} shared report.pdf (147 KB): /get {number}");
        var notice = iris.Read();
        Assert.Matches($"^:{alice.Nick}![^ ]* NOTICE {scene.Room} :shared report\\.pdf \\(147 KB\\)", notice);
        Assert.All(new WireClient[] { alice, bob, netty, iris }, static one => one.Sync());

        Assert.Equal(content, FileTalk.Get(bob, number));
        netty.Send($"/get {number}");
        var lines = netty.ReadUntil(static line => line == "* end of the file");
        Assert.Equal($"* report.pdf, 150000 bytes, sha256 {FileTalk.Sha256(content)}", lines[0]);
        Assert.StartsWith("* link: ", lines[1], StringComparison.Ordinal);
        Assert.Equal(content, lines.Where(static line => line.StartsWith("= ", StringComparison.Ordinal))
            .SelectMany(static line => Convert.FromBase64String(line[2..])));
        netty.Send("/files");
        netty.Expect($"* {number} report.pdf (147 KB) by {alice.Nick}", $"* files of {scene.Room}: 1");
    }

    [Fact]
    public void Upload_that_its_client_cancels_gives_its_place_back()
    {
        using var server = ServerProcess.Start();
        using var scene = new Scene(server);
        var (alice, bob) = (scene.Frame("alice"), scene.Frame("bob"));
        alice.Sync();
        var uploads = Enumerable.Range(0, 4).Select(seed => FileTalk.Announce(alice, "a.bin", FileTalk.Content(3000, seed))).ToArray();
        Assert.Equal("busy", (string?)FileTalk.Announce(alice, "b.bin", FileTalk.Content(10))["code"]);
        var file = (string)uploads[2]["file"]!;
        Assert.Equal("unknown_file", AnswerTo(bob, "cancel", file));
        Assert.Null(AnswerTo(alice, "cancel", file));
        Assert.Equal("unknown_file", AnswerTo(alice, "cancel", file));
        Assert.Equal("unknown_file", AnswerTo(alice, "chunk", file));
        var told = FileTalk.Share(alice, "b.bin", FileTalk.Content(10));
        Assert.Equal("ok", (string?)told[^1]["type"]);
    }

    // The code of the error, or null for ok.
    private static string? AnswerTo(FrameClient client, string type, string file)
    {
        client.Send($$"""{"type":"{{type}}","file":"{{file}}","offset":0,"data":"","id":"a"}""");
        return (string?)client.ReadUntil(static frame => (string?)frame["id"] == "a")[^1]["code"];
    }

    [Fact]
    [Trait("run", "deep")]
    public void Upload_that_is_cut_anywhere_goes_on_and_nothing_is_told_before_it_is_whole()
    {
        using var server = ServerProcess.Start("--flood", "off");
        using var scene = new Scene(server);
        var bob = scene.Frame("bob");
        var content = FileTalk.Content(3000);
        var wire = FileTalk.Chunks(new string('0', 32), content, 0, "last", chunkBytes: 300).Sum(static one => one.Length + 4);
        for (var cut = 0; cut <= wire; cut += 100)
        {
            content[0]++;
            using (var broken = scene.Frame("broken"))
            {
                var begun = FileTalk.Announce(broken, "cut.bin", content);
                var bytes = FileTalk.Chunks((string)begun["file"]!, content, 0, "last", chunkBytes: 300).SelectMany(FrameClient.Frame);
                broken.SendBytes([.. bytes.Take(cut)]);
                scene.Forget(broken);
                if (cut % 200 == 0)
                {
                    broken.Reset();
                }
            }

            var alice = scene.Frame("alice");
            var upload = FileTalk.Announce(alice, "cut.bin", content);
            if ((string?)upload["type"] == "upload")
            {
                AssertResumes(upload, cut);
                var told = FileTalk.SendRest(alice, upload, content);
                Assert.Equal("ok", (string?)told[^1]["type"]);
            }

            var shared = bob.ReadUntil(static frame => (string?)frame["type"] == "shared")[^1];
            Assert.Equal(content, FileTalk.Get(bob, (long)shared["number"]!));
            bob.Sync();
            scene.Forget(alice);
            alice.Dispose();
        }
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\\\Windows\\\\win.ini", "win.ini")]
    [InlineData("invoice\\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("a\\u0000b\\nc\\u001b[2J.txt", "ab c[2J.txt")]
    [InlineData(".hidden", "hidden")]
    [InlineData("...", "file")]
    [InlineData(" ", "file")]
    [InlineData("<script>.svg", "_script_.svg")]
    public void Name_that_is_evil_is_cleaned(string given, string shown)
    {
        using var server = ServerProcess.Start();
        using var scene = new Scene(server);
        var alice = scene.Frame("alice");
        alice.Send($$"""{"type":"share","name":"{{given}}","size":0}""");
        Assert.Equal(shown, (string?)alice.Read()["name"]);
        Assert.Equal(shown, (string?)alice.Read()["name"]);
    }

    [Fact]
    public void Name_that_is_too_long_is_cut_and_one_that_is_missing_is_an_error()
    {
        using var server = ServerProcess.Start();
        using var scene = new Scene(server);
        var alice = scene.Frame("alice");
        var upload = FileTalk.Announce(alice, new string('世', 100) + ".tar.gz", []);
        var name = (string)upload["name"]!;
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(name) is > 250 and <= 255, name);
        Assert.EndsWith("世.gz", name, StringComparison.Ordinal);
        alice.Sync();
        alice.ExpectError("""{"type":"share","size":1}""", "missing_field");
        alice.ExpectError("""{"type":"share","name":"","size":1}""", "missing_field");
        alice.ExpectError("""{"type":"share","name":"a"}""", "missing_field");
        alice.ExpectError("""{"type":"share","name":"a","size":-1}""", "bad_field");
        alice.ExpectError("""{"type":"share","name":"a","size":16777217}""", "file_too_large");
        alice.ExpectError("""{"type":"share","name":"a","size":1,"sha256":"abc"}""", "bad_field");
    }

    [Fact]
    public void Wrong_hash_is_an_error_and_nothing_is_shared()
    {
        using var server = ServerProcess.Start();
        using var scene = new Scene(server);
        var (alice, bob) = (scene.Frame("alice"), scene.Frame("bob"));
        var content = FileTalk.Content(25_000);
        var upload = FileTalk.Announce(alice, "a", content, sha256: FileTalk.Sha256([1]));
        var told = FileTalk.SendRest(alice, upload, content);
        Assert.Equal(("error", "wrong_hash"), ((string?)told[^1]["type"], (string?)told[^1]["code"]));
        bob.ExpectNothing();
        bob.ExpectError("""{"type":"get","number":1}""", "unknown_file");
        bob.Send("""{"type":"files"}""");
        Assert.Equal(0, (int?)bob.Read()["total"]);
        Assert.Equal("ok", (string?)FileTalk.Share(alice, "a", content)[^1]["type"]);
    }

    private static void AssertResumes(JsonObject upload, int cut)
    {
        var offset = (long)upload["offset"]!;
        Assert.True(offset % 300 == 0 && offset <= cut, $"cut at {cut}: goes on at {offset}");
    }
}
