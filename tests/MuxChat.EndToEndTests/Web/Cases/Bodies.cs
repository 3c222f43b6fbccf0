using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>
/// Bodies, which no resource takes, and requests hidden in them: each is refused, the connection closes, and nothing after the head is
/// answered.
/// </summary>
internal static class Bodies
{
    private const string Length = "RFC 9112, 6.3";
    private const string Coding = "RFC 9112, 6.1";
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    // A body that ends where the hidden request begins, and one that holds it.
    private static readonly string Chunked = $"0\r\n\r\n{Smuggled}";
    private static readonly string InAChunk = $"{Smuggled.Length:x}\r\n{Smuggled}\r\n0\r\n\r\n";

    private static readonly (string Section, string Name, string[] Fields, string Behind, int Status)[] Refused =
    [
        (Coding, "a length and a coding", ["Content-Length: 6", "Transfer-Encoding: chunked"], Chunked, 400),
        (Coding, "a coding and a length", ["Transfer-Encoding: chunked", "Content-Length: 6"], Chunked, 400),
        (Coding, "a length of 0 and a coding", ["Content-Length: 0", "Transfer-Encoding: chunked"], InAChunk, 400),
        (Coding, "a length and a coding that is none", ["Content-Length: 6", "Transfer-Encoding: identity"], Chunked, 400),
        (Coding, "a length and an empty coding", ["Content-Length: 6", "Transfer-Encoding:"], Chunked, 400),
        (Coding, "chunked", ["Transfer-Encoding: chunked"], InAChunk, 411),
        (Coding, "chunked in capitals", ["TRANSFER-ENCODING: CHUNKED"], InAChunk, 411),
        (Coding, "chunked in quotes", ["Transfer-Encoding: \"chunked\""], InAChunk, 501),
        (Coding, "chunked behind a tab", ["Transfer-Encoding:\tchunked"], InAChunk, 411),
        (Coding, "chunked twice", ["Transfer-Encoding: chunked, chunked"], InAChunk, 501),
        (Coding, "chunked on two lines", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], InAChunk, 501),
        (Coding, "chunked that is not last", ["Transfer-Encoding: chunked, gzip"], InAChunk, 501),
        (Coding, "a coding that nobody knows", ["Transfer-Encoding: xchunked"], InAChunk, 501),
        (Coding, "an empty coding", ["Transfer-Encoding:"], InAChunk, 501),
        (Coding, "chunked with a blank before the colon", ["Transfer-Encoding : chunked"], InAChunk, 400),
        (Coding, "chunked on a folded line", ["Transfer-Encoding:", " chunked"], InAChunk, 400),
        (Coding, "chunked behind a vertical tab", ["Transfer-Encoding:\vchunked"], InAChunk, 400),
        (Coding, "a coding hidden behind a bare LF", ["X: x\nTransfer-Encoding: chunked"], InAChunk, 400),
        (Length, "two lengths", ["Content-Length: 0", "Content-Length: 38"], Smuggled, 400),
        (Length, "two lengths the other way round", ["Content-Length: 38", "Content-Length: 0"], Smuggled, 400),
        (Length, "a list of two lengths", ["Content-Length: 0, 38"], Smuggled, 400),
        (Length, "a list of the same length", ["Content-Length: 38, 38"], Smuggled, 400),
        (Length, "a length with a plus", ["Content-Length: +38"], Smuggled, 400),
        (Length, "a length below zero", ["Content-Length: -1"], Smuggled, 400),
        (Length, "a length in hexadecimal", ["Content-Length: 0x26"], Smuggled, 400),
        (Length, "a length with a point", ["Content-Length: 38.0"], Smuggled, 400),
        (Length, "a length with a blank", ["Content-Length: 3 8"], Smuggled, 400),
        (Length, "an empty length", ["Content-Length:"], Smuggled, 400),
        (Length, "a length of letters", ["Content-Length: all"], Smuggled, 400),
        (Length, "a length of digits that are no ASCII", ["Content-Length: \xD9\xA3"], Smuggled, 400),
        (Length, "a length over 64 bits", ["Content-Length: 18446744073709551654"], Smuggled, 400),
        (Length, "a length that ends with NUL", ["Content-Length: 38\0"], Smuggled, 400),
        (Length, "a length with a blank before the colon", ["Content-Length : 38"], Smuggled, 400),
        (Length, "a body that is a request", [$"Content-Length: {Smuggled.Length}"], Smuggled, 413),
        (Length, "a body whose length has zeros before it", [$"Content-Length: 000{Smuggled.Length}"], Smuggled, 413),
        (Length, "the same length twice", [$"Content-Length: {Smuggled.Length}", $"Content-Length: {Smuggled.Length}"], Smuggled, 413),
        (Length, "a body of a terabyte that never comes", ["Content-Length: 1099511627776"], "", 413),
    ];

    public static IEnumerable<WebCase> All =>
    [
        .. Refused.Select(static row => Http(row.Section, $"GET with {row.Name}", Get("/", row.Fields) + row.Behind, WebEnd.Closes,
            new HttpAnswer(row.Status))),
        .. ((string[])["POST", "PUT", "PATCH", "DELETE"]).Select(static method => Http("RFC 9110, 9.3", $"{method} with a body",
            Request(method, "/", $"Content-Length: {Smuggled.Length}") + Smuggled, WebEnd.Closes, new HttpAnswer(405))),
        Http(Coding, "POST with a length and a coding",
            Request("POST", "/", "Content-Length: 6", "Transfer-Encoding: chunked") + Chunked, WebEnd.Closes, new HttpAnswer(400)).Cut(),
        Http(Coding, "POST with a chunk that is a request", Request("POST", "/", "Transfer-Encoding: chunked") + InAChunk, WebEnd.Closes,
            new HttpAnswer(411)).Cut(),
        Http(Coding, "HTTP/1.0 with a coding", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + InAChunk, WebEnd.Closes,
            new HttpAnswer(411)),
        Http(Coding, "a coding that a request before has nothing to do with",
            Get("/x") + Get("/", "Transfer-Encoding: chunked") + InAChunk, WebEnd.Closes, new HttpAnswer(404), new HttpAnswer(411)),
        Http(Length, "a length of 0 is no body", Get("/", "Content-Length: 0") + Get("/x"), WebEnd.Stays,
            new HttpAnswer(200), new HttpAnswer(404)),
        Http(Length, "a length of many zeros is no body", Get("/", "Content-Length: 000000"), WebEnd.Stays, new HttpAnswer(200)),
        Http(Length, "POST with a length of 0", Request("POST", "/", "Content-Length: 0"), WebEnd.Stays, new HttpAnswer(405)),
        Http(Length, "an unknown path with a body", Get("/x", $"Content-Length: {Smuggled.Length}") + Smuggled, WebEnd.Closes,
            new HttpAnswer(404)),
        Http("RFC 6455, 4.1", "a WebSocket with a body",
            Upgrade($"Content-Length: {Smuggled.Length}") + Smuggled, WebEnd.Closes, new HttpAnswer(413)),
        Http("RFC 6455, 4.1", "a WebSocket with a chunked body",
            Upgrade("Transfer-Encoding: chunked") + InAChunk, WebEnd.Closes, new HttpAnswer(411)),
    ];
}
