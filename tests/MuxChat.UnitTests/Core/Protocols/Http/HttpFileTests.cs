using MuxChat.Core.Chat.Files;
using MuxChat.UnitTests.Core.Protocols.Uploads;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class HttpFileTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 0];

    private readonly FileFixture _bench = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData(200_001)]
    public void Get_of_a_file_has_its_bytes_and_fields(int length)
    {
        var bytes = FileFixture.Random(length);
        var file = _bench.Share(bytes, "report.pdf");
        var response = _bench.Ask(Get(file, "report.pdf"));
        Assert.Equal("200", FileFixture.StatusOf(response));
        Assert.Equal(Bytes.Latin(bytes), FileFixture.BodyOf(response));
        Assert.Equal(
            [
                $"{length}", "application/octet-stream", "bytes", "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf",
                "nosniff", "sandbox; default-src 'none'; frame-ancestors 'none'", "same-origin", "private, max-age=604800, immutable",
                $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}\"",
            ],
            ((string[])["Content-Length", "Content-Type", "Accept-Ranges", "Content-Disposition", "X-Content-Type-Options",
                "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Cache-Control", "ETag"])
                .Select(name => FileFixture.FieldOf(response, name)));
        Assert.Matches("\r\nLast-Modified: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r\n", response);
    }

    [Fact]
    public void Image_by_its_first_bytes_is_shown_and_any_other_file_is_saved_whatever_its_name()
    {
        var image = _bench.Ask(Get(_bench.Share(Png, "page.html")));
        Assert.Equal(("image/png", "inline; filename=\"page.html\"; filename*=UTF-8''page.html"),
            (FileFixture.FieldOf(image, "Content-Type"), FileFixture.FieldOf(image, "Content-Disposition")));
        var page = _bench.Ask(Get(_bench.Share("<script>alert(1)</script>"u8.ToArray(), "image.png")));
        Assert.Equal("application/octet-stream", FileFixture.FieldOf(page, "Content-Type"));
        Assert.StartsWith("attachment;", FileFixture.FieldOf(page, "Content-Disposition"), StringComparison.Ordinal);
    }

    // RFC 9110, section 9.3.2. A range counts for GET alone (section 14.2).
    [Fact]
    public void Head_has_the_fields_of_get_reads_nothing_and_knows_no_range()
    {
        var file = _bench.Share(FileFixture.Random(500));
        var get = _bench.Ask(Get(file));
        _bench.Store.FailsReads = true;
        var head = _bench.Ask($"HEAD /files/{file.Id} HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\n\r\n");
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.Equal(get[..get.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").Where(NotDate),
            head[..^4].Split("\r\n").Where(NotDate));
    }

    [Fact]
    public void File_that_is_not_there_and_one_that_is_not_for_the_caller_get_the_same_answer()
    {
        var file = _bench.Share([1, 2, 3]);
        Assert.Equal("200", FileFixture.StatusOf(_bench.Ask(Get(file))));
        CloseRoom();
        string[] targets =
        [
            $"/files/{file.Id}", $"/files/{file.Id}/a.bin", $"/files/{file.Id}?for=", $"/files/{file.Id}?for={new FileId(999)}",
            $"/files/{file.Id}?for={_bench.UploadKey}", $"/files/{new FileId(999)}", "/files/", "/files/1", "/files/../files/1",
            $"/files/{file.Id.ToString().ToUpperInvariant()}x", $"/files//{file.Id}", $"/files/{file.Id}%00",
            "/files/%2e%2e/%2e%2e/etc/passwd",
        ];
        var answers = targets.Select(target => _bench.Ask($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n")).Select(WithoutDate).Distinct();
        Assert.StartsWith("HTTP/1.1 404 ", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_a_member_opens_the_files_of_a_closed_room_for_as_long_as_the_member_is_there()
    {
        var file = _bench.Share([1, 2, 3]);
        CloseRoom();
        var key = _bench.Files.Keys.Of(_bench.Session);
        var request = $"GET /files/{file.Id}/a.bin?x=y&for={key} HTTP/1.1\r\nHost: a\r\n\r\n";
        var response = _bench.Ask(request);
        Assert.Equal(("200", "private, no-cache"), (FileFixture.StatusOf(response), FileFixture.FieldOf(response, "Cache-Control")));
        _bench.Member.SayFrame("{\"type\":\"part\",\"room\":\"#lobby\"}");
        Assert.Equal("404", FileFixture.StatusOf(_bench.Ask(request)));
        _bench.Member.SayFrame("{\"type\":\"quit\"}");
        Assert.Equal("404", FileFixture.StatusOf(_bench.Ask(request)));
        Assert.Null(_bench.Files.Keys.Find(key.ToBytes()));
    }

    // RFC 9110, sections 13.1.2 and 15.4.5.
    [Fact]
    public void Known_tag_gets_304_without_the_bytes()
    {
        var file = _bench.Share([1, 2, 3]);
        var tag = FileFixture.FieldOf(_bench.Ask(Get(file)), "ETag");
        var response = _bench.Ask(Get(file, fields: $"If-None-Match: \"x\", W/{tag}\r\nRange: bytes=9-\r\n"));
        Assert.Equal(("304", tag, null),
            (FileFixture.StatusOf(response), FileFixture.FieldOf(response, "ETag"), FileFixture.FieldOf(response, "Content-Length")));
        Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
        Assert.Equal("200", FileFixture.StatusOf(_bench.Ask(Get(file, fields: "If-None-Match: \"x\"\r\n"))));
    }

    // RFC 9110, section 13.2.2. TAG is the file's tag, DATE its date, BEFORE and AFTER the second before and after it.
    [Theory]
    [InlineData("If-Match: TAG", "200")]
    [InlineData("If-Match: *", "200")]
    [InlineData("If-Match: \"x\", TAG", "200")]
    [InlineData("If-Match: \"x\"", "412")]
    [InlineData("If-Match: W/TAG", "412")]
    [InlineData("If-Match: \"x\"\r\nIf-None-Match: TAG", "412")]
    [InlineData("If-Match: TAG\r\nIf-None-Match: TAG", "304")]
    [InlineData("If-Match: TAG\r\nIf-Unmodified-Since: BEFORE", "200")]
    [InlineData("If-Unmodified-Since: DATE", "200")]
    [InlineData("If-Unmodified-Since: AFTER", "200")]
    [InlineData("If-Unmodified-Since: BEFORE", "412")]
    [InlineData("If-Unmodified-Since: Sunday, 06-Nov-94 08:49:37 GMT", "412")]
    [InlineData("If-Unmodified-Since: Sun Nov  6 08:49:37 1994", "412")]
    [InlineData("If-Unmodified-Since: yesterday", "200")]
    [InlineData("If-Unmodified-Since: BEFORE\r\nIf-Unmodified-Since: BEFORE", "200")]
    [InlineData("If-Unmodified-Since: BEFORE\r\nIf-None-Match: TAG", "412")]
    [InlineData("If-Modified-Since: DATE", "304")]
    [InlineData("If-Modified-Since: AFTER", "304")]
    [InlineData("If-Modified-Since: BEFORE", "200")]
    [InlineData("If-Modified-Since: tomorrow", "200")]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: DATE", "200")]
    [InlineData("If-Modified-Since: DATE\r\nRange: bytes=0-1", "304")]
    [InlineData("If-Match: TAG\r\nRange: bytes=0-1", "206")]
    public void Preconditions_are_evaluated_in_their_order(string fields, string status)
    {
        var file = _bench.Share([1, 2, 3]);
        string DateAt(int seconds) => DateTimeOffset.FromUnixTimeMilliseconds(file.UnixMs).AddSeconds(seconds)
            .ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        var tag = FileFixture.FieldOf(_bench.Ask(Get(file)), "ETag");
        fields = fields.Replace("TAG", tag, StringComparison.Ordinal).Replace("DATE", DateAt(0), StringComparison.Ordinal)
            .Replace("BEFORE", DateAt(-1), StringComparison.Ordinal).Replace("AFTER", DateAt(1), StringComparison.Ordinal);
        var twice = _bench.Ask(Get(file, fields: fields + "\r\n") + Get(file));
        Assert.Equal(status, FileFixture.StatusOf(twice));
        Assert.Contains("HTTP/1.1 200 ", twice, StringComparison.Ordinal);
    }

    // RFC 9110, sections 14.1.2, 14.2, 15.3.7 and 15.5.17.
    [Theory]
    [InlineData("bytes=0-0", "206", "bytes 0-0/10", "0")]
    [InlineData("bytes=2-4", "206", "bytes 2-4/10", "234")]
    [InlineData("bytes=8-", "206", "bytes 8-9/10", "89")]
    [InlineData("bytes=8-99999999999999999999999999", "206", "bytes 8-9/10", "89")]
    [InlineData("bytes=-3", "206", "bytes 7-9/10", "789")]
    [InlineData("bytes=-99999999999999999999999999", "206", "bytes 0-9/10", "0123456789")]
    [InlineData("BYTES=1-1", "206", "bytes 1-1/10", "1")]
    [InlineData("bytes=10-", "416", "bytes */10", null)]
    [InlineData("bytes=9223372036854775807-9223372036854775807", "416", "bytes */10", null)]
    [InlineData("bytes=99999999999999999999999999-", "416", "bytes */10", null)]
    [InlineData("bytes=-0", "416", "bytes */10", null)]
    [InlineData("bytes=0-1,3-4", "200", null, "0123456789")]
    [InlineData("bytes=4-2", "200", null, "0123456789")]
    [InlineData("bytes=-", "200", null, "0123456789")]
    [InlineData("bytes=a-b", "200", null, "0123456789")]
    [InlineData("bytes=+1-2", "200", null, "0123456789")]
    [InlineData("bytes=1--2", "200", null, "0123456789")]
    [InlineData("bytes", "200", null, "0123456789")]
    [InlineData("lines=0-1", "200", null, "0123456789")]
    [InlineData("bytes=0-1\r\nRange: bytes=2-3", "200", null, "0123456789")]
    public void Range_is_one_part_or_beyond_the_end_or_ignored(string range, string status, string? content, string? body)
    {
        var file = _bench.Share("0123456789"u8.ToArray());
        var response = _bench.Ask(Get(file, fields: $"Range: {range}\r\n"));
        Assert.Equal((status, content), (FileFixture.StatusOf(response), FileFixture.FieldOf(response, "Content-Range")));
        var written = FileFixture.BodyOf(response);
        Assert.Equal(written.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            FileFixture.FieldOf(response, "Content-Length"));
        Assert.True(body is null || body == written);
    }

    [Fact]
    public void Range_of_a_large_file_has_the_right_bytes_across_the_blocks_of_the_store()
    {
        var bytes = FileFixture.Random(300_000);
        var file = _bench.Share(bytes);
        var response = _bench.Ask(Get(file, fields: "Range: bytes=65000-200000\r\n"));
        Assert.Equal(Bytes.Latin(bytes.AsSpan(65_000, 135_001)), FileFixture.BodyOf(response));
    }

    [Fact]
    public void Range_of_an_empty_file_is_the_whole() =>
        Assert.Equal("200", FileFixture.StatusOf(_bench.Ask(Get(_bench.Share([]), fields: "Range: bytes=0-\r\n"))));

    // RFC 9110, section 13.1.5.
    [Fact]
    public void Range_applies_only_to_the_content_that_if_range_names()
    {
        var file = _bench.Share("0123456789"u8.ToArray());
        var whole = _bench.Ask(Get(file));
        var tag = FileFixture.FieldOf(whole, "ETag");
        string StatusWith(string value) =>
            FileFixture.StatusOf(_bench.Ask(Get(file, fields: $"Range: bytes=0-1\r\nIf-Range: {value}\r\n")));
        Assert.Equal("206", StatusWith(tag!));
        Assert.Equal("200", StatusWith("\"other\""));
        Assert.Equal("200", StatusWith($"W/{tag}"));
        Assert.Equal("200", StatusWith(FileFixture.FieldOf(whole, "Last-Modified")!));
        Assert.Equal("200", StatusWith($"{tag}\r\nIf-Range: {tag}"));
    }

    [Theory]
    [InlineData("a\r\nSet-Cookie: x=y")]
    [InlineData("a\"; filename=\"evil.exe")]
    [InlineData("a\u2028b\u202Efdp.exe")]
    [InlineData("日本語 ü.txt")]
    [InlineData("../../etc/passwd")]
    public void Name_adds_no_field_and_no_parameter(string name)
    {
        var response = _bench.Ask(Get(_bench.Share([1], name)));
        var disposition = FileFixture.FieldOf(response, "Content-Disposition")!;
        Assert.Matches("^attachment; filename=\"[ !#$&-\\[\\]-~]+\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$", disposition);
        Assert.Null(FileFixture.FieldOf(response, "Set-Cookie"));
        Assert.Equal("1", FileFixture.FieldOf(response, "Content-Length"));
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_their_order()
    {
        var (first, second) = (_bench.Share("first"u8.ToArray()), _bench.Share(FileFixture.Random(100_000)));
        var responses = _bench.Ask(Get(second) + Get(first) + $"HEAD /files/{second.Id} HTTP/1.1\r\nHost: a\r\n\r\n" + Get(first));
        Assert.Equal(4, responses.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.EndsWith("\r\n\r\nfirst", responses, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /files/{0} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", "405")]
    [InlineData("DELETE /files/{0} HTTP/1.1\r\nHost: a\r\n\r\n", "405")]
    [InlineData("GET /files/{0} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", "413")]
    [InlineData("GET /files/{0} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", "417")]
    [InlineData("GET /files/{0} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "411")]
    public void Other_methods_and_bodies_are_refused(string request, string status)
    {
        var file = _bench.Share([1]);
        var response = _bench.Ask(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, file.Id) + Get(file));
        Assert.Equal(status, FileFixture.StatusOf(response));
        Assert.Equal(status == "405", FileFixture.FieldOf(response, "Allow") == "GET, HEAD, PUT");
    }

    [Fact]
    public void Server_that_takes_no_files_has_no_files()
    {
        var bench = new FileFixture(new FileLimits { FileBytes = 0 });
        Assert.Equal("404", FileFixture.StatusOf(bench.Ask($"GET /files/{new FileId(1)} HTTP/1.1\r\nHost: a\r\n\r\n")));
        Assert.Equal("404", FileFixture.StatusOf(
            bench.Ask($"POST /files/upload/{bench.UploadKey} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")));
    }

    private void CloseRoom()
    {
        var room = _bench.Clients.Hub.FindRoom(_bench.Session.Person, "#lobby"u8)!;
        room.Rules.Modes |= MuxChat.Core.Chat.Moderation.RoomModes.InviteOnly;
    }

    private static bool NotDate(string line) => !line.StartsWith("Date:", StringComparison.Ordinal);

    private static string WithoutDate(string response) => string.Join("\r\n", response.Split("\r\n").Where(NotDate));

    private static string Get(SharedFile file, string name = "", string fields = "") =>
        $"GET /files/{file.Id}{(name.Length > 0 ? "/" : "")}{name} HTTP/1.1\r\nHost: a\r\n{fields}\r\n";
}
