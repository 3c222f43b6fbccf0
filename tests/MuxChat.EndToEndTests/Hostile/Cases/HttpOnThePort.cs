using System.Text;
using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// HTTP on the port, as a browser can be made to send it: answered once, closed, and neither a header nor the body is a command or another
/// request. On auto it gets the answers of HTTP, and nobody hears of it; on a line listener it has been greeted before it spoke.
/// </summary>
internal static class HttpOnThePort
{
    // All that an attacker's page could wish to be carried out.
    private const string Rest =
        "Host: 127.0.0.1\r\nOrigin: http://{mark}.example\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\n/nick {mark}\r\nhello "
            + "{mark}\r\n/msg {line} {mark}\r\n/topic {mark}\r\n/join #{mark}\r\n/quit {mark}\r\n";

    private static readonly string Long = "/" + new string('a', 5000);

    private static readonly HostileStep[] BadRequest =
    [
        Gets("HTTP/1.1 400 Bad Request"),
        Gets("Content-Type: text/plain"),
        Gets("X-Content-Type-Options: nosniff"),
        Gets("Content-Length: 71"),
        Gets("Connection: close"),
        Gets(""),
        Gets("This is a chat server (MuxChat). This connection does not speak HTTP."),
    ];

    private static readonly (string Name, string Status, string FirstLine)[] Requests =
    [
        ("GET", "404 Not Found", "GET /{mark} HTTP/1.1\r\n"),
        ("POST", "405 Method Not Allowed", "POST /{mark} HTTP/1.1\r\n"),
        ("HEAD", "404 Not Found", "HEAD /{mark} HTTP/1.1\r\n"),
        ("PUT", "405 Method Not Allowed", "PUT /{mark} HTTP/1.1\r\n"),
        ("DELETE", "405 Method Not Allowed", "DELETE /{mark} HTTP/1.1\r\n"),
        ("PATCH", "405 Method Not Allowed", "PATCH /{mark} HTTP/1.1\r\n"),
        ("TRACE", "405 Method Not Allowed", "TRACE /{mark} HTTP/1.1\r\n"),
        ("OPTIONS", "405 Method Not Allowed", "OPTIONS /{mark} HTTP/1.1\r\n"),
        ("OPTIONS of the server", "405 Method Not Allowed", "OPTIONS * HTTP/1.1\r\n"),
        ("CONNECT", "405 Method Not Allowed", "CONNECT {mark}.example:443 HTTP/1.1\r\n"),
        ("GET of a whole URI", "413 Content Too Large", "GET http://{mark}.example/ HTTP/1.1\r\n"),
        ("a method of one's own", "501 Not Implemented", "say /{mark} HTTP/1.1\r\n"),
        ("a method with punctuation", "501 Not Implemented", "M-SEARCH * HTTP/1.1\r\n"),
        ("HTTP/1.0", "404 Not Found", "GET /{mark} HTTP/1.0\r\n"),
        ("HTTP/2, the preface", "505 HTTP Version Not Supported", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a version that does not exist", "505 HTTP Version Not Supported", "GET /{mark} HTTP/9.9\r\n"),
        ("a bare LF", "400 Bad Request", "GET /{mark} HTTP/1.1\n"),
        ("a target with a command", "404 Not Found", "GET //quit?/nick%20{mark} HTTP/1.1\r\n"),
        ("a target of 600 bytes", "404 Not Found", "GET /" + new string('a', 600) + " HTTP/1.1\r\n"),
        ("a target as long as a line", "414 URI Too Long", "GET " + Long[..4081] + " HTTP/1.1\r\n"),
        ("a target longer than any line", "414 URI Too Long", "GET " + Long + " HTTP/1.1\r\n"),
        ("a target of a hundred kilobytes", "414 URI Too Long", "GET /" + new string('a', 100_000) + " HTTP/1.1\r\n"),
        ("spaces behind the version", "400 Bad Request", "GET /{mark} HTTP/1.1   \r\n"),
        ("a WebSocket's handshake", "404 Not Found", "GET /{mark} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"),
    ];

    // Near enough to be taken for HTTP by somebody careless, and chat all the same.
    private static readonly string[] Chat =
    [
        "GET /{mark}",
        "we love {mark} HTTP/1.1",
        "see http://{mark}.example/ HTTP/",
        "GET /{mark} HTTP",
        "GET  /{mark} HTTP/1.1",
        "GET /{mark}  HTTP/1.1",
        " GET /{mark} HTTP/1.1",
        "GET /{mark} http/1.1",
        "(GET) /{mark} HTTP/1.1",
        "HTTP/1.1 200 {mark}",
        "love {mark} and HTTP/1.1",
    ];

    public static IEnumerable<HostileCase> All => OnAuto.Concat(OnLines).Concat(OnFrames).Concat(InPieces).Concat(IsChat).Concat(NotFirst);

    private static IEnumerable<HostileCase> OnAuto => Requests.Select(request =>
        OnLoop($"HTTP, {request.Name}", Sends(request.FirstLine + Rest), GetsResponse(request.Status, hasBody: request.Name != "HEAD")));

    private static IEnumerable<HostileCase> OnLines => Requests.Select(request =>
        HostileCase.Newcomer(
            $"line listener: HTTP, {request.Name}",
            "line",
            HostileEnd.SpokeHttp,
            [IsGreeted(), Sends(request.FirstLine + Rest), .. BadRequest]));

    // As a length, its first four bytes are far more than any frame has.
    private static IEnumerable<HostileCase> OnFrames => Requests.Select(request =>
        HostileCase.Newcomer(
            $"frame listener: HTTP, {request.Name}",
            "frame",
            HostileEnd.Overrun,
            IsGreetedByFrames(),
            Sends(request.FirstLine + Rest),
            GetsError("too_long")));

    private static readonly HostileCase[] InPieces =
    [
        OnLoop("HTTP a byte at a time", Drips("POST / HTTP/1.1\r\n"), Sends(Rest), GetsResponse("405 Method Not Allowed")),
        HostileCase.Newcomer(
            "line listener: HTTP a byte at a time",
            "line",
            HostileEnd.SpokeHttp,
            [IsGreeted(), Drips("POST / HTTP/1.1\r\n"), Sends(Rest), .. BadRequest]),
        OnLoop("HTTP, the first line in two pieces a second apart", Sends("POST / HT"), Waits(), Sends("TP/1.1\r\n" + Rest),
            GetsResponse("405 Method Not Allowed")),
        HostileCase.Newcomer(
            "auto listener: HTTP behind an empty line",
            "auto",
            HostileEnd.SpokeHttp,
            [Sends("\r\nPOST / HTTP/1.1\r\n" + Rest), IsGreeted(), .. BadRequest]),
        HostileCase.Newcomer(
            "line listener: HTTP behind empty lines",
            "line",
            HostileEnd.SpokeHttp,
            [IsGreeted(), Sends("\r\n\n\r\nPOST / HTTP/1.1\r\n" + Rest), .. BadRequest]),
        HostileCase.Newcomer(
            "line listener: HTTP behind a telnet command",
            "line",
            HostileEnd.SpokeHttp,
            [IsGreeted(), Sends([0xFF, 0xFB, 0x01, .. "POST / HTTP/1.1\r\n/quit\r\n"u8]), .. BadRequest]),
        HostileCase.Newcomer(
            "line listener: HTTP with a telnet command inside",
            "line",
            HostileEnd.SpokeHttp,
            [IsGreeted(), Sends([.. "POST / HT"u8, 0xFF, 0xF1, .. "TP/1.1\r\n/quit\r\n"u8]), .. BadRequest]),
        HostileCase.Newcomer(
            "line listener: HTTP longer than any line behind a telnet command",
            "line",
            HostileEnd.SpokeHttp,
            [IsGreeted(), Sends([0xFF, 0xF1, .. Encoding.ASCII.GetBytes("POST " + Long + " HTTP/1.1\r\n/quit\r\n")]), .. BadRequest]),
        HostileCase.Newcomer(
            "line listener: a telnet command that swallows the space of what looked like HTTP",
            "line",
            HostileEnd.StaysOpen,
            IsGreeted(),
            Sends([.. "GET /"u8, 0xFF, 0xFC, .. " HTTP/1.1 {mark}\n"u8])).Heard(Hears.Said("GET /HTTP/1.1 {mark}")),
        OnLoop("HTTP, two requests in a row", Floods("GET / HTTP/1.1\r\n\r\n", 2), GetsResponse("400 Bad Request")),
        OnLoop("HTTP, a megabyte of body", Sends("POST / HTTP/1.1\r\n\r\n" + new string('x', 1024 * 1024)),
            GetsResponse("400 Bad Request")),
        HostileCase.Newcomer("auto listener: HTTP and a reset", "auto", HostileEnd.ResetsItself, Sends("POST / HT")),
        HostileCase.Newcomer("auto listener: half a request and the end", "auto", HostileEnd.OpenUntilItLeaves, Sends("POST / HT")),
        HostileCase.Newcomer("auto listener: a method without an end", "auto", HostileEnd.OpenUntilItLeaves,
            Sends("POST{mark}"), IsGreeted()).Heard(Hears.Said("POST{mark}")),
        OnLoop("a target without an end", Sends("POST " + Long), GetsResponse("414 URI Too Long")),
        HostileCase.Newcomer(
            "auto listener: a method longer than any line",
            "auto",
            HostileEnd.StaysOpen,
            Sends(new string('A', 5000) + "\n"),
            IsGreeted(),
            Gets(Refusal.LineTooLong)),
    ];

    private static HostileCase OnLoop(string name, params HostileStep[] steps) =>
        HostileCase.Newcomer($"auto listener: {name}", "auto", HostileEnd.HttpRefused, steps) with { IsForLoop = true };

    private static IEnumerable<HostileCase> IsChat => Chat.Select(line =>
        HostileCase.Newcomer(
            $"auto listener: chat that looks like HTTP, {line}",
            "auto",
            HostileEnd.StaysOpen,
            Sends(line + "\n"),
            IsGreeted()).Heard(Hears.Said(line)));

    // Who has said anything else before is no browser.
    private static IEnumerable<HostileCase> NotFirst =>
    [
        HostileCase.Line(
            "lines: HTTP that is not the first line is a text",
            HostileEnd.StaysOpen,
            Sends("GET / HTTP/1.1\n")).Heard(Hears.Said("GET / HTTP/1.1")),
        HostileCase.Newcomer(
            "auto listener: HTTP as the second line is a text",
            "auto",
            HostileEnd.StaysOpen,
            Sends("hello {mark}\nGET /{mark} HTTP/1.1\n"),
            IsGreeted())
            .Heard(Hears.Said("hello {mark}"), Hears.Said("GET /{mark} HTTP/1.1")),
        HostileCase.Newcomer(
            "auto listener: frames, then HTTP",
            "auto",
            HostileEnd.Overrun,
            Sends([0, 0, 0, 2, .. "{}GET /{mark} HTTP/1.1\r\n"u8]),
            IsGreetedByFrames(),
            GetsError("missing_field"),
            GetsError("too_long")),
    ];
}
