using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>Entity tags and content codings.</summary>
internal static class Caching
{
    private const string Tags = "RFC 9110, 13.1.2";
    private const string Codings = "RFC 9110, 12.5.3";

    private static readonly (string Name, string[] Fields, bool IsKnown)[] TagRows =
    [
        ("the tag", ["If-None-Match: {tag}"], true),
        ("the tag, weak", ["If-None-Match: W/{tag}"], true),
        ("the tag in a list", ["If-None-Match: \"x\", {tag}, \"y\""], true),
        ("the tag in a list without blanks", ["If-None-Match: \"x\",{tag},W/\"y\""], true),
        ("the tag on the second line", ["If-None-Match: \"x\"", "If-None-Match: {tag}"], true),
        ("the tag behind empty elements", ["If-None-Match: , ,{tag}"], true),
        ("the tag behind one that holds a comma", ["If-None-Match: \"x, y\", {tag}"], true),
        ("an asterisk", ["If-None-Match: *"], true),
        ("the tag of a coding in that coding", ["If-None-Match: {tag-br}", "Accept-Encoding: br"], true),
        ("the tag and an old date", ["If-None-Match: {tag}", "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT"], true),
        ("another tag", ["If-None-Match: \"x\""], false),
        ("the tag of another coding", ["If-None-Match: {tag-gzip}"], false),
        ("the tag inside another", ["If-None-Match: \"x{tag}y\""], false),
        ("a tag that is the end of it", ["If-None-Match: x{tag}"], false),
        ("an asterisk in quotes", ["If-None-Match: \"*\""], false),
        ("an empty value", ["If-None-Match:"], false),
        ("a small w", ["If-None-Match: w/{tag}"], false),
        ("a date alone, for nothing here has one", ["If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT"], false),
    ];

    private static readonly (string Name, string[] Accepted, string Coding)[] CodingRows =
    [
        ("none asked for", [], WebPage.Identity),
        ("an empty list", [""], WebPage.Identity),
        ("gzip", ["gzip"], WebPage.Gzip),
        ("br", ["br"], WebPage.Brotli),
        ("what browsers send", ["gzip, deflate, br, zstd"], WebPage.Brotli),
        ("without blanks", ["gzip,deflate,br"], WebPage.Brotli),
        ("in capitals", ["GZIP"], WebPage.Gzip),
        ("x-gzip", ["x-gzip"], WebPage.Gzip),
        ("on two lines", ["gzip", "br"], WebPage.Brotli),
        ("gzip is liked better", ["br;q=0.5, gzip;q=0.8"], WebPage.Gzip),
        ("three decimals", ["br;q=0.001, gzip;q=0.002"], WebPage.Gzip),
        ("blanks around q", ["br ; q=0.5 , gzip ;\tq=0.8"], WebPage.Gzip),
        ("a capital Q", ["br;Q=0, gzip;Q=1"], WebPage.Gzip),
        ("br is not accepted", ["br;q=0, gzip"], WebPage.Gzip),
        ("br is not accepted, with decimals", ["br;q=0.000, gzip;q=1.000"], WebPage.Gzip),
        ("identity is liked better", ["identity;q=1, gzip;q=0.5"], WebPage.Identity),
        ("an asterisk", ["*"], WebPage.Brotli),
        ("an asterisk, but no br", ["*, br;q=0"], WebPage.Gzip),
        ("an asterisk for nothing", ["gzip, *;q=0"], WebPage.Gzip),
        ("deflate alone", ["deflate"], WebPage.Identity),
        ("a coding that begins like one", ["gzipped, brr"], WebPage.Identity),
        ("nothing is acceptable", ["identity;q=0, *;q=0"], WebPage.Identity),
    ];

    public static IEnumerable<WebCase> All =>
    [
        .. TagRows.Select(static row => Http(Tags, row.Name, Get("/", row.Fields), WebEnd.Stays, row.IsKnown
            ? new HttpAnswer(304) { Has = ["ETag: \"...\"", "Vary: Accept-Encoding", "Cache-Control: no-cache"] }
            : new HttpAnswer(200))),
        .. CodingRows.Select(static row => Http(Codings, row.Name,
            Get("/", [.. row.Accepted.Select(static one => "Accept-Encoding: " + one)]), WebEnd.Stays,
            new HttpAnswer(200) { Page = row.Coding, Has = ["Vary: Accept-Encoding"] })),
        Http(Tags, "HEAD with the tag", Request("HEAD", "/", "If-None-Match: {tag}"), WebEnd.Stays, new HttpAnswer(304)),
        Http(Tags, "a tag for what is not there", Get("/x", "If-None-Match: *"), WebEnd.Stays, new HttpAnswer(404)),
        Http(Tags, "304, then the page in another coding", Get("/", "If-None-Match: {tag}") + Get("/", "Accept-Encoding: gzip"),
            WebEnd.Stays, new HttpAnswer(304), new HttpAnswer(200) { Page = WebPage.Gzip }).Cut(),
    ];
}
