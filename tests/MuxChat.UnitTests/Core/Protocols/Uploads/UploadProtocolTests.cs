using System.Text.Json.Nodes;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;
using MuxChat.Core.Protocols.Uploads;
using static MuxChat.UnitTests.Core.Protocols.Uploads.UploadWire;

namespace MuxChat.UnitTests.Core.Protocols.Uploads;

public sealed class UploadProtocolTests
{
    private static readonly byte[] Content = FileFixture.Random(1000);

    private readonly FileFixture _bench = new();

    [Theory]
    [InlineData(false, "md5")]
    [InlineData(false, "sha256")]
    [InlineData(false, "null")]
    [InlineData(false, "none")]
    [InlineData(true, "md5")]
    [InlineData(true, "sha256")]
    [InlineData(true, "null")]
    [InlineData(true, "none")]
    public void File_is_shared_in_the_room_and_answered_in_the_byte_order_of_the_header(bool isLittle, string hash)
    {
        _bench.Member.ReadFrames();
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(isLittle, Facts(Content, hash)), .. Content]);
        var answer = Assert.Single(Answers(isLittle));
        var shared = _bench.Member.ReadFrames()[^1];
        Assert.Equal((0, 1, null), ((int)answer["data_size"]!, (int)answer["id"]!, answer["error"]));
        Assert.Equal($"{FileFixture.Url}/files/{answer["file"]}/a.txt", (string?)answer["link"]);
        Assert.Equal(("shared", "upload/0:0:0:0", "a.txt", (string?)answer["file"]),
            ((string?)shared["type"], (string?)shared["from"], (string?)shared["name"], (string?)shared["file"]));
        Assert.True(FileId.TryParse(Bytes.Utf8((string)answer["file"]!), out var id));
        Assert.Equal(Content, _bench.Store.ReadAll(id));

        JsonObject[] Answers(bool little) => ReadAnswers(_bench.ReadAll(talk), little);
    }

    [Fact]
    public void Several_files_follow_each_other_on_one_connection_in_either_order()
    {
        var talk = _bench.StartUpload();
        byte[] all = [];
        for (var i = 0; i < 4; i++)
        {
            all = [.. all, .. Header(i % 2 == 0, Facts(Content[..(i * 10)], "md5")), .. Content[..(i * 10)]];
        }

        talk.Feed(all);
        var read = _bench.ReadAll(talk);
        Assert.Equal(4, _bench.Store.Count);
        Assert.Equal(4, read.Split("\"error\":null").Length - 1);
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Fact]
    public void Upload_that_is_cut_at_any_hundredth_byte_is_the_same_file()
    {
        var bytes = FileFixture.Random(3000);
        byte[] all = [.. Header(false, Facts(bytes, "sha256")), .. bytes];
        for (var cut = 0; cut < all.Length; cut += 100)
        {
            var bench = new FileFixture();
            var talk = bench.StartUpload();
            talk.Feed(all[..cut]);
            bench.Files.Collect();
            talk.Feed(all[cut..]);
            Assert.Null(Assert.Single(ReadAnswers(bench.ReadAll(talk), false))["error"]);
        }
    }

    [Fact]
    public void Upload_that_comes_byte_by_byte_is_the_same_file()
    {
        var talk = _bench.StartUpload();
        foreach (var one in (byte[])[.. Header(true, Facts(Content, "sha256")), .. Content])
        {
            talk.Feed([one]);
        }

        Assert.Null(Assert.Single(ReadAnswers(_bench.ReadAll(talk), true))["error"]);
    }

    // A peer that sends a part of an upload and goes leaves nothing that any client sees.
    [Fact]
    public void Upload_that_breaks_at_any_hundredth_byte_shares_nothing()
    {
        var bytes = FileFixture.Random(3000);
        byte[] all = [.. Header(false, Facts(bytes, "none")), .. bytes];
        for (var cut = 0; cut < all.Length; cut += 100)
        {
            var bench = new FileFixture();
            bench.Member.ReadFrames();
            var talk = bench.StartUpload();
            talk.Feed(all[..cut]);
            talk.Break();
            bench.Files.Collect();
            Assert.Equal((0, 0, 0), (bench.Store.Count, bench.Files.Uploads.Count, bench.Member.ReadFrames().Length));
        }
    }

    [Fact]
    public void Upload_that_broke_with_a_sha256_goes_on_though_the_client_sends_all_of_it_again()
    {
        byte[] all = [.. Header(false, Facts(Content, "sha256")), .. Content];
        var talk = _bench.StartUpload();
        talk.Feed(all[..^300]);
        talk.Break();
        Assert.Equal(1, _bench.Files.Uploads.Count);
        talk = _bench.StartUpload();
        talk.Feed(all[..^500]);
        talk.Feed(all[^500..]);
        var answer = Assert.Single(ReadAnswers(_bench.ReadAll(talk), false));
        Assert.True(FileId.TryParse(Bytes.Utf8((string)answer["file"]!), out var id));
        Assert.Equal(Content, _bench.Store.ReadAll(id));
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("sha256")]
    public void Wrong_hash_is_an_error_and_the_next_upload_follows(string hash)
    {
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(false, Facts(Content, hash)), .. Content.Reverse(), .. Header(false, Facts(Content, hash)), .. Content]);
        var answers = ReadAnswers(_bench.ReadAll(talk), false);
        Assert.Contains("do not have the given hash", (string?)answers[0]["error"], StringComparison.Ordinal);
        Assert.Equal(((JsonNode?)null, (JsonNode?)null, (JsonNode?)null), (answers[0]["id"], answers[0]["file"], answers[0]["link"]));
        Assert.Null(answers[1]["error"]);
        Assert.Equal(1, _bench.Store.Count);
    }

    [Fact]
    public void Server_with_a_password_asks_for_it_in_each_header()
    {
        _bench.Clients.Password = new ServerPassword("secret"u8, new byte[32]);
        var right = _bench.StartUpload();
        right.Feed([.. Header(false, "{\"data_size\":1,\"filename\":\"a\",\"password\":\"secret\"}"), 1]);
        Assert.Null(Assert.Single(ReadAnswers(_bench.ReadAll(right), false))["error"]);
        foreach (var given in new[] { "", ",\"password\":\"wrong\"", ",\"password\":null" })
        {
            var talk = _bench.StartUpload();
            talk.Feed([.. Header(false, $"{{\"data_size\":1,\"filename\":\"a\"{given}}}"), 1]);
            var answer = Assert.Single(ReadAnswers(_bench.ReadAll(talk), false));
            Assert.Contains("password", (string?)answer["error"], StringComparison.Ordinal);
            Assert.Equal(CloseReason.UploadRefused, talk.Client.Ending);
        }
    }

    [Fact]
    public void Store_that_fails_midway_is_told_after_the_bytes_and_the_next_upload_follows()
    {
        _bench.Store.SealStatus = FileStatus.Full;
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(false, Facts(Content, "null")), .. Content]);
        var answer = Assert.Single(ReadAnswers(_bench.ReadAll(talk), false));
        Assert.Contains("disk is full", (string?)answer["error"], StringComparison.Ordinal);
        _bench.Store.SealStatus = FileStatus.Ok;
        talk.Feed([.. Header(false, Facts(Content, "null")), .. Content]);
        Assert.Null(Assert.Single(ReadAnswers(_bench.ReadAll(talk), false))["error"]);
    }

    [Theory]
    [InlineData(0, BodyLimits.IdleMs)]
    [InlineData(2, HttpLimits.HeadMs)]
    [InlineData(20, HttpLimits.HeadMs)]
    [InlineData(200, BodyLimits.IdleMs)]
    public void Silence_ends_at_its_deadline(int sentBytes, int deadlineMs)
    {
        var talk = _bench.StartUpload();
        talk.Feed(((byte[])[.. Header(false, Facts(Content, "null")), .. Content])[..sentBytes]);
        _bench.Clients.Advance(deadlineMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);

        // Bytes that were sent give a little more time, at the slowest rate that is allowed.
        _bench.Clients.Advance(1 + (sentBytes * 1000 / BodyLimits.MinBytesPerSecond));
        talk.Client.OnDeadline();
        Assert.Equal((CloseReason.UploadStalled, 0), (talk.Client.Ending, _bench.Files.Uploads.Count));
    }

    [Fact]
    public void Client_that_is_turned_away_reads_an_answer()
    {
        var writer = new MuxChat.Core.Buffers.SegmentWriter(new MuxChat.Core.Buffers.SegmentPool());
        writer.Begin();
        var refused = new ChatEvent { Kind = EventKind.Error, Result = CommandResult.Error(ErrorCode.Busy, "the server is full") };
        _bench.Set.Find("upload")!.FormatFor(0).Encode(refused, writer);
        var answer = Assert.Single(ReadAnswers(Bytes.Latin(writer.Commit().Span), false));
        Assert.Equal("the server is full", (string?)answer["error"]);
    }

    [Fact]
    public void Name_of_an_uploader_is_an_author_and_no_nick()
    {
        Assert.True(Nickname.IsAuthor("upload/192.0.2.7"u8));
        Assert.True(Nickname.IsAuthor("upload/2001:db8:ffff:ffff"u8));
        Assert.False(Nickname.IsValid("upload/localhost"u8));
        Assert.False(Nickname.IsAuthor("upload/<b>"u8));
        Assert.False(Nickname.IsAuthor("uploader/x"u8));
    }
}
