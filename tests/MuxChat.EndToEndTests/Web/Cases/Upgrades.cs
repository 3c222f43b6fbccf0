using static MuxChat.EndToEndTests.Web.WebCase;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>The opening handshake: what it needs, whose pages may ask, and which subprotocol is chosen.</summary>
internal static class Upgrades
{
    private const string Section = "RFC 6455, 4.2.1";
    private const string Upgrading = "Upgrade: websocket";
    private const string Connecting = "Connection: Upgrade";
    private const string Keyed = "Sec-WebSocket-Key: " + WebCheck.Key;
    private const string Version = "Sec-WebSocket-Version: 13";

    private static readonly (string Name, string[] Fields)[] Accepted =
    [
        ("as the RFC has it", [Upgrading, Connecting, Keyed, Version]),
        ("in capitals", ["UPGRADE: WEBSOCKET", "CONNECTION: UPGRADE", "SEC-WEBSOCKET-KEY: " + WebCheck.Key, "SEC-WEBSOCKET-VERSION: 13"]),
        ("in mixed letters", ["Upgrade: WebSocket", "Connection: upGrade", Keyed, Version]),
        ("as Firefox has it", [Upgrading, "Connection: keep-alive, Upgrade", Keyed, Version]),
        ("with Connection on two lines", [Upgrading, "Connection: keep-alive", Connecting, Keyed, Version]),
        ("with Connection on three lines", [Upgrading, "Connection: x,y", Connecting, "Connection: z", Keyed, Version]),
        ("with Upgrade on two lines", ["Upgrade: h2c", Upgrading, Connecting, Keyed, Version]),
        ("with a list of upgrades", ["Upgrade: h2c, websocket", Connecting, Keyed, Version]),
        ("with empty elements in lists", ["Upgrade: ,websocket,", "Connection: ,, Upgrade ,", Keyed, Version]),
        ("with tabs around values", ["Upgrade:\twebsocket\t", "Connection:Upgrade", $"Sec-WebSocket-Key: \t{WebCheck.Key} ",
            "Sec-WebSocket-Version:\t13 "]),
        ("with extensions, none of which is accepted", [Upgrading, Connecting, Keyed, Version,
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame"]),
        ("with a length of 0", [Upgrading, Connecting, Keyed, Version, "Content-Length: 0"]),
    ];

    private static readonly (string Name, string[] Fields)[] Refused =
    [
        ("no field at all", []),
        ("no Upgrade", [Connecting, Keyed, Version]),
        ("no Connection", [Upgrading, Keyed, Version]),
        ("no version", [Upgrading, Connecting, Keyed]),
        ("another protocol", ["Upgrade: h2c", Connecting, Keyed, Version]),
        ("a protocol that begins like it", ["Upgrade: websockets", Connecting, Keyed, Version]),
        ("a protocol with a version", ["Upgrade: websocket/13", Connecting, Keyed, Version]),
        ("Connection without upgrade", [Upgrading, "Connection: keep-alive", Keyed, Version]),
        ("Connection with a word that begins like it", [Upgrading, "Connection: Upgraded", Keyed, Version]),
        ("version 8", [Upgrading, Connecting, Keyed, "Sec-WebSocket-Version: 8"]),
        ("version 14", [Upgrading, Connecting, Keyed, "Sec-WebSocket-Version: 14"]),
        ("version 013", [Upgrading, Connecting, Keyed, "Sec-WebSocket-Version: 013"]),
        ("a list of versions", [Upgrading, Connecting, Keyed, "Sec-WebSocket-Version: 13, 8"]),
        ("two versions", [Upgrading, Connecting, Keyed, Version, "Sec-WebSocket-Version: 8"]),
        ("an empty version", [Upgrading, Connecting, Keyed, "Sec-WebSocket-Version:"]),
    ];

    private static readonly (string Name, string[] Keys)[] BadKeys =
    [
        ("no key", []),
        ("an empty key", [""]),
        ("a key of 15 bytes", ["AAAAAAAAAAAAAAAAAAAA"]),
        ("a key of 17 bytes", ["AAAAAAAAAAAAAAAAAAAAAAA="]),
        ("a key of 18 bytes", ["AAAAAAAAAAAAAAAAAAAAAAAA"]),
        ("a key without its padding", ["dGhlIHNhbXBsZSBub25jZQ"]),
        ("a key with a character that is not of Base64", ["dGhlIHNhbXBsZSBub25j*Q=="]),
        ("a key with a blank in it", ["dGhlIHNhbXBs SBub25jZQ=="]),
        ("a key of another alphabet", ["dGhlIHNhbXBsZSBub25j-_=="]),
        ("two keys", [WebCheck.Key, "AAAAAAAAAAAAAAAAAAAAAA=="]),
        ("the same key twice", [WebCheck.Key, WebCheck.Key]),
    ];

    private const string AllowedOrigin = "Origin: " + WebTableServer.Origin;

    // The clients are on this machine, so their host must be one that only this machine can have.
    private static readonly (string Name, string Origin, string Host, bool IsAllowed)[] Origins =
    [
        ("the own host", "http://localhost", "localhost", true),
        ("the own host over TLS", "https://localhost", "localhost", true),
        ("the own host in capitals", "HTTP://LOCALHOST", "localhost", true),
        ("the own host with its port", "http://localhost:7070", "localhost:7070", true),
        ("the own host with the port of http", "http://localhost", "localhost:80", true),
        ("the own host with the port of https", "https://localhost:443", "localhost", true),
        ("the own address", "http://127.0.0.1:7070", "127.0.0.1:7070", true),
        ("the own address of IPv6", "http://[::1]:7070", "[::1]:7070", true),
        ("the machine's name", $"http://{Environment.MachineName}:7070", $"{Environment.MachineName}:7070", true),
        ("an origin that --origin allows", WebTableServer.Origin, "a", true),
        ("an origin that --origin allows, in capitals", "HTTPS://CHAT.EXAMPLE", "a", true),
        ("the name of another site that leads to this machine", "http://evil.example:7070", "evil.example:7070", false),
        ("the name of another site that begins like an address", "http://127.0.0.1.evil.example", "127.0.0.1.evil.example", false),
        ("the name of another site that ends like this machine's", "http://evil.localhost.", "evil.localhost.", false),
        ("another host", "http://b", "localhost", false),
        ("another port", "http://localhost:7071", "localhost:7070", false),
        ("another port, where the own is not named", "http://localhost:8080", "localhost", false),
        ("no host at all", "null", "localhost", false),
        ("an empty origin", "", "localhost", false),
        ("a host that begins like the own", "http://localhost.evil.example", "localhost", false),
        ("a host that ends like the own", "http://evil-localhost", "localhost", false),
        ("the own host as a user", "http://localhost@evil.example", "localhost", false),
        ("the own host without a scheme", "localhost", "localhost", false),
        ("the own host and a path", "http://localhost/x", "localhost", false),
        ("an allowed origin over plain HTTP", "http://chat.example", "localhost", false),
        ("an allowed origin with another port", "https://chat.example:8443", "localhost", false),
        ("a host below the allowed one", "https://evil.chat.example", "localhost", false),
        ("an allowed origin and a second", WebTableServer.Origin + ", http://b", "localhost", false),
    ];

    private static readonly (string Name, string[] Asked, string? Chosen)[] Subprotocols =
    [
        ("none asked for", [], null),
        ("JSON", ["json.muxchat"], "json.muxchat"),
        ("IRC as text", ["text.ircv3.net"], "text.ircv3.net"),
        ("IRC in bytes", ["binary.ircv3.net"], "binary.ircv3.net"),
        ("the client's order", ["binary.ircv3.net, text.ircv3.net"], "binary.ircv3.net"),
        ("the client's order, the other way round", ["text.ircv3.net,binary.ircv3.net"], "text.ircv3.net"),
        ("the client's order on two lines", ["text.ircv3.net", "json.muxchat"], "text.ircv3.net"),
        ("an unknown one first", ["soap, json.muxchat"], "json.muxchat"),
        ("an unknown one on the first line", ["soap", "mqtt", "json.muxchat"], "json.muxchat"),
        ("an unknown one alone", ["soap"], null),
        ("an empty list", [" "], null),
        ("empty elements", [",, ,json.muxchat"], "json.muxchat"),
        ("names are compared exactly", ["JSON.MUXCHAT"], null),
        ("a name that begins like one", ["json.muxchat2, json"], null),
    ];

    public static IEnumerable<WebCase> All =>
    [
        .. Accepted.Select(static row => SocketFor(Get("/ws", row.Fields), Section, row.Name, WebEnd.Stays, [])),
        .. Refused.Select(static row => Http("RFC 6455, 4.4", $"refused: {row.Name}", Get("/ws", row.Fields), WebEnd.Closes, Refusal)),
        .. BadKeys.Select(static row => Http(Section, $"refused: {row.Name}",
            Get("/ws", [Upgrading, Connecting, Version, .. row.Keys.Select(static key => "Sec-WebSocket-Key: " + key)]), WebEnd.Closes,
            new HttpAnswer(400))),
        Http(Section, "refused: POST", Upgrade().Replace("GET", "POST", StringComparison.Ordinal), WebEnd.Stays, new HttpAnswer(405)),
        Http(Section, "refused: HTTP/1.0", Upgrade().Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), WebEnd.Closes, Refusal),
        Http(Section, "refused, and what is behind it is not read", Get("/ws") + Get("/"), WebEnd.Closes, Refusal).Cut(),
        SocketFor(Upgrade().Replace("/ws", "/ws?x=1", StringComparison.Ordinal), Section, "with a query", WebEnd.Stays, []),
        SocketFor(Upgrade().Replace("/ws", "http://a/ws", StringComparison.Ordinal), Section, "of a whole URI", WebEnd.Stays, []),
        .. Origins.Select(OfOrigin),
        Http("RFC 6455, 10.2", "two origins, both of them allowed", Upgrade(AllowedOrigin, AllowedOrigin), WebEnd.Closes,
            new HttpAnswer(403)),
        SocketFor("GET http://localhost/ws HTTP/1.1\r\n" + Upgrade("Origin: http://localhost")["GET /ws HTTP/1.1\r\n".Length..],
            "RFC 6455, 10.2", "the own host is that of the whole URI", WebEnd.Stays, []),
        Http("RFC 6455, 10.2", "the page may be read from any origin", Get("/", "Origin: http://b"), WebEnd.Stays,
            new HttpAnswer(200) { Lacks = ["Access-Control-Allow-Origin"] }),
        .. Subprotocols.Select(OfSubprotocol),
    ];

    private static HttpAnswer Refusal => new(426) { Has = [Upgrading, "Connection: Upgrade", Version] };

    private static WebCase OfOrigin((string Name, string Origin, string Host, bool IsAllowed) row)
    {
        var head = Upgrade("Origin: " + row.Origin).Replace("Host: a", "Host: " + row.Host, StringComparison.Ordinal);
        return row.IsAllowed ? SocketFor(head, "RFC 6455, 10.2", row.Name, WebEnd.Stays, [])
            : Http("RFC 6455, 10.2", row.Name, head, WebEnd.Closes, new HttpAnswer(403));
    }

    private static WebCase OfSubprotocol((string Name, string[] Asked, string? Chosen) row)
    {
        var head = Upgrade([.. row.Asked.Select(static one => "Sec-WebSocket-Protocol: " + one)]);
        return SocketFor(head, "RFC 6455, 4.2.2", row.Name, WebEnd.Stays, []) with
        {
            HearsLobby = row.Chosen == "json.muxchat",
            Answers = [row.Chosen is null ? new HttpAnswer(101) { Lacks = ["Sec-WebSocket-Protocol"] }
                : new HttpAnswer(101) { Has = ["Sec-WebSocket-Protocol: " + row.Chosen] }],
        };
    }
}
