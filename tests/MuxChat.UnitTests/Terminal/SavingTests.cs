using System.Runtime.InteropServices;
using MuxChat.Terminal.Session;
using MuxChat.Terminal.Talking;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Files that are saved: their bytes are in the folder under their name, or nothing is.</summary>
public sealed class SavingTests : SessionPlay, IDisposable
{
    private const string HashOfHello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private const int LongestName = 255;

    private readonly string _directory = Directory.CreateTempSubdirectory("muxsave").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("n")]
    [InlineData("\u00E9")]
    public void Longest_name_that_the_server_allows_is_saved(string character)
    {
        var name = string.Concat(Enumerable.Repeat(character, LongestName / System.Text.Encoding.UTF8.GetByteCount(character)));
        Ask();
        Receive(Announce(5, name), Chunk("hello"), """{"type":"ok","id":"4"}""");
        Assert.Equal([name], Files());
        Assert.Equal("hello", File.ReadAllText(Path.Combine(_directory, name)));
    }

    [Fact]
    public void More_bytes_than_were_announced_end_it_at_once()
    {
        Ask();
        Receive(Announce(4, "a.txt"), Chunk("hello"));
        Assert.Equal(LineKind.Error, Shown[^1].Kind);
        Assert.Equal("file 1 is not saved: the server sent more bytes than it announced", Shown[^1].Text);
        Assert.Equal((0, 0), (Session.Transfers.Count, Files().Length));
        Receive(Chunk("hello"), """{"type":"ok","id":"4"}""");
        Assert.Empty(Files());
    }

    [Fact]
    public void Answer_without_bytes_is_not_asked_for_again()
    {
        Ask();
        Receive(Announce(5, "a.txt"), Chunk("he"), """{"type":"ok","id":"4"}""");
        Assert.Equal("""{"type":"get","number":1,"offset":2,"id":"5"}""", Sent[^1]);
        Receive("""{"type":"ok","id":"5"}""");
        Assert.Equal("file 1 is not saved: the server sent 2 of 5 bytes, and then nothing", Shown[^1].Text);
        Assert.Equal((0, 0), (Session.Transfers.Count, Files().Length));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Client_that_ends_leaves_no_part_of_a_file_and_says_so(bool isSignal)
    {
        using var errors = new StringWriter();
        var front = new PlainFront(Session, new LineInput(Stream.Null, static _ => { }), TextWriter.Null, errors);
        Ask();
        Session.Transfers.Get("#tea", 2, _directory);
        Receive(Announce(5, "a.txt"), Chunk("he"));
        Assert.Single(Files());
        front.Take(isSignal ? new TalkInput.Signal(PosixSignal.SIGTERM) : new TalkInput.Line("/quit"));
        front.Refresh();
        Time.Advance(PlainFront.GoodbyeTime);
        front.Refresh();
        Assert.Equal(1, front.ExitCode);
        Assert.Empty(Files());
        Assert.Equal("muxchat: file 1 is not saved: this client ended before\nmuxchat: file 2 is not saved: this client ended before\n",
            errors.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void File_that_is_not_saved_makes_the_exit_code_1()
    {
        var front = new PlainFront(Session, new LineInput(Stream.Null, static _ => { }), TextWriter.Null, TextWriter.Null);
        Ask();
        Receive("""{"type":"error","id":"4","code":"unknown_file","message":"there is no file 1"}""");
        front.Take(new TalkInput.Signal(PosixSignal.SIGTERM));
        Assert.Equal(1, front.ExitCode);
    }

    private void Ask()
    {
        Enter(epoch: 7, seq: 1);
        Session.Transfers.Get("#tea", 1, _directory);
    }

    private string?[] Files() => [.. Directory.GetFiles(_directory).Select(Path.GetFileName)];

    private static string Announce(int size, string name) =>
        $$"""{"type":"file","name":"{{name}}","size":{{size}},"sha256":"{{HashOfHello}}"}""";

    private static string Chunk(string text) =>
        $$"""{"type":"chunk","offset":0,"data":"{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))}}"}""";
}
