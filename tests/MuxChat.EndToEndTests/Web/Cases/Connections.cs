using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>Keeping connections, pipelining, and the limits of heads and connections.</summary>
internal static class Connections
{
    private const string Persistence = "RFC 9112, 9.3";
    private const int Requests = 100;
    private const int TargetBytes = 2048;
    private const int HeadBytes = 8192;
    private const int FieldsOfAHead = 64;

    private static readonly (string Name, string Head, bool Stays)[] Kept =
    [
        ("1.1 without a word", Get("/x"), true),
        ("1.1 with close", Get("/x", "Connection: close"), false),
        ("1.1 with close in capitals", Get("/x", "CONNECTION: CLOSE"), false),
        ("1.1 with close in a list", Get("/x", "Connection: x, close ,y"), false),
        ("1.1 with close on the second line", Get("/x", "Connection: x", "Connection: close"), false),
        ("1.1 with close and keep-alive", Get("/x", "Connection: keep-alive, close"), false),
        ("1.1 with a word that begins like close", Get("/x", "Connection: closed, -close"), true),
        ("1.1 with keep-alive", Get("/x", "Connection: keep-alive"), true),
        ("1.0 without a word", "GET /x HTTP/1.0\r\n\r\n", false),
        ("1.0 with keep-alive", "GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true),
        ("1.0 with keep-alive and close", "GET /x HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", false),
        ("1.0 with a field of that name alone", "GET /x HTTP/1.0\r\nKeep-Alive: timeout=5\r\n\r\n", false),
    ];

    public static IEnumerable<WebCase> All => [.. OfKeeping, .. OfLimits];

    private static IEnumerable<WebCase> OfKeeping =>
    [
        .. Kept.Select(static row => Http(Persistence, row.Name, row.Head, row.Stays ? WebEnd.Stays : WebEnd.Closes,
            new HttpAnswer(404) { Has = row.Stays && row.Head.Contains("HTTP/1.0", StringComparison.Ordinal) ? [KeepAlive] : [] })),
        Http(Persistence + ".2", "three requests at once", Get("/") + Get("/x") + Request("HEAD", "/"), WebEnd.Stays,
            new HttpAnswer(200) { Page = WebPage.Identity }, new HttpAnswer(404), new HttpAnswer(200) { IsOfHead = true }).Cut(),
        Http(Persistence + ".2", "three requests, the second of which closes", Get("/x") + Get("/", "Connection: close") + Get("/"),
            WebEnd.Closes, new HttpAnswer(404), new HttpAnswer(200)),
        Http(Persistence + ".2", "three requests, the second of which is none", Get("/x") + "GET / HTTP/1.1\r\n\r\n" + Get("/"),
            WebEnd.Closes, new HttpAnswer(404), new HttpAnswer(400)),
        Http(Persistence + ".2", "two requests and the beginning of a third", Get("/x") + Get("/x") + "GET / HT", WebEnd.Waits,
            new HttpAnswer(404), new HttpAnswer(404)),
        Http(Persistence + ".2", "HTTP/1.0 that stays, then HTTP/1.1", "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + Get("/"),
            WebEnd.Stays, new HttpAnswer(404) { Has = [KeepAlive] }, new HttpAnswer(200)),
        Http(Persistence, "what comes behind the last request is not read", Get("/x", "Connection: close") + "\x16\x03\x01 NICK x\r\n",
            WebEnd.Closes, new HttpAnswer(404)),
        Http(Persistence, "chat behind a request is none", Get("/x") + "hello\r\n\r\n", WebEnd.Closes, new HttpAnswer(404),
            new HttpAnswer(400)),
        Http("RFC 9112, 9.4", "99 requests of one connection", Repeated(Requests - 1), WebEnd.Waits, Answers(Requests - 1)),
        Http("RFC 9112, 9.4", "100 requests of one connection: the last closes it", Repeated(Requests), WebEnd.Closes,
            Answers(Requests)),
        Http("RFC 9112, 9.4", "101 requests of one connection: the last is not answered", Repeated(Requests + 1), WebEnd.Closes,
            Answers(Requests)),
        SocketFor(Repeated(Requests - 1) + Upgrade(), "RFC 9112, 9.4", "a WebSocket behind 99 requests", WebEnd.Stays, []) with
        {
            Answers = [.. Answers(Requests - 1), new HttpAnswer(101)],
        },
    ];

    private static IEnumerable<WebCase> OfLimits =>
    [
        Limit("RFC 9110, 15.5.15", "a target of 2,048 bytes", Get(Target(TargetBytes)), 404),
        Limit("RFC 9110, 15.5.15", "a target of 2,049 bytes", Get(Target(TargetBytes + 1)), 414),
        Limit("RFC 9110, 15.5.15", "a target of 2,048 bytes with a query", Get("/?" + new string('q', TargetBytes - 2)), 200),
        Limit("RFC 9110, 15.5.15", "a target of 20,000 bytes", Get(Target(20_000)), 414),
        Limit("RFC 9110, 15.5.15", "a whole URI of 2,049 bytes", Get("http://a" + Target(TargetBytes - 7)), 414),
        Http("RFC 9110, 15.5.15", "a target that does not end", "GET " + Target(5_000), WebEnd.Closes, new HttpAnswer(414)),
        Http("RFC 9112, 3", "a method that does not end", new string('A', 3_000), WebEnd.Closes, new HttpAnswer(501)).OnHttpAlone(),
        Http("RFC 9112, 3", "no method, and no end", new string('(', 3_000), WebEnd.Closes, new HttpAnswer(400)).OnHttpAlone(),
        Limit("RFC 6585, 5", "a head of 8,192 bytes", Head(HeadBytes), 404),
        Limit("RFC 6585, 5", "a head of 8,193 bytes", Head(HeadBytes + 1), 431),
        Limit("RFC 6585, 5", "a head of 100,000 bytes", Head(100_000), 431),
        Http("RFC 6585, 5", "a field that does not end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + new string('x', 9_000), WebEnd.Closes,
            new HttpAnswer(431)),
        Http("RFC 6585, 5", "a request behind a long head", Head(HeadBytes) + Get("/"), WebEnd.Stays, new HttpAnswer(404),
            new HttpAnswer(200)),
        Limit("RFC 6585, 5", "64 fields", Get("/x", ManyFields(FieldsOfAHead - 1)), 404),
        Limit("RFC 6585, 5", "65 fields", Get("/x", ManyFields(FieldsOfAHead)), 431),
        Limit("RFC 6585, 5", "a thousand fields of one letter", Get("/x", ManyFields(1_000)), 431),
    ];

    private static WebCase Limit(string section, string name, string sent, int status) =>
        Http(section, name, sent, status is 404 or 200 ? WebEnd.Stays : WebEnd.Closes, new HttpAnswer(status));

    private static string Repeated(int times) => string.Concat(Enumerable.Repeat(Get("/x"), times));

    private static WebAnswer[] Answers(int times) => [.. Enumerable.Repeat(new HttpAnswer(404), times)];

    private static string Target(int bytes) => "/" + new string('t', bytes - 1);

    private static string[] ManyFields(int count) => [.. Enumerable.Repeat("X: y", count)];

    // A head of this length with its empty line.
    private static string Head(int bytes)
    {
        var rest = Get("/x", "X: ").Length;
        return Get("/x", "X: " + new string('x', bytes - rest));
    }
}
