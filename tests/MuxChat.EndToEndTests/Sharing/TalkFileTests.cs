using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Sharing;

/// <summary>Files and commands in <c>muxchat talk</c>, through the built program.</summary>
public sealed class TalkFileTests
{
    [Fact]
    public void File_goes_from_talk_to_frames_and_lines_and_another_comes_back()
    {
        using var server = ServerProcess.Start("--max-file-mb", "8");
        using var scene = new Scene(server);
        using var folder = new DataFolder();
        var (alice, netty) = (scene.Frame("alice"), scene.Line("netty"));
        var (sent, own) = (FileTalk.Content(3_000_000), FileTalk.Content(200_000, seed: 2));
        var path = Path.Combine(folder.Path, "größe 1.bin");
        File.WriteAllBytes(path, sent);
        using var talk = Start(server, folder, "--room", scene.Room, "--nick", "bob");
        talk.TypeLine("/share " + path);
        var shared = alice.ReadUntil(static frame => (string?)frame["type"] == "shared")[^1];
        Assert.Equal(("bob", "größe 1.bin"), ((string?)shared["from"], (string?)shared["name"]));
        netty.Expect("* bob joined...", $"* bob shared größe 1.bin (3 MB): /get {shared["number"]}");
        Assert.Equal(sent, FileTalk.Get(alice, (long)shared["number"]!));

        FileTalk.Share(alice, "../evil.txt", own, chunkBytes: 45_000);
        Assert.NotNull(talk.Output.WaitFor(static line => line.Contains(" shared evil.txt (196 KB): /get 2", StringComparison.Ordinal)));
        File.WriteAllText(Path.Combine(folder.Path, "evil.txt"), "mine");
        talk.TypeLine("/get 2");
        talk.TypeLine("/files");
        talk.SendInput("/get 3\n");
        Assert.Equal(1, talk.WaitForExit());
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder.Path, "evil.txt")));
        Assert.Equal(own, File.ReadAllBytes(Path.Combine(folder.Path, "evil-2.txt")));
        Assert.Contains(talk.Output.Lines, static line => line.Contains("2 evil.txt (196 KB) by alice", StringComparison.Ordinal));
        Assert.Equal("muxchat: file 3 is not saved: there is no file 3 in your rooms: files lists them", talk.Errors.Lines[0]);
        Assert.Equal(["evil-2.txt", "evil.txt", "größe 1.bin"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void File_goes_from_talk_to_a_server_with_short_frames()
    {
        using var server = ServerProcess.Start("--max-frame-bytes", "4096");
        using var scene = new Scene(server);
        using var folder = new DataFolder();
        var alice = scene.Frame("alice");
        var sent = FileTalk.Content(100_000);
        File.WriteAllBytes(Path.Combine(folder.Path, "a.bin"), sent);
        using var talk = Start(server, folder, "--room", scene.Room, "--nick", "bob");
        talk.TypeLine("/share a.bin");
        var shared = alice.ReadUntil(static frame => (string?)frame["type"] == "shared")[^1];
        Assert.Equal(sent, FileTalk.Get(alice, (long)shared["number"]!));
    }

    [Fact]
    [Trait("run", "deep")]
    public void Upload_goes_on_after_a_restart_of_the_server()
    {
        using var data = new DataFolder();
        using var folder = new DataFolder();
        var content = FileTalk.Content(12_000_000);
        var path = Path.Combine(folder.Path, "large.bin");
        File.WriteAllBytes(path, content);
        var server = ServerProcess.Start("--data", data.Path);
        var port = server.EndPoint("auto").Port;
        using var talk = Start(server, folder, "--room", "files", "--nick", "bob");
        Assert.NotNull(talk.Output.WaitFor(static line => line.Contains("bob joined", StringComparison.Ordinal)));
        talk.TypeLine("/share " + path);
        var patience = new Patience();
        while (!Directory.EnumerateFiles(Path.Combine(data.Path, "files"), "*.part").Any())
        {
            patience.Check("the upload has begun");
        }

        server.Kill();
        server.Dispose();
        using var restarted = ServerProcess.Start("--data", data.Path, "--listen", $"auto://127.0.0.1:{port}");
        using var alice = restarted.ConnectFrames("auto");
        alice.Send("""{"type":"join","room":"#files"}""");
        var past = FileTalk.WaitForFile(alice, "#files");
        Assert.Equal(content, FileTalk.Get(alice, (long)past["number"]!));
    }

    [Fact]
    public void Command_of_the_admin_shows_its_output_and_its_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "commands work on Unix only");
        using var server = ServerProcess.Start("--command", "say=/bin/echo {[^-].*}*", "--command-for", "members");
        using var folder = new DataFolder();
        using var talk = Start(server, folder);
        talk.SendInput("/run\n/run say \"two words\" x\n/run nothing\n");
        Assert.Equal(1, talk.WaitForExit());
        Assert.Contains(talk.Output.Lines, static line => line.EndsWith(" | two words x", StringComparison.Ordinal));
        Assert.Contains(talk.Output.Lines, static line => line.EndsWith(" run say: exit 0", StringComparison.Ordinal));
        Assert.Contains(talk.Output.Lines, static line => line.Contains("/run say {[^-].*}*", StringComparison.Ordinal));
        Assert.Equal("muxchat: this command is not one that the server runs", talk.Errors.Lines[0]);
    }

    private static ProgramProcess Start(ServerProcess server, DataFolder folder, params string[] arguments)
    {
        var start = Muxchat.StartInfo(["talk", server.EndPoint("auto").ToString(), .. arguments]);
        start.RedirectStandardInput = true;
        start.WorkingDirectory = folder.Path;
        return new ProgramProcess(start);
    }
}
