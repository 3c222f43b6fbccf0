using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>The first line of a request: its parts, the four forms of a target, versions, and what may come before it.</summary>
internal static class RequestLines
{
    private const string Grammar = "RFC 9112, 3";
    private const string Targets = "RFC 9112, 3.2";
    private const string Host = "Host: a\r\n\r\n";

    private static readonly (string Name, string Line, int Status)[] Refused =
    [
        ("a version of two digits", "GET / HTTP/1.10\r\n", 400),
        ("a version that ends with a letter", "GET / HTTP/1.1x\r\n", 400),
        ("a blank behind the version", "GET / HTTP/1.1 \r\n", 400),
        ("CR CR LF at its end", "GET / HTTP/1.1\r\r\n", 400),
        ("a fragment in the target", "GET /#x HTTP/1.1\r\n", 400),
        ("HTTP/2.0", "GET / HTTP/2.0\r\n", 505),
        ("HTTP/0.9 with a version", "GET / HTTP/0.9\r\n", 505),
        ("HTTP/3.0", "GET / HTTP/3.0\r\n", 505),
        ("the preface of HTTP/2", "PRI * HTTP/2.0\r\n", 505),
        ("an asterisk for GET", "GET * HTTP/1.1\r\n", 400),
        ("a bare LF at its end", "GET / HTTP/1.1\n", 400),
    ];

    // None of them begins like HTTP, so that auto has other clients in mind.
    private static readonly (string Name, string Line, int Status)[] NotHttp =
    [
        ("no version", "GET /\r\n", 400),
        ("a method alone", "GET\r\n", 400),
        ("two blanks behind the method", "GET  / HTTP/1.1\r\n", 400),
        ("two blanks behind the target", "GET /  HTTP/1.1\r\n", 400),
        ("a blank in the target", "GET /a b HTTP/1.1\r\n", 400),
        ("a blank before the method", " GET / HTTP/1.1\r\n", 400),
        ("a tab for a blank", "GET\t/ HTTP/1.1\r\n", 400),
        ("a tab in the target", "GET /a\tb HTTP/1.1\r\n", 400),
        ("a small version", "GET / http/1.1\r\n", 400),
        ("a version without a name", "GET / 1.1\r\n", 400),
        ("a version of letters", "GET / HTTP/x.y\r\n", 400),
        ("a method with a parenthesis", "G(T / HTTP/1.1\r\n", 400),
        ("a method with a letter of Latin-1", "G\xC9T / HTTP/1.1\r\n", 400),
        ("NUL in the method", "G\0T / HTTP/1.1\r\n", 400),
        ("a target without a slash", "GET page HTTP/1.1\r\n", 400),
        ("a target of a colon", "GET : HTTP/1.1\r\n", 400),
        ("an authority for GET", "GET a:80 HTTP/1.1\r\n", 400),
        ("an authority without a port for CONNECT", "CONNECT a/ HTTP/1.1\r\n", 400),
        ("an empty target", "GET  HTTP/1.1\r\n", 400),
    ];

    // A target that the table has, in other forms.
    private static readonly (string Section, string Name, string Target, int Status)[] Forms =
    [
        (Targets + ".1", "the page with a query", "/?a=b&c", 200),
        (Targets + ".1", "an empty query", "/?", 200),
        (Targets + ".1", "a query with slashes and question marks", "/?/?/..", 200),
        (Targets + ".1", "two slashes are another path", "//", 404),
        (Targets + ".1", "a path that goes up", "/../", 404),
        (Targets + ".1", "a path with percent signs", "/%2e%2e/%00", 404),
        (Targets + ".1", "a path in other letters", "/WS", 404),
        (Targets + ".1", "a path with a slash more", "/ws/", 404),
        (Targets + ".2", "a whole URI", "http://a/", 200),
        (Targets + ".2", "a whole URI with a port", "http://a:7070/", 200),
        (Targets + ".2", "a whole URI of https", "https://a/", 200),
        (Targets + ".2", "a whole URI in capitals", "HTTP://A/", 200),
        (Targets + ".2", "a whole URI without a path", "http://a", 200),
        (Targets + ".2", "a whole URI with a query alone", "http://a?x", 200),
        (Targets + ".2", "a whole URI with a query alone, with slashes", "http://a?x=/ws", 200),
        (Targets + ".2", "a whole URI for IPv6", "http://[::1]:80/", 200),
        (Targets + ".2", "a whole URI of an unknown path", "http://a/x", 404),
    ];

    private static readonly (string Name, string Target)[] BadForms =
    [
        ("a whole URI without a host", "http:///"),
        ("a whole URI with a user", "http://me@a/"),
        ("a whole URI with a bad port", "http://a:x/"),
        ("a whole URI of another scheme", "ftp://a/"),
    ];

    public static IEnumerable<WebCase> All =>
    [
        .. Refused.Select(static row => Closed(Grammar, row.Name, row.Line + Host, row.Status)),
        .. NotHttp.Select(static row => Closed(Grammar, row.Name, row.Line + Host, row.Status).OnHttpAlone()),
        .. Forms.Select(static row => Http(row.Section, row.Name, Get(row.Target), WebEnd.Stays, new HttpAnswer(row.Status))),
        .. BadForms.Select(static row => Closed(Targets + ".2", row.Name, Get(row.Target), 400)),
        Closed(Targets + ".3", "CONNECT with an authority", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405, stays: true),
        Closed(Targets + ".4", "OPTIONS for the server as a whole", Request("OPTIONS", "*"), 405, stays: true),
        Http("RFC 9112, 2.3", "a higher minor version is 1.1", $"GET / HTTP/1.9\r\n{Host}", WebEnd.Stays, new HttpAnswer(200)),
        Http("RFC 9112, 2.2", "an empty line before a request", $"\r\n{Get("/")}", WebEnd.Stays, new HttpAnswer(200))
            .OnHttpAlone().Cut(),
        Http("RFC 9112, 2.2", "an empty line between requests", $"{Get("/x")}\r\n{Get("/")}", WebEnd.Stays,
            new HttpAnswer(404), new HttpAnswer(200)).Cut(),
        Closed("RFC 9112, 2.2", "two empty lines before a request", $"\r\n\r\n{Get("/")}", 400).OnHttpAlone(),
        Closed("RFC 9112, 2.2", "a bare LF before a request", $"\n{Get("/")}", 400).OnHttpAlone(),
        Closed("RFC 9112, 2.2", "a bare CR before a request", $"\r{Get("/")}", 400).OnHttpAlone(),
        Closed("RFC 9112, 2.2", "a bare CR in the request line", $"GET /\r HTTP/1.1\r\n{Host}", 400),
        Closed("RFC 9112, 2.2", "only bare LFs", "GET / HTTP/1.1\nHost: a\n\n", 400).Cut(),
    ];

    private static WebCase Closed(string section, string name, string sent, int status, bool stays = false) =>
        Http(section, name, sent, stays ? WebEnd.Stays : WebEnd.Closes, new HttpAnswer(status));
}
