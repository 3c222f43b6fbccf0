using MuxChat.Terminal.Session;
using MuxChat.Terminal.Talking;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Files that cannot be shared as they were: the client says so and goes on.</summary>
public sealed class SharingTests : SessionPlay, IDisposable
{
    private const int ManyChunks = 300_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("muxshare").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void File_that_becomes_shorter_while_it_is_sent_is_given_up()
    {
        Enter(epoch: 7, seq: 1);
        var path = Write(ManyChunks);
        Session.Transfers.Share("#tea", path);
        Receive("""{"type":"upload","file":"F","offset":0}""");
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(1);
        }

        Receive("""{"type":"ok","id":"5"}""");
        Assert.Equal("""{"type":"cancel","file":"F"}""", Sent[^1]);
        Assert.Equal((LineKind.Error, "a.bin is not shared: it has become shorter meanwhile"), (Shown[^1].Kind, Shown[^1].Text));
        Assert.Equal(0, Session.Transfers.Count);
    }

    [Theory]
    [InlineData("/dev/null", "it is no regular file")]
    [InlineData("/", "it is no regular file")]
    [InlineData("/nowhere/a", "Could not find")]
    public void What_is_no_regular_file_is_refused_before_it_is_opened(string path, string says)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Share("#tea", path);
        Assert.StartsWith($"cannot share {path}: {says}", Shown[^1].Text, StringComparison.Ordinal);
        Assert.Equal(0, Session.Transfers.Count);
    }

    [Fact]
    public void Saved_file_has_a_name_that_controls_no_terminal()
    {
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Get("#tea", 1, _directory);
        Receive("""
            {"type":"file","name":"\u200B.a\u001b[2J\nb\u202Etxt.exe","size":0,
            "sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
            """, """{"type":"ok","id":"4"}""");
        Assert.Equal(["a\uFFFD[2J\uFFFDb\uFFFDtxt.exe"], Directory.GetFiles(_directory).Select(Path.GetFileName));
    }

    [Fact]
    public void File_is_hashed_elsewhere_and_asked_for_when_that_is_done_and_the_client_is_in_the_room()
    {
        var work = new List<Func<Action>>();
        var session = BeginWith(work.Add);
        session.Transfers.Share("#tea", Write(1));
        var asked = Sent.Count;
        var then = Assert.Single(work)();
        session.Closed();
        then();
        Assert.Equal(asked, Sent.Count);
        session.Opened(request => Sent.Add(System.Text.Encoding.UTF8.GetString(request)));
        session.Receive(System.Text.Json.JsonElement.Parse("""{"type":"welcome","nick":"guest-1","room":"#lobby"}"""));
        session.Transfers.Entered(session.Find("#tea")!);
        Assert.Contains("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Sent[^1], StringComparison.Ordinal);
        Assert.Single(work);
    }

    [Fact]
    public void Second_error_for_a_file_that_was_refused_changes_nothing()
    {
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Share("#tea", Write(ManyChunks));
        Receive("""{"type":"upload","file":"F","offset":0}""", """{"type":"error","id":"5","message":"busy"}""",
            """{"type":"error","id":"4","message":"busy"}""", """{"type":"error","id":"6","message":"busy"}""");
        Assert.Equal("a.bin is not shared: busy", Assert.Single(Shown, static line => line.Kind == LineKind.Error).Text);
        Assert.Equal(0, Session.Transfers.Count);
    }

    [Fact]
    public void Upload_that_was_not_asked_for_sends_nothing_of_a_file_that_is_being_hashed()
    {
        var work = new List<Func<Action>>();
        var session = BeginWith(work.Add);
        session.Transfers.Share("#tea", Write(1));
        var asked = Sent.Count;
        session.Receive(System.Text.Json.JsonElement.Parse("""{"type":"upload","file":"F","offset":0}"""));
        Assert.Equal(asked, Sent.Count);
        Assert.Single(work)()();
        Assert.StartsWith("""{"type":"share",""", Sent[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Place_outside_the_file_ends_its_upload(long offset)
    {
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Share("#tea", Write(3));
        Receive($$"""{"type":"upload","file":"F","offset":{{offset}}}""");
        Assert.Equal("""{"type":"cancel","file":"F"}""", Sent[^1]);
        Assert.Equal("a.bin is not shared: the server asks for bytes that it does not have", Shown[^1].Text);
        Assert.Equal(0, Session.Transfers.Count);
    }

    [Theory]
    [InlineData("""{"type":"upload","file":"F","offset":3}""", "ok", "")]
    [InlineData("""{"type":"upload","file":"F","offset":3}""", "error", "a.bin is not shared: wrong hash")]
    [InlineData("""{"type":"pong"}""", "ok", "a.bin is not shared: the server does not say where to begin")]
    public void Answer_to_share_is_the_result_if_no_bytes_are_wanted(string before, string answer, string says)
    {
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Share("#tea", Write(3));
        Receive(before);
        Assert.Equal(1, Session.Transfers.Count);
        Assert.StartsWith("""{"type":"share",""", Sent[^1], StringComparison.Ordinal);
        Receive($$"""{"type":"{{answer}}","id":"4","message":"wrong hash"}""");
        Assert.Equal(says, string.Concat(Shown.Where(static line => line.Kind == LineKind.Error).Select(static line => line.Text)));
        Assert.Equal(0, Session.Transfers.Count);
    }

    [Fact]
    public void Client_that_ends_names_the_files_that_are_not_shared()
    {
        var work = new List<Func<Action>>();
        var session = BeginWith(work.Add);
        session.Transfers.Share("#tea", Write(3));
        var asked = Sent.Count;
        Assert.Equal(["a.bin is not shared: this client ended before"], session.Transfers.Stop());

        // The thread that hashes it has not noticed.
        Assert.Single(work)()();
        Assert.Equal(asked, Sent.Count);
    }

    [Fact]
    public void File_that_cannot_be_shared_makes_the_exit_code_1()
    {
        var front = new PlainFront(Session, new LineInput(Stream.Null, static _ => { }), TextWriter.Null, TextWriter.Null);
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Share("#tea", Path.Combine(_directory, "nowhere"));
        front.Take(new TalkInput.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM));
        Assert.Equal(1, front.ExitCode);
    }

    private string Write(int bytes)
    {
        var path = Path.Combine(_directory, "a.bin");
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }

    // A session that has been welcomed, whose long work waits for the test.
    private ChatSession BeginWith(Action<Func<Action>> work)
    {
        var session = new ChatSession(new SessionOptions { Rooms = ["#tea"], Work = work }, static (_, _) => { }, Time);
        session.Opened(request => Sent.Add(System.Text.Encoding.UTF8.GetString(request)));
        session.Receive(System.Text.Json.JsonElement.Parse("""{"type":"welcome","nick":"guest-1","room":"#lobby"}"""));
        return session;
    }
}
