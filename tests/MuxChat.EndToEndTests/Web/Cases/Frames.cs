using System.Text;
using static MuxChat.EndToEndTests.Web.WebCase;
using static MuxChat.Testing.Clients.WebSocketFrames;

namespace MuxChat.EndToEndTests.Web.Cases;

/// <summary>Frames: opcodes, bits, masks, fragments, forms of a length, and what comes after the head in the same read.</summary>
internal static class Frames
{
    private const string Base = "RFC 6455, 5.2";
    private const string Fragments = "RFC 6455, 5.4";
    private const string Controls = "RFC 6455, 5.5";
    private const int ProtocolError = 1002;
    private const int MaxFragments = 1024;

    private static readonly FrameAnswer Answered = Ponged("abc");

    public static IEnumerable<WebCase> All => [.. OfHeaders, .. OfFragments, .. OfControls];

    private static IEnumerable<WebCase> OfHeaders =>
    [
        Socket(Base, "a text", WebEnd.Stays, [Line("PING abc")], Answered).Cut(),
        Socket(Base, "two texts and a ping at once", WebEnd.Stays, [Line("PING abc"), Line("PING b"), Of(Ping, "c"u8)],
            Answered, Ponged("b"), new FrameAnswer(Pong, "c")),
        .. ((int[])[3, 4, 5, 6, 7, 11, 12, 13, 14, 15]).Select(static opcode => Broken(Base, $"the reserved opcode {opcode}",
            Of(opcode, ""u8))),
        Broken(Base, "a reserved opcode with content, in fragments", Of(3, "abc"u8, isFinal: false)),
        .. ((int[])[1, 2, 3, 4, 7]).SelectMany(static bits => (WebCase[])
        [
            Broken(Base, $"the reserved bits {bits} on a text", Of(Text, "PING abc"u8, reserved: bits)),
            Broken(Base, $"the reserved bits {bits} on a ping", Of(Ping, "abc"u8, reserved: bits)),
        ]),
        Broken(Base, "a reserved bit on a close frame", Of(Close, [3, 0xE8], reserved: 4)),
        Broken(Base, "a reserved bit on a fragment", Of(Text, "PING"u8, isFinal: false), Of(Continuation, " abc"u8, reserved: 4)),
        Broken("RFC 6455, 5.1", "a text without a mask", Bare(Text, "PING abc")),
        Broken("RFC 6455, 5.1", "an empty text without a mask", Bare(Text, "")),
        Broken("RFC 6455, 5.1", "a ping without a mask", Bare(Ping, "abc")),
        Broken("RFC 6455, 5.1", "a close frame without a mask", Bare(Close, "")),
        Broken("RFC 6455, 5.1", "a second fragment without a mask", Of(Text, "PING"u8, isFinal: false), Bare(Continuation, " abc")),
        Socket("RFC 6455, 5.3", "a mask of zeros", WebEnd.Stays, [Of(Text, "PING abc"u8, mask: 0)], Answered),
        Socket("RFC 6455, 5.3", "a mask of ones", WebEnd.Stays, [Of(Text, "PING abc"u8, mask: uint.MaxValue)], Answered),
        Socket("RFC 6455, 5.3", "each frame has a mask of its own", WebEnd.Stays,
            [Of(Text, "PING"u8, isFinal: false, mask: 1), Of(Continuation, " abc"u8, mask: 0xFF00FF00)], Answered),
        .. ((int[])[0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 124, 125]).Select(static length =>
            Socket("RFC 6455, 5.3", $"the mask of {length} bytes", WebEnd.Stays, [Of(Ping, Letters(length))],
                new FrameAnswer(Pong, Encoding.Latin1.GetString(Letters(length))))),
        Socket("RFC 6455, 5.2", "a head and the first frame in one read, and chat behind the close frame", WebEnd.Closes,
            [Line("PING abc"), CloseWith(1000), "NICK x\r\n"u8.ToArray()], Answered, new CloseAnswer(1000)),
        Socket(Base, "the end of the input within a header", WebEnd.Waits, [[0x81]], new CloseAnswer(1000)),
        Socket(Base, "the end of the input within a mask", WebEnd.Waits, [[0x81, 0x85, 1, 2, 3]], new CloseAnswer(1000)),
        Socket(Base, "the end of the input within a text", WebEnd.Waits, [Line("PING abc")[..^1]],
            new CloseAnswer(1000)),
        Socket(Base, "HTTP behind the handshake", WebEnd.Closes, [Encoding.ASCII.GetBytes(Get("/"))], new CloseAnswer(ProtocolError)),
    ];

    private static IEnumerable<WebCase> OfFragments =>
    [
        Socket(Fragments, "two fragments", WebEnd.Stays, [.. Split("PING abc", 4)], Answered).Cut(),
        Socket(Fragments, "a fragment for each byte", WebEnd.Stays, [.. Split("PING abc", 1, 2, 3, 4, 5, 6, 7)], Answered),
        Socket(Fragments, "empty fragments", WebEnd.Stays, [.. Split("PING abc", 0, 0, 4, 4, 8)], Answered),
        Socket(Fragments, "an empty last fragment", WebEnd.Stays, [.. Split("PING abc", 8)], Answered),
        Socket(Fragments, "a text of empty fragments alone, then another", WebEnd.Stays, [.. Split("", 0, 0, 0), Line("PING abc")],
            Answered),
        Socket(Fragments, "a ping between two fragments", WebEnd.Stays,
            [Of(Text, "PING"u8, isFinal: false), Of(Ping, "x"u8), Of(Continuation, " abc"u8)], new FrameAnswer(Pong, "x"), Answered).Cut(),
        Socket(Fragments, "pings and pongs between all fragments", WebEnd.Stays,
            [.. Split("PING abc", 1, 2, 3, 4, 5).SelectMany(static (frame, i) => (byte[][])[frame, Of(i % 2 == 0 ? Pong : Ping, [(byte)i])])
                .SkipLast(1)],
            new FrameAnswer(Pong, "\x1"), new FrameAnswer(Pong, "\x3"), Answered),
        Socket(Fragments, "an empty ping between empty fragments", WebEnd.Stays,
            [Of(Text, ""u8, isFinal: false), Of(Ping, ""u8), Of(Continuation, ""u8, isFinal: false), Of(Ping, "y"u8),
                Of(Continuation, "PING abc"u8)],
            new FrameAnswer(Pong, ""), new FrameAnswer(Pong, "y"), Answered),
        Socket(Fragments, "a close frame between fragments", WebEnd.Closes,
            [Of(Text, "PING"u8, isFinal: false), CloseWith(1000), Of(Continuation, " abc"u8)], new CloseAnswer(1000)).Cut(),
        Broken(Fragments, "a fragment that goes on nothing", Of(Continuation, "PING abc"u8)),
        Broken(Fragments, "a first fragment that goes on nothing", Of(Continuation, "PING abc"u8, isFinal: false)),
        Broken(Fragments, "a text within a text", Of(Text, "PING"u8, isFinal: false), Line("PING abc")),
        Broken(Fragments, "a second first fragment", Of(Text, "PING"u8, isFinal: false), Of(Text, " abc"u8, isFinal: false)),
        Broken(Fragments, "bytes within a text", Of(Text, "PING"u8, isFinal: false), Of(Binary, " abc"u8)),
        new WebCase(Fragments, "a fragment behind the last one", [.. Socketed(Split("PING abc", 4)), .. Of(Continuation, "x"u8)],
            WebEnd.Closes, new HttpAnswer(101), Answered, new CloseAnswer(ProtocolError)),
        Socket(Fragments, "1,024 fragments", WebEnd.Stays, [.. Pieces(MaxFragments)], Answered),
        Socket(Fragments, "1,025 fragments", WebEnd.Closes, [.. Pieces(MaxFragments + 1)], new CloseAnswer(1009)),
        Socket(Fragments, "100,000 empty fragments", WebEnd.Closes, [.. Pieces(100_000)], new CloseAnswer(1009)),
        Socket(Fragments, "a message of 1,024 fragments behind another", WebEnd.Stays, [.. Pieces(MaxFragments), .. Pieces(MaxFragments)],
            Answered, Answered),
    ];

    private static IEnumerable<WebCase> OfControls =>
    [
        Socket(Controls + ".2", "an empty ping", WebEnd.Stays, [Of(Ping, ""u8)], new FrameAnswer(Pong, "")),
        Socket(Controls + ".2", "a ping of bytes that are no text", WebEnd.Stays, [Of(Ping, [0, 0xFF, 0xC0, 0x80, 0x0A])],
            new FrameAnswer(Pong, "\0\xFF\xC0\x80\n")),
        Socket(Controls + ".2", "ten pings", WebEnd.Stays, [.. Enumerable.Range(0, 10).Select(static i => Of(Ping, [(byte)i]))],
            [.. Enumerable.Range(0, 10).Select(static i => new FrameAnswer(Pong, ((char)i).ToString()))]),
        Socket(Controls + ".3", "a pong that nobody asked for", WebEnd.Stays, [Of(Pong, "abc"u8)]),
        Socket(Controls + ".3", "a pong of 125 bytes, then a text", WebEnd.Stays, [Of(Pong, Letters(125)), Line("PING abc")], Answered),
        Broken(Controls, "a ping of 126 bytes", Of(Ping, Letters(126))),
        Broken(Controls, "a pong of 126 bytes", Of(Pong, Letters(126))),
        Broken(Controls, "a close frame of 126 bytes", Of(Close, [3, 0xE8, .. Letters(124)])),
        Broken(Controls, "a ping of 65,536 bytes", Of(Ping, Letters(65_536))),
        Broken(Controls, "a ping of 5 bytes in two", Of(Ping, "abcde"u8, true, 1, 0, 2, 5)),
        Broken(Controls, "a ping of 5 bytes in eight", Of(Ping, "abcde"u8, true, 1, 0, 8, 5)),
        Broken(Controls, "a ping in fragments", Of(Ping, "ab"u8, isFinal: false), Of(Continuation, "c"u8)),
        Broken(Controls, "a pong in fragments", Of(Pong, "ab"u8, isFinal: false)),
        Broken(Controls, "a close frame in fragments", Of(Close, [3, 0xE8], isFinal: false)),
        Broken(Controls, "a ping in fragments between fragments", Of(Text, "PING"u8, isFinal: false), Of(Ping, ""u8, isFinal: false)),
    ];

    private static WebCase Broken(string section, string name, params byte[][] frames) =>
        Socket(section, name, WebEnd.Closes, [.. frames, Of(Text, "PING late"u8)], new CloseAnswer(ProtocolError));

    private static byte[] Line(string line) => Of(Text, Encoding.UTF8.GetBytes(line));

    private static FrameAnswer Ponged(string token) => new(Text, $":muxchat.local PONG muxchat.local :{token}");

    private static byte[] Bare(int opcode, string content) =>
        Of(opcode, Encoding.ASCII.GetBytes(content), true, null, 0, 0, content.Length);

    private static byte[] Letters(int count) => [.. Enumerable.Range(0, count).Select(static i => (byte)('a' + (i % 26)))];

    // The text, cut at these places.
    private static IEnumerable<byte[]> Split(string text, params int[] at)
    {
        int[] cuts = [0, .. at, text.Length];
        return Enumerable.Range(0, cuts.Length - 1).Select(i =>
            Of(i == 0 ? Text : Continuation, Encoding.ASCII.GetBytes(text[cuts[i]..cuts[i + 1]]), isFinal: i == cuts.Length - 2));
    }

    // One text in so many fragments, all but the last of which are empty.
    private static IEnumerable<byte[]> Pieces(int count) => Split("PING abc", [.. Enumerable.Repeat(0, count - 1)]);

    private static byte[] Socketed(IEnumerable<byte[]> frames) =>
        [.. Encoding.Latin1.GetBytes(Upgrade()), .. frames.SelectMany(static frame => frame)];
}
