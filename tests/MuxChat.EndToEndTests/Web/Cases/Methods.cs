using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>Methods, HEAD, expectations, ranges, and what else a request may ask for in vain.</summary>
internal static class Methods
{
    private const string Section = "RFC 9110, 9";

    private static readonly string[] Known = ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"];

    private static readonly (string Name, string Method)[] Unknown =
    [
        ("a method in small letters", "get"), ("a method in mixed letters", "Get"), ("a method of another protocol", "PROPFIND"),
        ("a method with punctuation", "M-SEARCH"), ("a method of digits", "123"), ("a method that begins like one", "GETS"),
        ("a method that is the beginning of one", "GE"), ("a method of 40 letters", new string('A', 40)),
    ];

    private static readonly string[] Ranges =
        ["bytes=0-0", "bytes=-1", "bytes=0-0,2-3", "bytes=999999-", "bytes=0-18446744073709551615", "bytes=a-b", "lines=1-2"];

    public static IEnumerable<WebCase> All =>
    [
        .. Known.Select(static method => Http(Section + ".1", $"{method} is known, but no resource has it", Request(method, "/"),
            WebEnd.Stays, new HttpAnswer(405) { Has = ["Allow: GET, HEAD"] })),
        .. Unknown.Select(static row => Http(Section + ".1", row.Name, Request(row.Method, "/"), WebEnd.Closes, new HttpAnswer(501))),
        Http(Section + ".3.1", "GET of the page", Get("/"), WebEnd.Stays, new HttpAnswer(200)
        {
            Page = WebPage.Identity,
            Has = ["Content-Type: text/html; charset=utf-8", "Vary: Accept-Encoding", "ETag: \"...\""],
        }).Cut(),
        Http(Section + ".3.2", "HEAD of the page", Request("HEAD", "/"), WebEnd.Stays, new HttpAnswer(200)
        {
            Page = WebPage.Identity, IsOfHead = true,
            Has = ["Content-Type: text/html; charset=utf-8", "Vary: Accept-Encoding", "ETag: \"...\""],
        }).Cut(),
        Http(Section + ".3.2", "HEAD, then GET", Request("HEAD", "/") + Get("/"), WebEnd.Stays,
            new HttpAnswer(200) { IsOfHead = true }, new HttpAnswer(200)),
        Http(Section + ".3.2", "HEAD of nothing", Request("HEAD", "/x") + Get("/x"), WebEnd.Stays,
            new HttpAnswer(404) { IsOfHead = true }, new HttpAnswer(404)),
        Http(Section + ".3.2", "HEAD in codings", Request("HEAD", "/", "Accept-Encoding: gzip"), WebEnd.Stays,
            new HttpAnswer(200) { IsOfHead = true, Page = WebPage.Gzip }),
        Http(Section + ".3.2", "HEAD with a fault has no body", "HEAD / HTTP/1.1\r\n\r\n", WebEnd.Closes,
            new HttpAnswer(400) { IsOfHead = true }),
        Http(Section + ".3.2", "HEAD of the WebSocket's path", Request("HEAD", "/ws"), WebEnd.Closes,
            new HttpAnswer(426) { IsOfHead = true }),
        Http(Section + ".3.8", "TRACE says nothing of the request", Request("TRACE", "/", "Cookie: secret"), WebEnd.Stays,
            new HttpAnswer(405) { Has = ["Content-Type: text/plain; charset=utf-8"] }),
        Http("RFC 9110, 15.5.5", "an unknown path", Get("/favicon"), WebEnd.Stays,
            new HttpAnswer(404) { Has = ["Cache-Control: no-store"] }),
        Http("RFC 9110, 10.1.1", "100-continue", Get("/", "Expect: 100-continue"), WebEnd.Closes, new HttpAnswer(417)),
        Http("RFC 9110, 10.1.1", "100-continue with a body", Request("POST", "/", "Expect: 100-continue", "Content-Length: 5"),
            WebEnd.Closes, new HttpAnswer(417)),
        Http("RFC 9110, 10.1.1", "another expectation", Get("/", "Expect: the-best"), WebEnd.Closes, new HttpAnswer(417)),
        Http("RFC 9110, 10.1.1", "HTTP/1.0 has no expectation", "GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n", WebEnd.Closes,
            new HttpAnswer(200)),
        .. Ranges.Select(static range => Http("RFC 9110, 14.2", $"the range {range} is ignored", Get("/", $"Range: {range}"),
            WebEnd.Stays, new HttpAnswer(200) { Page = WebPage.Identity, Lacks = ["Content-Range"] })),
        Http("RFC 9110, 14.2", "a range for a tag is ignored", Get("/", "Range: bytes=0-0", "If-Range: {tag}"), WebEnd.Stays,
            new HttpAnswer(200) { Page = WebPage.Identity, Lacks = ["Content-Range"] }),
        Http("RFC 9110, 7.8", "an upgrade elsewhere is ignored", Get("/", "Upgrade: h2c", "Connection: Upgrade"), WebEnd.Stays,
            new HttpAnswer(200) { Lacks = ["Upgrade"] }),
        Http("RFC 9110, 7.8", "a WebSocket elsewhere is ignored", Upgrade().Replace("/ws", "/", StringComparison.Ordinal), WebEnd.Stays,
            new HttpAnswer(200) { Lacks = ["Upgrade", "Sec-WebSocket-Accept"] }),
    ];
}
