using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Web.OtherClients;

/// <summary>
/// WebSocket clients and HTTP clients that others have written: npm's ws, the websockets library of Python, and curl. They talk in one room
/// with a client on lines and a client of IRC.
/// </summary>
[Trait("run", "deep")]
public sealed class OtherClientTests(WebTableServer server)
{
    private const string Folder = "tests/MuxChat.EndToEndTests/Web/OtherClients";

    private static readonly Dictionary<string, string> Utf8 = new() { ["PYTHONIOENCODING"] = "utf-8", ["PYTHONDONTWRITEBYTECODE"] = "1" };

    // Debian's packages are for Debian's Python, which need not be the first in PATH.
    private static readonly Lazy<string?> Python = new(static () => ((string[])["python3", "/usr/bin/python3"])
        .FirstOrDefault(static one => (Programs.IsInPath(one) || File.Exists(one))
            && ProgramRun.Of(Programs.Command([one, "-c", "import websockets"]), Guard.Ms).ExitCode == 0));

    [Fact]
    public void Client_of_npm_talks_with_everyone_in_a_room()
    {
        Assert.SkipUnless(Programs.IsInPath("node") && Programs.IsInPath("npm"), "PATH has no node or no npm");
        using var folder = new DataFolder();
        foreach (var file in (string[])["package.json", "package-lock.json", "ws.mjs"])
        {
            File.Copy(PathOf(file), Path.Combine(folder.Path, file));
        }

        var fetched = ProgramRun.Of(Programs.Command(["npm", "ci", "--prefix", folder.Path]), Guard.Ms);
        Assert.SkipUnless(fetched.ExitCode == 0, $"npm cannot fetch the package ws: {fetched}");
        PlayInARoom("node", Path.Combine(folder.Path, "ws.mjs"));
    }

    [Fact]
    public void Client_of_Python_talks_with_everyone_in_a_room()
    {
        Assert.SkipWhen(Python.Value is null, "no python3 has the library websockets");
        PlayInARoom(Python.Value!, PathOf("websockets_client.py"));
    }

    [Theory]
    [InlineData("identity", "200 ", "--http1.1")]
    [InlineData("gzip", "200 gzip", "--compressed", "-H", "Accept-Encoding: gzip")]
    [InlineData("br", "200 br", "--compressed", "-H", "Accept-Encoding: br")]
    public void Curl_gets_the_page_in_each_coding(string coding, string shown, params string[] arguments)
    {
        Assert.Equal([.. Lines(WebPage.Identity), shown],
            Curl(["-w", "\n%{http_code} %header{content-encoding}", .. arguments]).Select(static line => line.TrimEnd('\r')));
        Assert.NotEmpty(server.Page.ContentOf(coding));
    }

    [Fact]
    public void Curl_asks_again_with_the_tag_and_gets_nothing()
    {
        using var folder = new DataFolder();
        var tag = Path.Combine(folder.Path, "tag");
        Assert.Equal("200", Curl("-o", Path.Combine(folder.Path, "page"), "-w", "%{http_code}", "--etag-save", tag).Single());
        Assert.Equal("304 0", Curl("-w", "%{http_code} %{size_download}", "--etag-compare", tag).Single());
    }

    [Fact]
    public void Curl_reads_a_head_without_a_body()
    {
        var lines = Curl("--head");
        Assert.Equal("HTTP/1.1 200 OK", lines[0].TrimEnd('\r'));
        var length = $"Content-Length: {server.Page.ContentOf(WebPage.Identity).Length}";
        Assert.Contains(length, lines.Select(static line => line.TrimEnd('\r')));
    }

    [Fact]
    public void Curl_keeps_its_connection_for_three_requests() =>
        Assert.Equal(["200 1", "200 0", "200 0"],
            Curl("-o", "/dev/null", "-w", "%{http_code} %{num_connects}\n", Page, "-o", "/dev/null", Page, "-o", "/dev/null"));

    private string Page => $"http://{server.Process.EndPoint("auto")}/";

    private static string PathOf(string file) => Path.Combine(Repository.Root, Folder, file);

    private void PlayInARoom(string program, string file)
    {
        using var scene = new Scene(server.Process);
        var alice = scene.Line("alice");
        using var ira = new IrcClient(server.Process.Address("auto"));
        ira.LogIn(Scene.NewNick("ira"));
        ira.Send($"JOIN {scene.Room}");
        ira.Sync();
        alice.Sync();
        var nick = Scene.NewNick("web");
        using var client = new ProgramProcess(Programs.Command(
            [program, file, $"ws://{server.Process.EndPoint("auto")}/ws", nick, scene.Room], Utf8));
        alice.Expect($"* {nick} joined {scene.Room}", $"<{nick}> hello 👋", $"<{nick}> {new string('x', 4096)}",
            $"<{nick}> one letter a fragment");
        ira.Send($"PRIVMSG {scene.Room} :hello, web");
        alice.Expect($"<{ira.Nick}> hello, web");
        Assert.True(client.WaitForExit() == 0 && client.Errors.Lines.Count == 0, client.Describe());
        Assert.Equal(
            ["subprotocol json.muxchat, extensions \"\"", "pong of JSON large", "pong abc", $"{ira.Nick}: hello, web",
                "closed 4001 \"\"", ":muxchat.local PONG muxchat.local :a", "closed 1003 \"this subprotocol has text messages\"",
                ":muxchat.local PONG muxchat.local :b true", "closed 1000 \"\""],
            client.Output.Lines);
        alice.Expect($"* {nick} quit...");
        Assert.Contains(ira.Ping(), line => line.Contains($":{nick}!", StringComparison.Ordinal)
            && line.EndsWith($"PRIVMSG {scene.Room} :one letter a fragment", StringComparison.Ordinal));
    }

    private string[] Lines(string coding) => System.Text.Encoding.UTF8.GetString(server.Page.ContentOf(coding)).Split('\n');

    private IReadOnlyList<string> Curl(params string[] arguments)
    {
        Assert.SkipUnless(Programs.IsInPath("curl"), "PATH has no curl");
        var run = ProgramRun.Of(Programs.Command(["curl", "--silent", "--show-error", .. arguments, Page]), Guard.Ms);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }
}
