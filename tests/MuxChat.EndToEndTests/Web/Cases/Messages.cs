using System.Text;
using static MuxChat.EndToEndTests.Web.WebCase;
using static MuxChat.Testing.Clients.WebSocketFrames;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>Messages: UTF-8, kinds, the forms of a length, and the limits.</summary>
internal static class Messages
{
    private const string Utf8 = "RFC 6455, 8.1";
    private const string Lengths = "RFC 6455, 5.2";
    private const string Kinds = "RFC 6455, 5.6";
    private const int WrongKind = 1003;
    private const int NotUtf8 = 1007;
    private const int Policy = 1008;
    private const int TooBig = 1009;
    private const int ProtocolError = 1002;
    private const int MaxIrcBytes = 8191 + 510;

    private static readonly (string Name, byte[] Bytes)[] Texts =
    [
        ("two bytes a character", "é"u8.ToArray()), ("three bytes a character", "世"u8.ToArray()),
        ("four bytes a character", "👋"u8.ToArray()), ("the last character of all", [0xF4, 0x8F, 0xBF, 0xBF]),
        ("characters on both sides of the surrogates", [0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80]), ("a noncharacter", [0xEF, 0xBF, 0xBE]),
    ];

    private static readonly (string Name, byte[] Bytes)[] BadTexts =
    [
        ("a byte of Latin-1", [0xE9]), ("a byte that goes on nothing", [0x80]), ("half of two bytes", [0xC3]),
        ("half of three bytes", [0xE4, 0xB8]), ("half of four bytes", [0xF0, 0x9F, 0x91]), ("NUL in two bytes", [0xC0, 0x80]),
        ("a slash in two bytes", [0xC0, 0xAF]), ("a slash in three bytes", [0xE0, 0x80, 0xAF]),
        ("a slash in four bytes", [0xF0, 0x80, 0x80, 0xAF]), ("half a surrogate pair", [0xED, 0xA0, 0x80]),
        ("a surrogate pair", [0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B]), ("behind the last character of all", [0xF4, 0x90, 0x80, 0x80]),
        ("five bytes a character", [0xF8, 0x88, 0x80, 0x80, 0x80]), ("0xFE and 0xFF", [0xFE, 0xFF]),
    ];

    public static IEnumerable<WebCase> All => [.. OfTexts, .. OfKinds, .. OfLengths, .. OfLimits];

    private static IEnumerable<WebCase> OfTexts =>
    [
        .. Texts.Select(static row => Socket(Utf8, row.Name, WebEnd.Stays, [Of(Text, [.. "PING :"u8, .. row.Bytes])], Ponged(row.Bytes))),
        .. Texts.SelectMany(static row => Enumerable.Range(1, row.Bytes.Length - 1).Select(at =>
            Socket("RFC 6455, 5.4", $"{row.Name}, cut at {at} by a fragment", WebEnd.Stays,
                [Of(Text, [.. "PING :"u8, .. row.Bytes[..at]], isFinal: false), Of(Continuation, row.Bytes.AsSpan(at))],
                Ponged(row.Bytes)))),
        Socket("RFC 6455, 5.4", "a character, each byte of it in a fragment, with pings between", WebEnd.Stays,
            [Of(Text, [.. "PING :"u8, 0xF0], isFinal: false), Of(Ping, "1"u8), Of(Continuation, [0x9F], isFinal: false), Of(Ping, "2"u8),
                Of(Continuation, [0x91], isFinal: false), Of(Continuation, [0x8B])],
            new FrameAnswer(Pong, "1"), new FrameAnswer(Pong, "2"), Ponged("👋"u8.ToArray())).Cut(),
        .. BadTexts.Select(static row => Socket(Utf8, row.Name, WebEnd.Closes,
            [Of(Text, [.. "PING :"u8, .. row.Bytes]), Of(Text, "PING b"u8)], new CloseAnswer(NotUtf8))),
        .. BadTexts.Select(static row => Socket(Utf8, $"{row.Name}, in the middle", WebEnd.Closes,
            [Of(Text, [.. "PING :"u8, .. row.Bytes, .. "abc"u8])], new CloseAnswer(NotUtf8))),
        Socket(Utf8, "a character that a fragment breaks off", WebEnd.Closes,
            [Of(Text, [.. "PING :"u8, 0xC3], isFinal: false), Of(Continuation, "x"u8)], new CloseAnswer(NotUtf8)).Cut(),
        Socket(Utf8, "a character that the last fragment breaks off", WebEnd.Closes,
            [Of(Text, "PING :"u8, isFinal: false), Of(Continuation, [0xF0, 0x9F])], new CloseAnswer(NotUtf8)),
        Binaries("bytes that are no text are no line of IRC", WebEnd.Stays, [Of(Binary, [.. "PING :"u8, 0xE9, 0xFF])],
            new FrameAnswer(Binary, "FAIL PING INVALID_UTF8 :the line is not UTF-8...")),
    ];

    private static IEnumerable<WebCase> OfKinds =>
    [
        Socket(Kinds, "bytes where texts are spoken", WebEnd.Closes, [Of(Binary, "PING a"u8)], new CloseAnswer(WrongKind)).Cut(),
        Socket(Kinds, "bytes in fragments where texts are spoken", WebEnd.Closes,
            [Of(Binary, "PING"u8, isFinal: false), Of(Continuation, " a"u8)], new CloseAnswer(WrongKind)),
        Socket(Kinds, "empty bytes where texts are spoken", WebEnd.Closes, [Of(Binary, ""u8)], new CloseAnswer(WrongKind)),
        Binaries("a text where bytes are spoken", WebEnd.Closes, [Of(Text, "PING a"u8)], new CloseAnswer(WrongKind)),
        Binaries("bytes where bytes are spoken", WebEnd.Stays, [Of(Binary, "PING a"u8)],
            new FrameAnswer(Binary, ":muxchat.local PONG muxchat.local :a")),
        Json("bytes where objects are spoken", WebEnd.Closes, [Of(Binary, """{"type":"ping","token":"a"}"""u8)],
            new CloseAnswer(WrongKind)),
        Json("an object", WebEnd.Stays, [Of(Text, """{"type":"ping","token":"a"}"""u8)],
            new FrameAnswer(Text, """{"type":"pong","token":"a"}""")).Cut(),
        Json("no object", WebEnd.Stays, [Of(Text, "PING a"u8)], new FrameAnswer(Text, """{"type":"error",...""")),
        Socket("IRCv3 WebSocket", "an empty text is no line", WebEnd.Stays, [Of(Text, ""u8)]),
        Socket("IRCv3 WebSocket", "CR LF at the end of a line is dropped", WebEnd.Stays, [Of(Text, "PING a\r\n"u8)],
            Ponged("a"u8.ToArray())),
        Socket("IRCv3 WebSocket", "LF at the end of a line is dropped", WebEnd.Stays, [Of(Text, "PING a\n"u8)], Ponged("a"u8.ToArray())),
        Socket("IRCv3 WebSocket", "two lines in a message", WebEnd.Closes, [Of(Text, "PING a\r\nPING b"u8)], new CloseAnswer(Policy)),
        Socket("IRCv3 WebSocket", "LF before a line", WebEnd.Closes, [Of(Text, "\nPING a"u8)], new CloseAnswer(Policy)),
    ];

    private static IEnumerable<WebCase> OfLengths =>
    [
        .. ((int[])[30, 124, 125, 126, 127, 128, 255, 256, 32_767, 32_768, 65_534, 65_535, 65_536]).Select(static length =>
            Json($"a message of {length} bytes", WebEnd.Stays, [Of(Text, Padded(length))],
                new FrameAnswer(Text, """{"type":"pong","token":"a"}"""))),
        .. ((int[])[0, 1, 125]).Select(static length => Socket(Lengths, $"a length of {length} in two bytes", WebEnd.Closes,
            [Of(Text, Letters(length), true, 1, 0, 2, length)], new CloseAnswer(ProtocolError))),
        .. ((int[])[0, 125, 126, 65_535]).Select(static length => Socket(Lengths, $"a length of {length} in eight bytes", WebEnd.Closes,
            [Of(Text, Letters(length), true, 1, 0, 8, length)], new CloseAnswer(ProtocolError))),
        Socket(Lengths, "a length of 2^63", WebEnd.Closes, [Of(Text, ""u8, true, 1, 0, 8, long.MinValue)], new CloseAnswer(ProtocolError)),
        Socket(Lengths, "a length of 2^64 - 1", WebEnd.Closes, [Of(Text, ""u8, true, 1, 0, 8, -1)], new CloseAnswer(ProtocolError)),
        Socket(Lengths, "a length of 2^63 - 1", WebEnd.Closes, [Of(Text, ""u8, true, 1, 0, 8, long.MaxValue)], new CloseAnswer(TooBig)),
        Socket(Lengths, "a length of 2^31", WebEnd.Closes, [Of(Text, ""u8, true, 1, 0, 8, 1L << 31)], new CloseAnswer(TooBig)),
        Socket(Lengths, "a length of 2^32 + 5", WebEnd.Closes, [Of(Text, "PING "u8, true, 1, 0, 8, (1L << 32) + 5)],
            new CloseAnswer(TooBig)).Cut(),
    ];

    private static IEnumerable<WebCase> OfLimits =>
    [
        Json("a message over the limit by one", WebEnd.Closes, [Of(Text, Padded(WebTableServer.MaxMessageBytes + 1))],
            new CloseAnswer(TooBig)),
        Json("a header over the limit is enough", WebEnd.Closes, [Of(Text, ""u8, true, 1, 0, 8, WebTableServer.MaxMessageBytes + 1)],
            new CloseAnswer(TooBig)),
        Json("fragments up to the limit", WebEnd.Stays, [.. Halves(WebTableServer.MaxMessageBytes)],
            new FrameAnswer(Text, """{"type":"pong","token":"a"}""")),
        Json("fragments over the limit by one", WebEnd.Closes, [.. Halves(WebTableServer.MaxMessageBytes + 1)], new CloseAnswer(TooBig)),
        Json("two messages up to the limit", WebEnd.Stays,
            [Of(Text, Padded(WebTableServer.MaxMessageBytes)), .. Halves(WebTableServer.MaxMessageBytes)],
            new FrameAnswer(Text, """{"type":"pong","token":"a"}"""), new FrameAnswer(Text, """{"type":"pong","token":"a"}""")),
        Socket("RFC 6455, 10.4", "a line over the limit by one", WebEnd.Closes, [Of(Text, Letters(MaxIrcBytes + 1))],
            new CloseAnswer(TooBig)),
        Socket("RFC 6455, 10.4", "a line in fragments over the limit by one", WebEnd.Closes,
            [Of(Text, Letters(MaxIrcBytes), isFinal: false), Of(Continuation, "x"u8)], new CloseAnswer(TooBig)),
        Socket("RFC 6455, 10.4", "a line up to the limit is a line", WebEnd.Stays, [Of(Text, Letters(MaxIrcBytes)), Of(Text, "PING a"u8)],
            new FrameAnswer(Text, ":muxchat.local 4..."), Ponged("a"u8.ToArray())),
    ];

    private static WebCase Json(string name, WebEnd end, byte[][] frames, params WebAnswer[] answers) =>
        SocketFor(Upgrade("Sec-WebSocket-Protocol: json.muxchat"), Lengths, name, end, frames, answers) with { HearsLobby = true };

    private static WebCase Binaries(string name, WebEnd end, byte[][] frames, params WebAnswer[] answers) =>
        SocketFor(Upgrade("Sec-WebSocket-Protocol: binary.ircv3.net"), Kinds, name, end, frames, answers);

    private static FrameAnswer Ponged(byte[] token) =>
        new(Text, ":muxchat.local PONG muxchat.local :" + Encoding.Latin1.GetString(token));

    private static byte[] Letters(int count) => [.. Enumerable.Repeat((byte)'x', count)];

    // A ping of JSON of this length, with blanks after it.
    private static byte[] Padded(int bytes) => Encoding.ASCII.GetBytes("""{"type":"ping","token":"a"}""".PadRight(bytes));

    private static IEnumerable<byte[]> Halves(int bytes)
    {
        var whole = Padded(bytes);
        return [Of(Text, whole.AsSpan(0, bytes / 2), isFinal: false), Of(Continuation, whole.AsSpan(bytes / 2))];
    }
}
