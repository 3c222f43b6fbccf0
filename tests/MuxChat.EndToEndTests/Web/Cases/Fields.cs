using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>Fields of a head: Host, names, values, blanks, folding.</summary>
internal static class Fields
{
    private const string Hosts = "RFC 9112, 3.2";
    private const string Syntax = "RFC 9112, 5";
    private const string Values = "RFC 9110, 5.5";
    private const string First = "GET / HTTP/1.1\r\n";

    private static readonly (string Section, string Name, string Lines, int Status)[] Rows =
    [
        (Hosts, "no Host", "", 400),
        (Hosts, "no Host, but other fields", "Accept: */*\r\n", 400),
        (Hosts, "two Hosts", "Host: a\r\nHost: b\r\n", 400),
        (Hosts, "the same Host twice", "Host: a\r\nHost: a\r\n", 400),
        (Hosts, "two Hosts in other letters", "Host: a\r\nHOST: a\r\n", 400),
        (Hosts, "a Host with a path", "Host: a/b\r\n", 400),
        (Hosts, "a Host with a user", "Host: me@a\r\n", 400),
        (Hosts, "a Host with a blank", "Host: a b\r\n", 400),
        (Hosts, "a list of Hosts", "Host: a,b c\r\n", 400),
        (Hosts, "a Host with a scheme", "Host: http://a\r\n", 400),
        (Hosts, "a Host with a port of letters", "Host: a:http\r\n", 400),
        (Hosts, "a Host with two ports", "Host: a:1:2\r\n", 400),
        (Hosts, "a Host with a port of six digits", "Host: a:123456\r\n", 400),
        (Hosts, "a Host that is a port", "Host: :80\r\n", 400),
        (Hosts, "an address without its bracket", "Host: [::1\r\n", 400),
        (Hosts, "empty brackets", "Host: []\r\n", 400),
        (Hosts, "a Host with a letter of Latin-1", "Host: \xE9\r\n", 400),
        (Hosts, "a Host with a port", "Host: a:65535\r\n", 200),
        (Hosts, "a Host with an empty port", "Host: a:\r\n", 200),
        (Hosts, "an address of IPv6", "Host: [2001:db8::1]:80\r\n", 200),
        (Hosts, "a Host with blanks around it", "Host: \t a \t \r\n", 200),
        (Hosts, "a Host without a blank", "Host:a\r\n", 200),
        (Hosts, "a Host in capitals", "HOST: A\r\n", 200),
        (Syntax + ".1", "a blank before the colon", "Host: a\r\nAccept : x\r\n", 400),
        (Syntax + ".1", "a tab before the colon", "Host: a\r\nAccept\t: x\r\n", 400),
        (Syntax + ".1", "a blank before the colon of Host", "Host : a\r\n", 400),
        (Syntax, "no colon", "Host: a\r\nAccept\r\n", 400),
        (Syntax, "no name", "Host: a\r\n: x\r\n", 400),
        (Syntax, "a name with a parenthesis", "Host: a\r\nAcc(ept: x\r\n", 400),
        (Syntax, "a name with a letter of Latin-1", "Host: a\r\nAcc\xE9pt: x\r\n", 400),
        (Syntax, "a name with NUL", "Host: a\r\nAcc\0ept: x\r\n", 400),
        (Syntax, "a blank before the first field", " Host: a\r\n", 400),
        (Syntax, "an empty value", "Host: a\r\nAccept:\r\n", 200),
        (Syntax, "a name of all that a token may hold", "Host: a\r\n!#$%&'*+-.^_`|~09azAZ: x\r\n", 200),
        (Syntax + ".2", "a folded line", "Host: a\r\nAccept: x\r\n y\r\n", 400),
        (Syntax + ".2", "a line folded by a tab", "Host: a\r\nAccept: x\r\n\ty\r\n", 400),
        (Syntax + ".2", "a Host on a folded line", "Accept: x\r\n Host: a\r\n", 400),
        (Syntax + ".2", "an empty line that is folded", "Host: a\r\n \r\n", 400),
        (Values, "NUL in a value", "Host: a\r\nAccept: x\0y\r\n", 400),
        (Values, "a bare CR in a value", "Host: a\r\nAccept: x\ry\r\n", 400),
        (Values, "CR CR LF at the end of a value", "Host: a\r\nAccept: x\r\r\n", 400),
        (Values, "ESC in a value", "Host: a\r\nAccept: \x1Bx\r\n", 400),
        (Values, "DEL in a value", "Host: a\r\nAccept: x\x7F\r\n", 400),
        (Values, "a tab in a value", "Host: a\r\nAccept: x\ty\r\n", 200),
        (Values, "Latin-1 and broken UTF-8 in a value", "Host: a\r\nAccept: \xE9\xC0\x80\xFF\r\n", 200),
        (Values, "a quoted string with a backslash", "Host: a\r\nAccept: \"x\\\"y\"\r\n", 200),
        ("RFC 9112, 2.2", "a bare LF behind a field", "Host: a\nAccept: x\r\n", 400),
        ("RFC 9112, 2.2", "a bare LF in the middle of a value", "Host: a\r\nAccept: x\nGET /x HTTP/1.1\r\n", 400),
    ];

    public static IEnumerable<WebCase> All =>
    [
        .. Rows.Select(static row => Http(row.Section, row.Name, $"{First}{row.Lines}\r\n",
            row.Status == 200 ? WebEnd.Stays : WebEnd.Closes, new HttpAnswer(row.Status))),
        Http("RFC 9112, 2.2", "a bare LF for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", WebEnd.Closes, new HttpAnswer(400)),
        Http("RFC 9112, 3.2.2", "a whole URI still needs a Host", "GET http://a/ HTTP/1.1\r\n\r\n", WebEnd.Closes, new HttpAnswer(400)),
        Http("RFC 9112, 3.2.2", "the host of a whole URI wins over Host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", WebEnd.Stays,
            new HttpAnswer(200)),
        Http("RFC 9112, 3.2", "HTTP/1.0 needs no Host", "GET / HTTP/1.0\r\n\r\n", WebEnd.Closes, new HttpAnswer(200)).Cut(),
        Http("RFC 9112, 3.2", "HTTP/1.0 with two Hosts", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", WebEnd.Closes,
            new HttpAnswer(400)),
        Http("RFC 9110, 6.6.1", "the end of the input in the middle of a head", "GET / HTTP/1.1\r\nHost: a\r\nAcc", WebEnd.Waits),
        Http("RFC 9110, 6.6.1", "the end of the input behind a request", Get("/"), WebEnd.Waits, new HttpAnswer(200)),
    ];
}
