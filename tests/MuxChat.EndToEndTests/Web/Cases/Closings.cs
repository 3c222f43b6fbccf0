using static MuxChat.EndToEndTests.Web.WebCase;
using static MuxChat.Testing.Clients.WebSocketFrames;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>The closing handshake: codes, reasons, and what comes after it.</summary>
internal static class Closings
{
    private const string Codes = "RFC 6455, 7.4";
    private const string Frame = "RFC 6455, 5.5.1";
    private const int ProtocolError = 1002;
    private const int NotUtf8 = 1007;

    // All that the registry has, and the first and last of each range.
    private static readonly int[] Valid =
        [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4999];

    private static readonly int[] Invalid =
        [0, 1, 100, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 5001, 32_768, 65_535];

    private static readonly (string Name, byte[] Reason, bool IsUtf8)[] Reasons =
    [
        ("two bytes a character", [0xC3, 0xA9], true),
        ("four bytes a character", [0xF0, 0x9F, 0x91, 0x8B], true),
        ("NUL", [0], true),
        ("a noncharacter", [0xEF, 0xBF, 0xBF], true),
        ("the last character of all", [0xF4, 0x8F, 0xBF, 0xBF], true),
        ("the longest, of 123 bytes", [.. Enumerable.Repeat((byte)'x', 123)], true),
        ("a byte of Latin-1", [0xE9], false),
        ("half a character", [.. "bye "u8, 0xF0, 0x9F, 0x91], false),
        ("half a surrogate pair", [0xED, 0xA0, 0x80], false),
        ("NUL in two bytes", [0xC0, 0x80], false),
        ("a slash in three bytes", [0xE0, 0x80, 0xAF], false),
        ("behind the last character of all", [0xF4, 0x90, 0x80, 0x80], false),
        ("a byte that goes on nothing", [0x80], false),
        ("a byte order mark of UTF-16", [0xFF, 0xFE], false),
    ];

    public static IEnumerable<WebCase> All =>
    [
        Socket(Frame, "no code", WebEnd.Closes, [Of(Close, ""u8)], new CloseAnswer(null)).Cut(),
        Socket(Frame, "one byte", WebEnd.Closes, [Of(Close, [3])], new CloseAnswer(ProtocolError)).Cut(),
        .. Valid.Select(static code => Socket(Codes, $"the code {code} comes back", WebEnd.Closes, [CloseWith(code)],
            new CloseAnswer(code))),
        .. Invalid.Select(static code => Socket(Codes, $"the code {code} may not be sent", WebEnd.Closes, [CloseWith(code)],
            new CloseAnswer(ProtocolError))),
        .. Reasons.Select(static row => Socket(Frame, $"a reason: {row.Name}", WebEnd.Closes, [Of(Close, [3, 0xE8, .. row.Reason])],
            new CloseAnswer(row.IsUtf8 ? 1000 : NotUtf8))),
        Socket(Frame, "a bad code and a bad reason", WebEnd.Closes, [Of(Close, [0, 0, 0xFF])], new CloseAnswer(ProtocolError)),
        Socket(Frame, "a text behind it", WebEnd.Closes, [CloseWith(1000), Of(Text, "PING late"u8)], new CloseAnswer(1000)),
        Socket(Frame, "a ping behind it", WebEnd.Closes, [CloseWith(1001), Of(Ping, "late"u8)], new CloseAnswer(1001)),
        Socket(Frame, "another behind it", WebEnd.Closes, [CloseWith(1001), CloseWith(1000)], new CloseAnswer(1001)),
        Socket(Frame, "noise behind it", WebEnd.Closes, [CloseWith(1000), [.. Enumerable.Repeat((byte)0xFF, 5_000)]],
            new CloseAnswer(1000)),
        Socket(Frame, "a megabyte behind it", WebEnd.Closes, [CloseWith(1000), new byte[1024 * 1024]], new CloseAnswer(1000)),
        Socket(Frame, "noise behind a mistake", WebEnd.Closes, [Of(3, ""u8), [.. Enumerable.Repeat((byte)0xFF, 5_000)]],
            new CloseAnswer(ProtocolError)),
        Socket("RFC 6455, 7.1.4", "the end of the input without it", WebEnd.Waits, [Of(Text, "PING a"u8)],
            new FrameAnswer(Text, ":muxchat.local PONG muxchat.local :a"), new CloseAnswer(1000)),
        Socket("RFC 6455, 7.1.1", "QUIT of IRC", WebEnd.Closes,
            [Of(Text, "NICK q"u8), Of(Text, "QUIT :bye"u8)],
            new FrameAnswer(Text, "ERROR :..."), new CloseAnswer(1000)),
        SocketFor(Upgrade("Sec-WebSocket-Protocol: json.muxchat"), "RFC 6455, 7.1.1", "quit of JSON", WebEnd.Closes,
            [Of(Text, """{"type":"quit"}"""u8)], new CloseAnswer(1000)) with
        {
            HearsLobby = true,
        },
    ];
}
