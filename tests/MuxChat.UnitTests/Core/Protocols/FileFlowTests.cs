using System.Globalization;
using System.Text.Json.Nodes;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Testing.Files;
using MuxChat.UnitTests.Core.Chat.Files;
using MuxChat.UnitTests.Core.Chat.History;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>Files on frames and lines, from the client's bytes to the client's bytes, over the production store.</summary>
public sealed class FileFlowTests
{
    private const int ChunkBytes = 45_000;

    private readonly ProtocolConnectionFixture _chat;
    private readonly ImmediateFileStore _store;
    private readonly FakeJournal _journal = new();
    private ulong _ids;

    public FileFlowTests()
        : this(hasJournal: false, new ClientLimits())
    {
    }

    private FileFlowTests(bool hasJournal, ClientLimits limits)
    {
        _chat = new ProtocolConnectionFixture(limits, hasJournal ? _journal : null);
        _store = ImmediateFileStore.Open(disk: null, new SilentFileStoreObserver(), _chat.Time);
        _chat.Hub.Files.Use(_store, [], () => new FileId(++_ids));
    }

    [Fact]
    public void File_of_4_MiB_costs_no_flood_budget_in_either_direction_and_chat_goes_on_at_once()
    {
        var (ann, bob) = (_chat.StartFrame(), _chat.StartLine());
        ann.ReadFrames();
        var content = Bytes.Random(new Random(1), 4 * 1024 * 1024);
        var id = Begin(ann, content);
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            var isLast = content.Length - at <= ChunkBytes;
            var status = ann.Feed(Bytes.Frame(Chunk(id, at, content.AsSpan(at, Math.Min(ChunkBytes, content.Length - at)))));
            Assert.Equal(isLast ? FeedStatus.OutputPaused : FeedStatus.NeedMore, status);
            _chat.Hub.Files.Collect();
        }

        Assert.Equal(FeedStatus.NeedMore, ann.Resume());
        Assert.Equal(FeedStatus.NeedMore, ann.Feed(Bytes.Frame("""{"type":"say","text":"done"}""")));
        Assert.Equal(["* guest-1 shared a.txt (4 MB): /get 1", "<guest-1> done"], bob.ReadLines());
        ann.ReadFrames();

        var startMs = _chat.Clock.NowMs;
        var fetched = new List<byte>();
        while (fetched.Count < content.Length)
        {
            ann.SayFrame($$"""{"type":"get","number":1,"offset":{{fetched.Count}}}""");
            fetched.AddRange(ContentOf(ReadAll(ann)));
        }

        Assert.Equal(content, fetched);
        Assert.Equal(FeedStatus.NeedMore, ann.Feed(Bytes.Frame("""{"type":"say","text":"got it"}""")));
        Assert.Equal(["<guest-1> got it"], bob.ReadLines());
        Assert.InRange(_chat.Clock.NowMs - startMs, 0, 2_000);
    }

    [Fact]
    public void Chunks_sent_in_one_go_while_the_store_hangs_are_all_taken_in_order()
    {
        var ann = _chat.StartFrame();
        var content = Bytes.Random(new Random(2), 40 * ChunkBytes);
        var id = Begin(ann, content);
        _store.IsHeld = true;
        var all = Enumerable.Range(0, 40).Select(static one => one * ChunkBytes)
            .SelectMany(at => Bytes.Frame(Chunk(id, at, content.AsSpan(at, ChunkBytes))));
        Assert.Equal(FeedStatus.OutputPaused, ann.Feed([.. all, .. Bytes.Frame("""{"type":"ping","token":"after"}""")]));
        Assert.InRange(ann.PendingBytes, 20 * ChunkBytes, 60 * ChunkBytes);
        _store.IsHeld = false;
        var frames = ReadAll(ann);
        Assert.Equal(["shared", "pong"], frames.Select(TypeOf));
        Assert.Equal(FileFixture.Sha256(content).Value, Convert.FromHexString((string)frames[0]["sha256"]!));
        ann.SayFrame("""{"type":"get","number":1,"offset":1000000,"length":100000}""");
        Assert.Equal(content.AsSpan(1_000_000, 100_000).ToArray(), ContentOf(ReadAll(ann)));
    }

    [Fact]
    public void Small_chunks_cost_the_flood_budget()
    {
        var ann = _chat.StartFrame();
        var id = Begin(ann, new byte[100]);
        var statuses = new List<FeedStatus>();
        for (var at = 0; at < 30; at++)
        {
            statuses.Add(ann.Feed(Bytes.Frame(Chunk(id, at, [0]))));
            _chat.Hub.Files.Collect();
        }

        Assert.Contains(FeedStatus.FloodPaused, statuses);
    }

    [Theory]
    [InlineData("""{"type":"chunk","file":"ID","offset":1,"data":"YQ=="}""", "bad_field", "the next byte of this upload is byte 0")]
    [InlineData("""{"type":"chunk","file":"ID","offset":0,"data":"Y"}""", "bad_field", "the field data must be base64 (RFC 4648)")]
    [InlineData("""{"type":"chunk","file":"ID","offset":0,"data":"YQ=x"}""", "bad_field", "the field data must be base64 (RFC 4648)")]
    [InlineData("""{"type":"chunk","file":"ID","offset":0,"data":""}""", "missing_field", "the field data is missing or empty")]
    [InlineData("""{"type":"chunk","file":"ID","offset":0}""", "missing_field", "the field data is missing or empty")]
    [InlineData("""{"type":"chunk","file":"ID","data":"YWJjZGVm"}""", "too_long", "the file has 5 bytes, and this would be byte 6")]
    [InlineData("""{"type":"chunk","offset":0,"data":"YQ=="}""", "unknown_file", "there is no such upload of yours: share the file first")]
    public void Wrong_chunk_is_refused_and_the_upload_goes_on(string chunk, string code, string message)
    {
        var ann = _chat.StartFrame();
        var content = "hello"u8.ToArray();
        var id = Begin(ann, content);
        ann.SayFrame(chunk.Replace("ID", id, StringComparison.Ordinal));
        var error = Assert.Single(ReadAll(ann));
        Assert.Equal((code, message), ((string)error["code"]!, (string)error["message"]!));
        ann.SayFrame(Chunk(id, 0, content));
        Assert.Equal("shared", TypeOf(Assert.Single(ReadAll(ann))));
    }

    [Fact]
    public void Upload_takes_bytes_of_its_own_client_and_none_after_its_end()
    {
        var (ann, bob) = (_chat.StartFrame(), _chat.StartFrame());
        ann.ReadFrames();
        var id = Begin(ann, "hello"u8.ToArray());
        bob.SayFrame(Chunk(id, 0, "hello"u8));
        Assert.Equal("unknown_file", (string)Assert.Single(ReadAll(bob))["code"]!);
        ann.SayFrame(Chunk(id, 0, "hello"u8));
        ReadAll(ann);
        ann.SayFrame(Chunk(id, 5, "x"u8));
        Assert.Equal("unknown_file", (string)Assert.Single(ReadAll(ann))["code"]!);
        Assert.Equal("shared", TypeOf(Assert.Single(ReadAll(bob))));
    }

    [Fact]
    public void Wrong_hash_is_the_answer_to_the_last_chunk_and_nobody_hears_of_the_file()
    {
        var (ann, bob) = (_chat.StartFrame(), _chat.StartLine());
        ann.ReadFrames();
        ann.SayFrame($$"""{"type":"share","name":"a.txt","size":5,"sha256":"{{new string('0', 64)}}","id":1}""");
        var id = (string)ReadAll(ann)[0]["file"]!;
        ann.SayFrame(Chunk(id, 0, "hello"u8, requestId: 2));
        var answer = Assert.Single(ReadAll(ann));
        Assert.Equal(("wrong_hash", 2), ((string)answer["code"]!, (int)answer["id"]!));
        Assert.Empty(bob.ReadLines());
        ann.SayFrame("""{"type":"files"}""");
        Assert.Equal(0, (int)Assert.Single(ReadAll(ann))["total"]!);
    }

    [Fact]
    public void Client_that_reads_nothing_has_no_more_than_a_part_above_the_mark_in_its_outbox()
    {
        var flow = new FileFlowTests(hasJournal: false, new ClientLimits { OutputPauseBytes = 100_000, FlushFirstBytes = int.MaxValue });
        var ann = flow._chat.StartFrame();
        var content = Bytes.Random(new Random(3), 900_000);
        flow.Send(ann, content);
        ann.SayFrame("""{"type":"get","number":1}""");
        for (var tick = 0; tick < 50; tick++)
        {
            flow._chat.Hub.Files.Collect();
            flow._chat.Advance(1);
            ann.Resume();
            flow._chat.Broadcaster.Distribute();
            Assert.InRange(ann.Recipient.Outbox.QueuedBytes, 0, 100_000 + (64 * 1024));
        }

        Assert.InRange(ann.Recipient.Outbox.QueuedBytes, 100_001, 200_000);
        Assert.Equal(content, ContentOf(flow.ReadAll(ann)));
    }

    [Theory]
    [InlineData(JournalStatus.Stored, true)]
    [InlineData(JournalStatus.Stored, false)]
    [InlineData(JournalStatus.Failed, true)]
    [InlineData(JournalStatus.Failed, false)]
    public void Share_is_acknowledged_when_its_event_is_stored_whichever_comes_first(JournalStatus status, bool isJournalFirst)
    {
        var flow = new FileFlowTests(hasJournal: true, new ClientLimits());
        var ann = flow._chat.StartFrame();
        var acknowledgements = flow._chat.Context.Acknowledgements;
        ann.SayFrame("""{"type":"share","name":"a.txt","size":5,"id":1}""");
        var id = (string)ann.ReadFrames()[0]["file"]!;
        ann.SayFrame(Chunk(id, 0, "hello"u8, requestId: 2));
        ann.ReadFrames();
        flow._chat.Hub.Files.Collect();
        if (isJournalFirst)
        {
            Settle();
            Assert.Equal("shared", TypeOf(Assert.Single(ann.ReadFrames())));
            ann.Resume();
        }
        else
        {
            ann.Resume();
            Assert.Equal("shared", TypeOf(Assert.Single(ann.ReadFrames())));
            Settle();
        }

        var answer = Assert.Single(ann.ReadFrames());
        Assert.Equal(2, (int)answer["id"]!);
        Assert.Equal(status == JournalStatus.Stored ? "ok" : "error", TypeOf(answer));
        Assert.Equal(0, acknowledgements.Count);

        void Settle()
        {
            acknowledgements.Submit();
            flow._journal.Settle(status);
            acknowledgements.Collect();
        }
    }

    [Fact]
    public void Person_lists_and_gets_a_file_in_lines_of_base64()
    {
        var (ann, bob) = (_chat.StartFrame(), _chat.StartLine());
        ann.ReadFrames();
        var content = Bytes.Random(new Random(4), 60_000);
        Send(ann, content);
        bob.ReadLines();
        bob.Say("/files\n");
        Assert.Equal(["* 1 a.txt (59 KB) by guest-1", "* files of #lobby: 1"], ReadAllLines(bob));
        bob.Say("/get 1\n");
        var lines = ReadAllLines(bob);
        Assert.Equal($"* a.txt, 60000 bytes, sha256 {Convert.ToHexStringLower(FileFixture.Sha256(content).Value)}", lines[0]);
        Assert.Equal("* link: /files/00000000000000000000000000000001/a.txt", lines[1]);
        Assert.Equal("* end of the file", lines[^1]);
        var body = lines[2..^1];
        Assert.All(body, static line => Assert.InRange(line.Length, 3, 78));
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
    public void Part_at_the_end_of_a_file_and_an_empty_file_are_one_empty_chunk()
    {
        var ann = _chat.StartFrame();
        Send(ann, "hello"u8.ToArray());
        ann.SayFrame("""{"type":"get","number":1,"offset":5}""");
        var frames = ReadAll(ann);
        Assert.Equal(["file", "chunk"], frames.Select(TypeOf));
        Assert.Equal((0, ""), ((int)frames[0]["length"]!, (string)frames[1]["data"]!));
        ann.SayFrame("""{"type":"share","name":"e","size":0}""");
        Assert.Equal(["upload", "shared"], ReadAll(ann).Select(TypeOf));
        ann.SayFrame("""{"type":"get","number":2}""");
        Assert.Equal(["file", "chunk"], ReadAll(ann).Select(TypeOf));
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

    private static string TypeOf(JsonObject frame) => (string)frame["type"]!;

    private static string Chunk(string id, int offset, ReadOnlySpan<byte> bytes, int requestId = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"chunk","file":"{{id}}","offset":{{offset}},"data":"{{Convert.ToBase64String(bytes)}}"{{(requestId > 0
            ? $",\"id\":{requestId}" : "")}}}""");

    private static byte[] ContentOf(IEnumerable<JsonObject> frames) => [.. frames.Where(static frame => TypeOf(frame) == "chunk")
        .SelectMany(static frame => Convert.FromBase64String((string)frame["data"]!))];

    private string Begin(ProtocolConnectionFixture.Talk by, byte[] content)
    {
        by.SayFrame($$"""{"type":"share","name":"a.txt","size":{{content.Length}}}""");
        return (string)Assert.Single(ReadAll(by))["file"]!;
    }

    private void Send(ProtocolConnectionFixture.Talk by, byte[] content)
    {
        var id = Begin(by, content);
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            by.SayFrame(Chunk(id, at, content.AsSpan(at, Math.Min(ChunkBytes, content.Length - at))));
            ReadAll(by);
        }
    }

    private List<JsonObject> ReadAll(ProtocolConnectionFixture.Talk of) => ReadAll(of, of.ReadFrames);

    private List<string> ReadAllLines(ProtocolConnectionFixture.Talk of) => ReadAll(of, of.ReadLines);

    // Until the client has nothing to wait for.
    private List<T> ReadAll<T>(ProtocolConnectionFixture.Talk of, Func<T[]> read)
    {
        var all = new List<T>(read());
        for (var (tick, isOver) = (0, false); !isOver; tick++)
        {
            Assert.InRange(tick, 0, 10_000);
            _chat.Hub.Files.Collect();
            _chat.Advance(1);
            isOver = of.Resume() == FeedStatus.NeedMore;
            all.AddRange(read());
        }

        return all;
    }
}
