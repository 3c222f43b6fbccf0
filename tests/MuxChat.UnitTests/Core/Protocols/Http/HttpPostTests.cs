using MuxChat.UnitTests.Core.Protocols.Uploads;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>Files without a room, as clients of the IRC draft FILEHOST send them.</summary>
public sealed class HttpPostTests
{
    private const string Next = "GET /files/ HTTP/1.1\r\nHost: a\r\n\r\n";

    private readonly FileFixture _bench = new();

    [Fact]
    public void Post_makes_a_file_without_a_room_whose_link_needs_no_key()
    {
        var response = _bench.Ask(Post("Content-Length: 5\r\nContent-Type: image/jpeg\r\n"
            + "Content-Disposition: attachment; filename=\"x;y.jpg\"; filename*=UTF-8''%e2%82%ac.jpg\r\n", "abcde"));
        Assert.Equal("201", FileFixture.StatusOf(response));
        var location = FileFixture.FieldOf(response, "Location")!;
        Assert.EndsWith("/%E2%82%AC.jpg", location, StringComparison.Ordinal);
        var got = _bench.Ask($"GET {location[FileFixture.Url.Length..]} HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(("200", "abcde"), (FileFixture.StatusOf(got), FileFixture.BodyOf(got)));
        Assert.StartsWith("attachment", FileFixture.FieldOf(got, "Content-Disposition"), StringComparison.Ordinal);
    }

    [Fact]
    public void Post_without_a_name_or_bytes_is_a_file_all_the_same()
    {
        var response = _bench.Ask(Post("Content-Length: 0\r\n", "") + Next);
        Assert.Equal("201", FileFixture.StatusOf(response));
        Assert.EndsWith("/file", FileFixture.FieldOf(response, "Location"), StringComparison.Ordinal);
    }

    // IRCv3 draft FILEHOST: a server must accept OPTIONS.
    [Fact]
    public void Options_say_that_every_type_is_welcome_and_nothing_about_a_key()
    {
        var response = _bench.Ask($"OPTIONS /files/upload/{_bench.UploadKey} HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n\r\n");
        Assert.Equal(("204", "*/*", "POST, OPTIONS", null), (FileFixture.StatusOf(response), FileFixture.FieldOf(response, "Accept-Post"),
            FileFixture.FieldOf(response, "Allow"), FileFixture.FieldOf(response, "Access-Control-Allow-Origin")));
        var other = _bench.Ask("OPTIONS /files/upload/x HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("204", FileFixture.StatusOf(other));
    }

    private string Post(string fields, string body) => $"POST /files/upload/{_bench.UploadKey} HTTP/1.1\r\nHost: a\r\n{fields}\r\n{body}";
}
