using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Requests for files and uploads by clients without any right: refused, closed, and no byte of a body is a command.</summary>
internal static class FileRequests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private const string Commands = "/nick {mark}\nhello {mark}\nGET /{mark} HTTP/1.1\r\nHost: a\r\n\r\n/quit {mark}\n";

    private static readonly (string Name, string Status, string FirstLine, string Fields)[] Requests =
    [
        ("PUT of a file that nobody announced", "404 Not Found", $"PUT /files/{Id}?for={Id}", "Content-Length: 99\r\n"),
        ("PUT without a key", "404 Not Found", $"PUT /files/{Id}/{{mark}}", "Content-Length: 99\r\n"),
        ("PUT with a path", "404 Not Found", "PUT /files/../../{mark}", "Content-Length: 99\r\n"),
        ("PUT of a terabyte", "404 Not Found", $"PUT /files/{Id}?for={Id}", "Content-Length: 1099511627776\r\n"),
        ("PUT with a length over 64 bits", "400 Bad Request", $"PUT /files/{Id}?for={Id}", "Content-Length: 18446744073709551617\r\n"),
        ("PUT with a length below zero", "400 Bad Request", $"PUT /files/{Id}?for={Id}", "Content-Length: -1\r\n"),
        ("PUT with two lengths", "400 Bad Request", $"PUT /files/{Id}?for={Id}", "Content-Length: 1\r\nContent-Length: 99\r\n"),
        ("PUT in chunks", "411 Length Required", $"PUT /files/{Id}?for={Id}", "Transfer-Encoding: chunked\r\n"),
        ("PUT without a length", "411 Length Required", $"PUT /files/{Id}?for={Id}", ""),
        ("PUT of a page of another site", "403 Forbidden", $"PUT /files/{Id}?for={Id}",
            "Content-Length: 99\r\nOrigin: http://{mark}.example\r\n"),
        ("PUT by a name that leads here", "403 Forbidden", $"PUT http://{{mark}}.example/files/{Id}?for={Id}",
            "Content-Length: 99\r\nOrigin: http://{mark}.example\r\n"),
        ("PUT that waits for 100 and does not wait", "404 Not Found", $"PUT /files/{Id}?for={Id}",
            "Content-Length: 99\r\nExpect: 100-continue\r\n"),
        ("POST with a key that was made up", "404 Not Found", $"POST /files/upload/{Id}", "Content-Length: 99\r\n"),
        ("POST with a name that ends a field", "404 Not Found", $"POST /files/upload/{Id}",
            "Content-Length: 99\r\nContent-Disposition: attachment; filename=\"a\\\"; b=\"; filename*=UTF-8''%0d%0a{mark}\r\n"),
        ("POST of a form", "404 Not Found", $"POST /files/upload/{Id}",
            "Content-Length: 99\r\nContent-Type: multipart/form-data; boundary=x\r\n"),
        ("a body for GET", "413 Content Too Large", $"GET /files/{Id}", "Content-Length: 99\r\n"),
    ];

    public static IEnumerable<HostileCase> All => Requests.SelectMany(static request => (HostileCase[])
    [
        OnLoop($"files: {request.Name}", Sends(HeadOf(request) + Commands), GetsResponse(request.Status)),
        OnLoop($"files: {request.Name}, a byte at a time", Drips(HeadOf(request)), Sends(Commands), GetsResponse(request.Status)),
    ]);

    private static string HeadOf((string Name, string Status, string FirstLine, string Fields) request) =>
        $"{request.FirstLine} HTTP/1.1\r\nHost: {{mark}}.example\r\n{request.Fields}\r\n";

    private static HostileCase OnLoop(string name, params HostileStep[] steps) =>
        HostileCase.Newcomer(name, "auto", HostileEnd.HttpRefused, steps) with { IsForLoop = true };
}
