using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MuxChat.Core.Chat.Files;
using MuxChat.UnitTests.Core.Clients;
using MuxChat.UnitTests.Core.Protocols.Uploads;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class HttpUploadTests
{
    private const string Next = "GET /files/ HTTP/1.1\r\nHost: a\r\n\r\n";

    private static readonly byte[] Content = "hello, file"u8.ToArray();

    private readonly FileFixture _bench = new();

    [Fact]
    public void Put_of_all_bytes_shares_the_file_and_answers_with_its_facts()
    {
        var upload = _bench.Begin(Content.Length, Sha256(Content), "é.txt");
        _bench.Member.ReadFrames();
        var response = _bench.Ask(Put(upload, Content));
        Assert.Equal("201", FileFixture.StatusOf(response));
        Assert.Equal("close", FileFixture.FieldOf(response, "Connection"));
        Assert.Equal($"{FileFixture.Url}/files/{upload.Id}/%C3%A9.txt", FileFixture.FieldOf(response, "Location"));
        var facts = JsonNode.Parse(FileFixture.BodyOf(response))!;
        Assert.Equal((1, upload.Id.ToString(), "é.txt", "#lobby", Convert.ToHexStringLower(SHA256.HashData(Content))),
            ((int)facts["number"]!, (string?)facts["file"], (string?)facts["name"], (string?)facts["room"], (string?)facts["sha256"]));
        Assert.Equal(Content, _bench.Store.ReadAll(upload.Id));
        Assert.Equal("shared", (string?)_bench.Member.ReadFrames()[^1]["type"]);
    }

    [Fact]
    public void Json_share_gives_the_path_to_which_the_bytes_go()
    {
        _bench.Member.ReadFrames();
        _bench.Member.SayFrame("{\"type\":\"share\",\"name\":\"a.bin\",\"size\":11,\"id\":1}");
        var begun = _bench.Member.ReadFrames()[0];
        Assert.Equal(("upload", _bench.UploadKey, $"/files/{begun["file"]}?for={_bench.UploadKey}"),
            ((string?)begun["type"], (string?)begun["key"], (string?)begun["path"]));
        var response = _bench.Ask($"PUT {begun["path"]} HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n{Bytes.Latin(Content)}");
        Assert.Equal("201", FileFixture.StatusOf(response));
    }

    [Fact]
    public void Body_that_is_cut_at_any_place_is_the_same_file()
    {
        var all = Put(_bench.Begin(Content.Length), Content).Length + Next.Length;
        for (var cut = 0; cut <= all; cut++)
        {
            var bench = new FileFixture();
            var upload = bench.Begin(Content.Length);
            var request = Bytes.Latin(Put(upload, Content, bench: bench) + Next);
            var talk = bench.StartHttp();
            talk.Feed(request[..cut]);
            bench.Files.Collect();
            talk.Feed(request[cut..]);
            var response = bench.ReadAll(talk);
            Assert.Equal("201", FileFixture.StatusOf(response));
            Assert.Equal(2, response.Split("HTTP/1.1 ").Length);
            Assert.Equal(Content, bench.Store.ReadAll(upload.Id));
        }
    }

    [Fact]
    public void Body_that_comes_byte_by_byte_is_the_same_file()
    {
        var upload = _bench.Begin(Content.Length);
        var talk = _bench.StartHttp();
        foreach (var one in Bytes.Latin(Put(upload, Content)))
        {
            talk.Feed([one]);
            _bench.Files.Collect();
        }

        Assert.Equal("201", FileFixture.StatusOf(_bench.ReadAll(talk)));
        Assert.Equal(Content, _bench.Store.ReadAll(upload.Id));
    }

    // What follows a body may be a third party's, so it is never taken for a request.
    [Fact]
    public void Bytes_after_a_body_are_no_request_and_the_bytes_in_it_are_none()
    {
        var body = Bytes.Latin(Next + Next);
        var upload = _bench.Begin(body.Length);
        var response = _bench.Ask(Put(upload, body) + Next);
        Assert.Equal(2, response.Split("HTTP/1.1 ").Length);
        Assert.Equal(body, _bench.Store.ReadAll(upload.Id));
    }

    [Fact]
    public void Upload_that_broke_goes_on_where_it_was()
    {
        var bytes = FileFixture.Random(1000);
        var upload = _bench.Begin(bytes.Length, Sha256(bytes));
        var talk = _bench.StartHttp();
        talk.Feed(Bytes.Latin(Put(upload, bytes)[..^400]));
        talk.Break();
        Assert.Equal(600, upload.ReceivedBytes);
        Assert.Equal("404", FileFixture.StatusOf(_bench.Ask(Put(upload, bytes))));

        Assert.Same(upload, _bench.Begin(bytes.Length, Sha256(bytes)));
        Assert.Equal("409", FileFixture.StatusOf(_bench.Ask(Put(upload, bytes))));
        var response = _bench.Ask(Put(upload, bytes[600..], "Content-Range: bytes 600-999/1000\r\n"));
        Assert.Equal("201", FileFixture.StatusOf(response));
        Assert.Equal(bytes, _bench.Store.ReadAll(upload.Id));
    }

    [Theory]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\n", "411")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 10\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 12\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 0\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nContent-Length: 12\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nTransfer-Encoding: chunked\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "411")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n", "501")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 6\r\nContent-Range: bytes 5-10/11\r\n", "409")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 5\r\nContent-Range: bytes 0-4/11\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nContent-Range: bytes 0-10/*\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nContent-Range: bytes 0-10/11\r\nContent-Range: x\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nContent-Range: bytes 10-0/11\r\n", "400")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 1\r\n"
        + "Content-Range: bytes 9223372036854775807-9223372036854775807/1\r\n", "400")]
    [InlineData("PUT /files/{id} HTTP/1.1\r\nContent-Length: 11\r\n", "404")]
    [InlineData("PUT /files/{id}?for=00000000000000000000000000000099 HTTP/1.1\r\nContent-Length: 11\r\n", "404")]
    [InlineData("PUT /files/00000000000000000000000000000099?for={key} HTTP/1.1\r\nContent-Length: 11\r\n", "404")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nOrigin: https://evil.example\r\n", "403")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nOrigin: null\r\n", "403")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nOrigin: http://a\r\nOrigin: http://a\r\n", "403")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nOrigin: http://a\r\n", "201")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nOrigin: https://chat.example\r\n", "201")]
    [InlineData("PUT /files/{id}?for={key} HTTP/1.1\r\nContent-Length: 11\r\nContent-Range: bytes 0-10/11\r\n", "201")]
    [InlineData("POST /files/upload/{key}x HTTP/1.1\r\nContent-Length: 11\r\n", "404")]
    [InlineData("POST /files/upload/ HTTP/1.1\r\nContent-Length: 11\r\n", "404")]
    [InlineData("POST /files/upload/{key} HTTP/1.1\r\n", "411")]
    [InlineData("POST /files/upload/{key} HTTP/1.1\r\nContent-Length: 99999999999\r\n", "413")]
    [InlineData("POST /files/upload/{key} HTTP/1.1\r\nContent-Length: 11\r\nOrigin: https://evil.example\r\n", "403")]
    [InlineData("POST /files/upload/{key} HTTP/1.1\r\nContent-Length: 11\r\nContent-Type: Multipart/form-data; boundary=x\r\n", "415")]
    [InlineData("POST /files/upload/{key} HTTP/1.1\r\nContent-Length: 11\r\nExpect: more\r\n", "417")]
    [InlineData("GET /files/upload/{key} HTTP/1.1\r\n", "405")]
    [InlineData("PUT /files/upload/{key} HTTP/1.1\r\nContent-Length: 11\r\n", "405")]
    [InlineData("OPTIONS /files/upload/{key} HTTP/1.1\r\nContent-Length: 11\r\n", "405")]
    public void Request_for_an_upload_is_checked_before_its_body_is_read(string head, string status)
    {
        var upload = _bench.Begin(Content.Length);
        var request = head.Replace("{id}", $"{upload.Id}", StringComparison.Ordinal)
            .Replace("{key}", _bench.UploadKey, StringComparison.Ordinal);
        var response = _bench.Ask($"{request}Host: a\r\n\r\n{Bytes.Latin(Content)}{Next}");
        Assert.Equal(status, FileFixture.StatusOf(response));
        Assert.Equal(status == "201" ? Content.Length : 0, upload.ReceivedBytes);
        Assert.DoesNotContain(_bench.UploadKey, FileFixture.BodyOf(response), StringComparison.Ordinal);
        if (head.Contains("Content-Length: 1", StringComparison.Ordinal))
        {
            // With a body, nothing after the head is a request.
            Assert.Equal(2, response.Split("HTTP/1.1 ").Length);
        }
    }

    // RFC 9110, section 15.5.12: as curl -T - sends it, and as a client without any length does.
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n")]
    [InlineData("")]
    public void Upload_without_its_length_is_told_how_to_send_it(string fields)
    {
        var upload = _bench.Begin(Content.Length);
        var response = _bench.Ask($"PUT /files/{upload.Id}?for={_bench.UploadKey} HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
        Assert.StartsWith("HTTP/1.1 411 Length Required\r\n", response, StringComparison.Ordinal);
        Assert.Equal("A body needs its length: send Content-Length, as curl -T FILE does, and no Transfer-Encoding.\n",
            FileFixture.BodyOf(response));
    }

    // RFC 9110, section 10.1.1.
    [Fact]
    public void Client_that_waits_for_100_gets_it_before_the_body_or_the_refusal_at_once()
    {
        var upload = _bench.Begin(Content.Length);
        var talk = _bench.StartHttp();
        talk.Feed(Put(upload, [], $"Expect: 100-continue\r\nContent-Length: {Content.Length}\r\n", length: ""));
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", talk.ReadLatin());
        talk.Feed(Content);
        Assert.Equal("201", FileFixture.StatusOf(_bench.ReadAll(talk)));

        var refused = _bench.Ask("PUT /files/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal("404", FileFixture.StatusOf(refused));
        Assert.Equal("417", FileFixture.StatusOf(
            _bench.Ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")));
    }

    [Theory]
    [InlineData(FileStatus.WrongHash, "422")]
    [InlineData(FileStatus.Full, "507")]
    [InlineData(FileStatus.Failed, "507")]
    public void Seal_that_fails_is_the_answer(FileStatus seal, string status)
    {
        _bench.Store.SealStatus = seal;
        var upload = _bench.Begin(Content.Length);
        Assert.Equal(status, FileFixture.StatusOf(_bench.Ask(Put(upload, Content))));
        Assert.Equal(0, _bench.Files.Uploads.Count);
    }

    [Fact]
    public void Upload_whose_place_was_taken_gets_503_with_a_time_to_try_again()
    {
        var bench = new FileFixture(new FileLimits { Uploads = 1, StalledMs = 10 });
        var upload = bench.Begin(Content.Length);
        var talk = bench.StartHttp();
        talk.Feed(Bytes.Latin(Put(upload, Content, bench: bench)[..^3]));
        bench.Clients.Advance(10);
        bench.Begin(5, name: "other");
        talk.Feed(Content[^3..]);
        var response = bench.ReadAll(talk);
        Assert.Equal(("503", "5"), (FileFixture.StatusOf(response), FileFixture.FieldOf(response, "Retry-After")));
    }

    [Fact]
    public void Second_put_of_the_same_upload_is_refused_while_the_first_goes_on()
    {
        var upload = _bench.Begin(Content.Length);
        var talk = _bench.StartHttp();
        talk.Feed(Bytes.Latin(Put(upload, Content)[..^3]));
        Assert.Equal("404", FileFixture.StatusOf(_bench.Ask(Put(upload, Content))));
        talk.Feed(Content[^3..]);
        Assert.Equal("201", FileFixture.StatusOf(_bench.ReadAll(talk)));
    }

    [Fact]
    public void Person_that_is_gone_shares_nothing()
    {
        var upload = _bench.Begin(Content.Length);
        var talk = _bench.StartHttp();
        talk.Feed(Bytes.Latin(Put(upload, Content)[..^3]));
        _bench.Member.SayFrame("{\"type\":\"quit\"}");
        talk.Feed(Content[^3..]);
        Assert.Equal("403", FileFixture.StatusOf(_bench.ReadAll(talk)));
        Assert.Equal(0, _bench.Store.Count);
    }

    [Fact]
    public void Uploads_of_a_person_count_together_whatever_connection_they_come_on()
    {
        var bench = new FileFixture(new FileLimits { UploadsPerClient = 2 });
        var talks = new List<ProtocolConnectionFixture.Talk>();
        for (var i = 0; i < 3; i++)
        {
            var talk = bench.StartHttp();
            talk.Feed($"POST /files/upload/{bench.UploadKey} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
            talks.Add(talk);
        }

        Assert.Equal(["", "", "503"], talks.Select(static talk => talk.ReadLatin()).Select(static read => read.Length > 0
            ? FileFixture.StatusOf(read) : ""));
    }

    private static FileHash Sha256(byte[] bytes) => new(FileHashKind.Sha256, SHA256.HashData(bytes));

    private string Put(Upload upload, byte[] body, string fields = "", string? length = null, FileFixture? bench = null) =>
        $"PUT /files/{upload.Id}?for={(bench ?? _bench).UploadKey} HTTP/1.1\r\nHost: a\r\n"
            + $"{length ?? $"Content-Length: {body.Length}\r\n"}{fields}\r\n{Bytes.Latin(body)}";
}
