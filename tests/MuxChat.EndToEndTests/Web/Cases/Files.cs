using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>
/// Requests for files and uploads of strangers: each is refused before its body is read, and nothing in or after a body is answered.
/// </summary>
internal static class Files
{
    private const string Section = "RFC 9110, 9.3";
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static readonly string[] Missing =
    [
        "/files/", $"/files/{Id}", $"/files/{Id}/name.png", $"/files/{Id}?for={Id}", $"/files/{Id}?for=", $"/files/{Id}?x&for&for=1",
        "/files/1", "/files/../../etc/passwd", "/files/%2e%2e%2fetc%2fpasswd", $"/files//{Id}", $"/files/{Id}%0d%0aX:%20y",
        $"/files/{Id.ToUpperInvariant()}", "/files",
    ];

    private static readonly (string Name, string Method, string Target, int Status, string[] Fields)[] Refused =
    [
        ("PUT without a length", "PUT", $"/files/{Id}?for={Id}", 411, []),
        ("PUT of an unknown upload", "PUT", $"/files/{Id}?for={Id}", 404, [$"Content-Length: {Smuggled.Length}"]),
        ("PUT without a key", "PUT", $"/files/{Id}", 404, [$"Content-Length: {Smuggled.Length}"]),
        ("PUT of another site", "PUT", $"/files/{Id}?for={Id}", 403,
            [$"Content-Length: {Smuggled.Length}", "Origin: https://evil.example"]),
        ("PUT of a sandbox", "PUT", $"/files/{Id}?for={Id}", 403, [$"Content-Length: {Smuggled.Length}", "Origin: null"]),
        ("PUT that waits for 100", "PUT", $"/files/{Id}?for={Id}", 404, [$"Content-Length: {Smuggled.Length}", "Expect: 100-continue"]),
        ("PUT that waits for something else", "PUT", $"/files/{Id}?for={Id}", 417, ["Content-Length: 5", "Expect: more"]),
        ("PUT in chunks", "PUT", $"/files/{Id}?for={Id}", 411, ["Transfer-Encoding: chunked"]),
        ("PUT with a length and in chunks", "PUT", $"/files/{Id}?for={Id}", 400, ["Content-Length: 5", "Transfer-Encoding: chunked"]),
        ("PUT with two lengths", "PUT", $"/files/{Id}?for={Id}", 400, ["Content-Length: 0", $"Content-Length: {Smuggled.Length}"]),
        ("POST without a length", "POST", $"/files/upload/{Id}", 411, []),
        ("POST with an unknown key", "POST", $"/files/upload/{Id}", 404, [$"Content-Length: {Smuggled.Length}"]),
        ("POST without a key", "POST", "/files/upload/", 404, [$"Content-Length: {Smuggled.Length}"]),
        ("POST of another site", "POST", $"/files/upload/{Id}", 403,
            [$"Content-Length: {Smuggled.Length}", "Origin: https://evil.example"]),
        ("POST in chunks", "POST", $"/files/upload/{Id}", 411, ["Transfer-Encoding: chunked"]),
        ("POST to a file", "POST", $"/files/{Id}", 405, [$"Content-Length: {Smuggled.Length}"]),
        ("PATCH with a body", "PATCH", $"/files/{Id}", 405, [$"Content-Length: {Smuggled.Length}"]),
        ("GET with a body", "GET", $"/files/{Id}", 413, [$"Content-Length: {Smuggled.Length}"]),
        ("GET that waits for 100", "GET", $"/files/{Id}", 417, ["Expect: 100-continue"]),
        ("OPTIONS with a body", "OPTIONS", $"/files/upload/{Id}", 405, [$"Content-Length: {Smuggled.Length}"]),
    ];

    public static IEnumerable<WebCase> All =>
    [
        .. Missing.Select(static target => Http(Section + ".1", $"there is nothing at {target}", Get(target), WebEnd.Stays,
            new HttpAnswer(404) { Lacks = ["Location", "ETag"] })),
        .. Missing.Select(static target => Http(Section + ".2", $"HEAD finds nothing at {target}", Request("HEAD", target), WebEnd.Stays,
            new HttpAnswer(404) { IsOfHead = true })),
        .. Refused.Select(static row => Http(Section + ".4", row.Name, Request(row.Method, row.Target, row.Fields) + Smuggled,
            WebEnd.Closes, new HttpAnswer(row.Status) { Lacks = ["Access-Control-Allow-Origin"] })),
        Http(Section + ".7", "OPTIONS of the place for uploads", Request("OPTIONS", $"/files/upload/{Id}", "Origin: https://evil.example"),
            WebEnd.Stays, new HttpAnswer(204)
            {
                Has = ["Allow: POST, OPTIONS", "Accept-Post: */*"],
                Lacks = ["Access-Control-Allow-Origin", "Content-Length"],
            }).Cut(),
        Http(Section, "DELETE of a file", Request("DELETE", $"/files/{Id}"), WebEnd.Stays,
            new HttpAnswer(405) { Has = ["Allow: GET, HEAD, PUT"] }),
        Http(Section, "GET of the place for uploads", Get($"/files/upload/{Id}"), WebEnd.Stays,
            new HttpAnswer(405) { Has = ["Allow: POST, OPTIONS"] }),
    ];
}
