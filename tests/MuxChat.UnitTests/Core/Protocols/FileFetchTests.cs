using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using MuxChat.UnitTests.Core.Chat.Files;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>Lists and contents of files on frames and lines.</summary>
public sealed class FileFetchTests : FileFlow
{
    public FileFetchTests()
        : base(hasJournal: false, new ClientLimits())
    {
    }

    [Fact]
    public void Person_lists_and_gets_a_file_in_lines_of_base64()
    {
        var (ann, bob) = (_chat.StartFrame(), _chat.StartLine());
        ann.ReadFrames();
        var content = Bytes.Random(new Random(4), 160_000);
        Send(ann, content);
        bob.ReadLines();
        bob.Say("/files\n");
        Assert.Equal(["* 1 a.txt (157 KB) by guest-1", "* files of #lobby: 1"], ReadAllLines(bob));
        bob.Say("/get 1\n");
        var lines = ReadAllLines(bob);
        Assert.Equal($"* a.txt, 160000 bytes, sha256 {Convert.ToHexStringLower(FileFixture.Sha256(content).Value)}", lines[0]);
        Assert.Equal("* link: /files/00000000000000000000000000000001/a.txt", lines[1]);
        Assert.Equal("* end of the file", lines[^1]);
        var body = lines[2..^1];
        Assert.All(body[..^1], static line => Assert.Equal(78, line.Length));
        Assert.InRange(body[^1].Length, 3, 78);
        Assert.Equal(content, body.SelectMany(static line => Convert.FromBase64String(line[2..])));
    }

    [Theory]
    [InlineData("""{"type":"get","number":1,"offset":6}""", "bad_field")]
    [InlineData("""{"type":"get","number":2}""", "unknown_file")]
    [InlineData("""{"type":"get"}""", "missing_field")]
    [InlineData("""{"type":"get","file":"00000000000000000000000000000009"}""", "unknown_file")]
    [InlineData("""{"type":"files","room":"#none"}""", "unknown_room")]
    public void Request_for_what_is_not_there_is_refused(string request, string code)
    {
        var ann = _chat.StartFrame();
        Send(ann, "hello"u8.ToArray());
        ann.SayFrame(request);
        Assert.Equal(code, (string)Assert.Single(ReadAll(ann))["code"]!);
    }

    [Fact]
    public void File_that_is_not_there_names_the_command_of_the_protocol()
    {
        var (ann, bob) = (_chat.StartFrame(), _chat.Start(_chat.Line));
        ann.SayFrame("""{"type":"get","number":7}""");
        Assert.Equal("there is no file 7 in your rooms: files lists them", (string)ReadAll(ann)[^1]["message"]!);
        bob.ReadLines();
        bob.Say("/get 7\n");
        Assert.Equal("! there is no file 7 in your rooms: /files lists them", bob.ReadLines()[^1]);
    }

    [Fact]
    public void Part_at_the_end_of_a_file_is_one_empty_chunk()
    {
        var ann = _chat.StartFrame();
        Send(ann, "hello"u8.ToArray());
        ann.SayFrame("""{"type":"get","number":1,"offset":5}""");
        var frames = ReadAll(ann);
        Assert.Equal(["file", "chunk"], frames.Select(TypeOf));
        Assert.Equal((0, ""), ((int)frames[0]["length"]!, (string)frames[1]["data"]!));
    }

    [Fact]
    public void File_that_goes_while_it_is_fetched_ends_with_an_error()
    {
        var ann = _chat.StartFrame();
        var content = new byte[300_000];
        Send(ann, content);
        _store.IsHeld = true;
        ann.SayFrame("""{"type":"get","number":1,"id":7}""");
        _store.Delete(new FileId(1));
        _store.IsHeld = false;
        var frames = ReadAll(ann);
        Assert.Equal(["file", "error"], frames.Select(TypeOf));
        Assert.Equal(("unknown_file", 7), ((string)frames[1]["code"]!, (int)frames[1]["id"]!));
        Assert.Equal(0, _chat.Hub.Files.DownloadCount);
    }

    [Fact]
    public void Client_that_goes_while_it_fetches_leaves_no_download()
    {
        var ann = _chat.StartFrame();
        Send(ann, new byte[300_000]);
        _store.IsHeld = true;
        ann.SayFrame("""{"type":"get","number":1}""");
        Assert.Equal(1, _chat.Hub.Files.DownloadCount);
        ann.Break();
        Assert.Equal(0, _chat.Hub.Files.DownloadCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Client_that_takes_nothing_is_closed_and_one_that_takes_a_little_is_not(bool isLine)
    {
        Send(_chat.StartFrame(), new byte[300_000]);
        var bob = isLine ? _chat.StartLine() : _chat.StartFrame();
        bob.Feed(isLine ? Bytes.Utf8("/get 1\n") : Bytes.Frame("""{"type":"get","number":1}"""));
        Collect(bob);
        for (var minute = 0; minute < 10; minute++)
        {
            bob.Recipient.Outbox.Consume(1);
            _chat.Advance(OutputProgress.LookMs);
            bob.Client.OnDeadline();
            Assert.Equal(CloseReason.None, bob.Client.Ending);
        }

        _chat.Advance(OutputProgress.LookMs - 1);
        bob.Client.OnDeadline();
        Assert.Equal((CloseReason.None, 1), (bob.Client.Ending, _chat.Hub.Files.DownloadCount));
        _chat.Advance(1);
        bob.Client.OnDeadline();
        Assert.Equal((CloseReason.SlowConsumer, 0), (bob.Client.Ending, _chat.Hub.Files.DownloadCount));
    }

    [Fact]
    public void Time_that_the_disk_needs_does_not_count_against_the_client()
    {
        Send(_chat.StartFrame(), new byte[300_000]);
        var bob = _chat.StartLine();
        _store.IsHeld = true;
        bob.Say("/get 1\n");
        bob.Read();
        _chat.Advance(OutputProgress.LookMs * 10);
        bob.Client.OnDeadline();
        Assert.Equal(CloseReason.None, bob.Client.Ending);
        _store.IsHeld = false;
        Assert.Equal("* end of the file", ReadAllLines(bob)[^1]);
    }

    [Fact]
    public void Client_whose_answer_is_no_file_has_no_such_deadline()
    {
        var bob = _chat.StartLine();
        bob.Say("/files\n");
        Assert.Equal(long.MaxValue, bob.Client.NextDeadlineMs);
    }

    private void Collect(ProtocolConnectionFixture.Talk of)
    {
        for (var tick = 0; tick < 5; tick++)
        {
            _chat.Hub.Files.Collect();
            _chat.Advance(1);
            of.Resume();
        }
    }
}
