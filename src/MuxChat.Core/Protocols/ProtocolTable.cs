using System.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols;

/// <summary>The protocols of the server, one row each. A new protocol needs its class and a row here.</summary>
public static class ProtocolTable
{
    /// <summary>The scheme of a listener that recognises the protocol of each client.</summary>
    public const string Auto = "auto";

    /// <summary>
    /// The rows. A client that matches no signature gets the first. The signatures of the others are asked in this order.
    /// </summary>
    public static IReadOnlyList<ProtocolEntry> Rows { get; } =
    [
        new("line", static limits => new LineProtocol(limits), null, [LineWarmup()]),
        new(
            "frame",
            static limits => new JsonProtocol(limits),
            static made => new JsonProtocol.Signature((JsonProtocol)made),
            [JsonWarmup()]),
        new(
            "irc",
            static _ => new IrcProtocol(),
            static made => new IrcProtocol.Signature((IrcProtocol)made),
            [IrcWarmup(), LabeledIrcWarmup()]),
    ];

    private static byte[] LineWarmup() =>
    [
        .. "hello\n/who\n/rooms\n/stats\n/help\n/history\n/pass a\n/oper a b\n/kill a\n/rehash\n/wallops a\n/nonsense\n"u8,
        0xFF, 0xFF,
        .. "\n/quit\n"u8,
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
/// <param name="Scheme">The name in a listen URI, equal to the protocol's name.</param>
/// <param name="Create">Creates the protocol, which reads the limits at each use.</param>
/// <param name="Recognise">Creates its signature; null for the protocol of clients that match no signature.</param>
/// <param name="Warmup">Input of clients: short exchanges that run once at startup, so that all code is loaded then.</param>
public sealed record ProtocolEntry(
    string Scheme,
    Func<Replaceable<FrameLimits>, IProtocol> Create,
    Func<IProtocol, IProtocolSignature>? Recognise,
    IReadOnlyList<byte[]> Warmup);
