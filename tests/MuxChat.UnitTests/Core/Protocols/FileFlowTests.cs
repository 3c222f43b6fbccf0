using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Json;
using MuxChat.UnitTests.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>Files on frames and lines, from the client's bytes to the client's bytes, over the production store.</summary>
public sealed class FileFlowTests : FileFlow
{
    public FileFlowTests()
        : this(hasJournal: false, new ClientLimits())
    {
    }

    private FileFlowTests(bool hasJournal, ClientLimits limits)
        : base(hasJournal, limits)
    {
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

    [Theory]
    [InlineData(300, 33)]
    [InlineData(32_768, 24_384)]
    [InlineData(65_536, 45_000)]
    [InlineData(4 * 1024 * 1024, 45_000)]
    public void Chunk_of_the_length_that_the_server_asks_for_fits_its_frames(int frameBytes, int chunkBytes)
    {
        var ann = _chat.Start(new JsonProtocol(new FrameLimits { FrameBytes = frameBytes }));
        ann.ReadFrames();
        var content = Bytes.Random(new Random(5), 2 * chunkBytes);
        ann.SayFrame($$"""{"type":"share","name":"a.txt","size":{{content.Length}}}""");
        var upload = Assert.Single(ReadAll(ann));
        Assert.Equal(chunkBytes, (int)upload["chunk_bytes"]!);
        ann.SayFrame(Chunk((string)upload["file"]!, 0, content.AsSpan(0, chunkBytes), requestId: 1_000_000));
        Assert.Equal("ok", TypeOf(Assert.Single(ReadAll(ann))));
        ann.SayFrame(Chunk((string)upload["file"]!, chunkBytes, content.AsSpan(chunkBytes)));
        Assert.Equal("shared", TypeOf(Assert.Single(ReadAll(ann))));
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
    [InlineData("""{"type":"chunk","file":"ID","offset":0,"data":"AAAA AAAA"}""", "bad_field", "the field data must be base64 (RFC 4648)")]
    [InlineData("""{"type":"chunk","file":"ID","offset":0,"data":"AAAA\r\n"}""", "bad_field", "the field data must be base64 (RFC 4648)")]
    [InlineData("""{"type":"chunk","file":"ID","offset":0,"data":"\tAAAA"}""", "bad_field", "the field data must be base64 (RFC 4648)")]
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
    public void Client_that_reads_nothing_has_less_than_two_parts_in_its_outbox()
    {
        var flow = new FileFlowTests(hasJournal: false, new ClientLimits { FlushFirstBytes = int.MaxValue });
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
            Assert.InRange(ann.Recipient.Outbox.QueuedBytes, 0, ChunkBytes + (64 * 1024));
        }

        Assert.InRange(ann.Recipient.Outbox.QueuedBytes, ChunkBytes, ChunkBytes + (64 * 1024));
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
}
