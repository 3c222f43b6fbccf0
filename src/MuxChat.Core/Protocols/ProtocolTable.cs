using System.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Echo;
using MuxChat.Core.Protocols.Exec;
using MuxChat.Core.Protocols.Http;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Core.Protocols.Uploads;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols;

/// <summary>The protocols of the server, one row each. A new protocol needs its class and a row here.</summary>
public static class ProtocolTable
{
    /// <summary>The scheme of a listener that recognises the protocol of each client.</summary>
    public const string Auto = "auto";

    /// <summary>The scheme of frames whose length has its bytes in the other order.</summary>
    public const string LittleEndianFrame = "frame?header=le32";

    /// <summary>The scheme of <c>exec</c> headers whose length has its bytes in the other order.</summary>
    public const string LittleEndianExec = "exec?header=le32";

    /// <summary>The scheme of a plain port that only sends IRC clients to TLS.</summary>
    public const string StsOnlyIrc = "irc?sts=only";

    /// <summary>
    /// The scheme of the page and its WebSockets. Its signature is asked only on a server that has <see cref="WebSettings"/>.
    /// </summary>
    public const string Http = "http";

    /// <summary>The scheme of the service that shares each file it gets in a room.</summary>
    public const string Upload = "upload";

    /// <summary>
    /// The rows. A client that matches no signature gets the first. The signatures of the others are asked in this order. An <c>auto</c>
    /// listener never chooses a later row without a signature.
    /// </summary>
    public static IReadOnlyList<ProtocolEntry> Rows { get; } =
    [
        new("line", static settings => new LineProtocol(settings.Limits), null, [LineWarmup()]),
        new(
            Http,
            static settings => new HttpProtocol(ChatSite.Create(settings.Limits, settings.Web ?? WebSettings.None, settings.Irc)),
            static made => new HttpProtocol.Signature((HttpProtocol)made),
            [PageWarmup(), WebSocketWarmup()]),
        new(
            "frame",
            static settings => new JsonProtocol(settings.Limits),
            static made => new JsonProtocol.Signature((JsonProtocol)made),
            [JsonWarmup()]),
        new(
            "irc",
            static settings => new IrcProtocol(null, settings.Sts, settings.Web?.PublicUrl, settings.Irc),
            static made => new IrcProtocol.Signature((IrcProtocol)made),
            [IrcWarmup(), LabeledIrcWarmup()]),
        new(
            LittleEndianFrame,
            static settings => new JsonProtocol(settings.Limits, new LengthPrefixFraming(settings.Limits, LengthHeader.LittleEndian32)),
            null,
            [[1, 0, 0, 0, (byte)'{', 0, 0, 1, 0]]),
        new(
            StsOnlyIrc,
            static settings => new StsProtocol(settings.Sts, settings.Irc),
            null,
            [[.. "CAP LS 302\nNICK a\nUSER a 0 * :a\nCAP END\n"u8]]),
        new(
            "utf",
            static settings => new LineProtocol(settings.Limits, new UtfFraming(settings.Limits, isText: true), "utf"),
            null,
            [[0, 4, 0xC0, 0x80, 0xED, 0xA0, 0, 5, .. "/quit"u8]]),
        new(
            Upload,
            static _ => new UploadProtocol([]),
            null,
            [[0, 0, 0, 16, .. "{\"data_size\": 2}"u8, (byte)'a', (byte)'b', 2, 0, 0, 0, (byte)'{', (byte)'}']]),
        new(
            ExecProtocol.Scheme,
            static settings => new ExecProtocol(settings.Limits, LengthHeader.BigEndian32),
            null,
            [ExecWarmup()]),
        new(
            LittleEndianExec,
            static settings => new ExecProtocol(settings.Limits, LengthHeader.LittleEndian32),
            null,
            [ExecWarmup()]),
        Echo("echo", static _ => new UnframedFraming(), isUpper: false),
        Echo("upper", static _ => new UnframedFraming(), isUpper: true),
        Echo("echo+utf", static limits => new UtfFraming(limits, isText: false), isUpper: false),
        Echo("upper+utf", static limits => new UtfFraming(limits, isText: false), isUpper: true),
    ];

    private static ProtocolEntry Echo(string scheme, Func<Replaceable<FrameLimits>, IFraming> framing, bool isUpper) => new(
        scheme,
        settings => new EchoProtocol(scheme, framing(settings.Limits), isUpper, settings.EchoGreeting),
        null,
        [[0, 5, .. "hello"u8]]);

    private static byte[] ExecWarmup() => [.. "uptime \"a b\"\n"u8];

    private static byte[] LineWarmup() =>
    [
        .. "hello\n/who\n/rooms\n/stats\n/help\n/history\n/pass a\n/oper a b\n/kill a\n/rehash\n/wallops a\n/nonsense\n"u8,
        0xFF, 0xFF,
        .. "\n/quit\n"u8,
    ];

    private static byte[] PageWarmup() =>
    [
        .. "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip;q=0.5\r\nIf-None-Match: \"a\"\r\n\r\n"u8,
        .. "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\nGET /ws HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n"u8,
    ];

    // A message of JSON, a ping, and a close frame, each under the mask 0.
    private static byte[] WebSocketWarmup() =>
    [
        .. "GET /ws HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"u8,
        .. "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"u8,
        .. "Sec-WebSocket-Protocol: json.muxchat\r\n\r\n"u8,
        0x01, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'"', 0x80, 0x83, 0, 0, 0, 0, (byte)'"', (byte)':', (byte)'}',
        0x89, 0x81, 0, 0, 0, 0, (byte)'a',
        0x88, 0x82, 0, 0, 0, 0, 3, 232,
    ];

    private static byte[] JsonWarmup()
    {
        string[] frames =
        [
            """{"type":"say","text":"hello \u4e16","id":1}""",
            """{"type":"who"}""",
            """{"type":"rooms"}""",
            """{"type":"stats"}""",
            """{"type":"help"}""",
            """{"type":"history"}""",
            """{"type":"oper","name":"a","password":"b"}""",
            """{"type":"resume","room":"#rehearsal","epoch":1,"after":1}""",
            """{"type":"say","text":"\ud800"}""",
            "{",
            """{"type":"quit"}""",
        ];
        return [.. frames.SelectMany(static text => (byte[])[0, 0, 0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)])];
    }

    private static byte[] IrcWarmup() =>
    [
        .. "CAP LS 302\nNICK rehearsal\nUSER u 0 * :u\nCAP REQ :server-time message-tags\nCAP END\n"u8,
        .. "JOIN #rehearsal\nPRIVMSG #rehearsal :hello\nWHO #rehearsal\nWHOIS rehearsal\nLIST\n"u8,
        .. "MODE rehearsal +wB\nOPER a b\nKILL a :b\nREHASH\nWALLOPS a\nNONSENSE\nQUIT\n"u8,
    ];

    private static byte[] LabeledIrcWarmup() =>
    [
        .. "CAP REQ :server-time message-tags echo-message batch labeled-response draft/chathistory setname\n"u8,
        .. "NICK rehearsal\nUSER u 0 * :u\nCAP END\n@label=1 JOIN #rehearsal\n@label=2;+a PRIVMSG #rehearsal :hello\n"u8,
        .. "@+a TAGMSG #rehearsal\n@label=3 CHATHISTORY AFTER #rehearsal timestamp=1970-01-01T00:00:00.000Z 10\n"u8,
        .. "MONITOR + a,rehearsal\nSETNAME :r\nNICK other\nWHOWAS rehearsal\nQUIT\n"u8,
    ];
}

/// <summary>One protocol of the server.</summary>
/// <param name="Scheme">The scheme of its listen URIs, without the transport.</param>
/// <param name="Create">Creates the protocol, which reads the limits at each use.</param>
/// <param name="Recognise">Creates its signature; null for a protocol that clients do not show by their first bytes.</param>
/// <param name="Warmup">Input of clients: short exchanges that run once at startup, so that all code is loaded then.</param>
public sealed record ProtocolEntry(
    string Scheme,
    Func<ProtocolSettings, IProtocol> Create,
    Func<IProtocol, IProtocolSignature>? Recognise,
    IReadOnlyList<byte[]> Warmup);

/// <summary>The settings from which the protocols of a server are made.</summary>
/// <param name="Limits">The limits of frames.</param>
/// <param name="EchoGreeting">The text that the echo services send on connecting; empty for none.</param>
public sealed record ProtocolSettings(Replaceable<FrameLimits> Limits, byte[] EchoGreeting)
{
    /// <summary>The page, and the origins that may use it; null for a server that speaks no HTTP.</summary>
    public WebSettings? Web { get; init; }

    /// <summary>The policy that sends IRC clients to TLS; null for none.</summary>
    public StsPolicy? Sts { get; init; }

    /// <summary>The server's names on IRC.</summary>
    public IrcServer Irc { get; init; } = new();
}
