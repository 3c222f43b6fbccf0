using System.Security.Cryptography;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Uploads;
using MuxChat.UnitTests.Core.Protocols.Uploads;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>Clients that send a file slowly, stop, or go, and a store that is slow.</summary>
public sealed class HttpUploadPaceTests
{
    private static readonly byte[] Content = "hello, file"u8.ToArray();

    private readonly FileFixture _bench = new();

    [Fact]
    public void Store_that_is_slow_holds_the_client_back()
    {
        var bytes = FileFixture.Random(500_000);
        var upload = _bench.Begin(bytes.Length);
        var talk = _bench.StartHttp();
        talk.Feed(Put(upload, [], $"Content-Length: {bytes.Length}\r\n", length: ""));
        _bench.Store.AcceptsAppends = false;
        Assert.Equal(FeedStatus.OutputPaused, talk.Feed(bytes));
        Assert.Equal(BodyFraming.MaxFrameBytes, upload.ReceivedBytes);
        Assert.False(talk.Client.IsAnswerReady);
        Assert.Equal(FeedStatus.OutputPaused, talk.Resume());

        // While the server makes the client wait, the client is not late.
        _bench.Clients.Advance(BodyLimits.IdleMs * 2);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        _bench.Store.LetAppend();
        Assert.Equal("201", FileFixture.StatusOf(_bench.ReadAll(talk)));
        Assert.Equal(bytes, _bench.Store.ReadAll(upload.Id));
    }

    [Fact]
    public void Client_that_stops_sending_is_closed_and_its_upload_waits_to_be_resumed()
    {
        var upload = _bench.Begin(Content.Length, Sha256(Content));
        var talk = _bench.StartHttp();
        talk.Feed(Bytes.Latin(Put(upload, Content)[..^3]));
        _bench.Clients.Advance(BodyLimits.IdleMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        _bench.Clients.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal((CloseReason.UploadStalled, 1), (talk.Client.Ending, _bench.Files.Uploads.Count));
        Assert.Same(upload, _bench.Begin(Content.Length, Sha256(Content)));
    }

    [Fact]
    public void Client_whose_upload_goes_on_over_another_connection_adds_nothing_to_it()
    {
        var upload = _bench.Begin(Content.Length, Sha256(Content));
        var dead = _bench.StartHttp();
        dead.Feed(Bytes.Latin(Put(upload, Content)[..^6]));
        _bench.Clients.Advance(new FileLimits().StalledMs);
        Assert.Same(upload, _bench.Begin(Content.Length, Sha256(Content)));
        dead.Feed(Content[^6..]);
        Assert.Equal("503", FileFixture.StatusOf(_bench.ReadAll(dead)));
        Assert.True(upload.Append(Content.AsSpan(Content.Length - 6)).IsOk);
        _bench.Files.Collect();
        Assert.Equal(Content, _bench.Store.ReadAll(upload.Id));
    }

    [Fact]
    public void Client_that_sends_a_byte_now_and_then_is_closed()
    {
        var upload = _bench.Begin(1000);
        var talk = _bench.StartHttp();
        talk.Feed(Put(upload, [], "Content-Length: 1000\r\n", length: ""));
        var sent = 0;
        for (; sent < 100 && talk.Client.Ending == CloseReason.None; sent++)
        {
            talk.Feed("x");
            _bench.Clients.Advance(5000);
            talk.Client.OnDeadline();
        }

        Assert.Equal((CloseReason.UploadStalled, 13), (talk.Client.Ending, sent));
        Assert.Equal(0, _bench.Files.Uploads.Count);
    }

    [Fact]
    public void Client_that_goes_in_the_middle_leaves_nothing_without_a_hash()
    {
        var talk = _bench.StartHttp();
        talk.Feed(Post("Content-Length: 5\r\n", "abc"));
        Assert.Equal(1, _bench.Files.Uploads.Count);
        talk.Break();
        Assert.Equal((0, 0), (_bench.Files.Uploads.Count, _bench.Store.Count));
    }

    private static FileHash Sha256(byte[] bytes) => new(FileHashKind.Sha256, SHA256.HashData(bytes));

    private string Put(Upload upload, byte[] body, string fields = "", string? length = null) =>
        $"PUT /files/{upload.Id}?for={_bench.UploadKey} HTTP/1.1\r\nHost: a\r\n"
            + $"{length ?? $"Content-Length: {body.Length}\r\n"}{fields}\r\n{Bytes.Latin(body)}";

    private string Post(string fields, string body) => $"POST /files/upload/{_bench.UploadKey} HTTP/1.1\r\nHost: a\r\n{fields}\r\n{body}";
}
