using System.Text;
using MuxChat.Testing.Clients;
using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Length prefixes of every bad kind, and frames that lie about their length. The limit is 65,536 bytes, four times that is the end.
/// </summary>
internal static class FrameLengths
{
    private const uint Limit = 65_536;
    private const uint Overrun = 4 * Limit;
    private const string Ping = """{"type":"ping","token":"t"}""";
    private const string Pong = """{"type":"pong","token":"t"}""";

    private static readonly (string Name, uint Length)[] Endless =
    [
        ("four times the limit and one", Overrun + 1),
        ("a mebibyte", 0x100000),
        ("16 MiB less one", 0xFFFFFF),
        ("16 MiB", 0x1000000),
        ("the largest signed", 0x7FFFFFFF),
        ("the smallest negative", 0x80000000),
        ("minus one", 0xFFFFFFFF),
        ("minus four, header and body would be nothing", 0xFFFFFFFC),
        ("the length as little-endian", 0x0F000000),
        ("the length as ASCII digits", 0x30303135),
        ("JSON without a length", 0x7B227479),
        ("spaces", 0x20202020),
    ];

    private static readonly (string Name, uint Length)[] TooLong =
    [
        ("one more than the limit", Limit + 1),
        ("twice the limit", 2 * Limit),
        ("four times the limit", Overrun),
    ];

    public static IEnumerable<HostileCase> All =>
        OnFrames(FrameClient.Header).Concat(ClosedOnAuto).Concat(Listeners).Concat(OnAuto);

    /// <summary>All cases of a client in the room, with lengths as this makes them.</summary>
    public static IEnumerable<HostileCase> OnFrames(Func<uint, byte[]> header) =>
        Closed(header).Concat(Skipped(header)).Concat(Lies(header)).Concat(Halves(header));

    private static IEnumerable<HostileCase> Closed(Func<uint, byte[]> header) => Endless.Select(bad =>
        HostileCase.Frame(
            $"frames: length is {bad.Name}",
            HostileEnd.Overrun,
            Sends([.. header(bad.Length), .. "body"u8]),
            GetsError("too_long")));

    // On auto only what begins with a zero byte speaks frames.
    private static IEnumerable<HostileCase> ClosedOnAuto => Endless.Where(bad => bad.Length < 0x1000000).Select(bad =>
        HostileCase.Newcomer(
            $"auto listener: length is {bad.Name}",
            "auto",
            HostileEnd.Overrun,
            Sends(FrameClient.Header(bad.Length)),
            IsGreetedByFrames(),
            GetsError("too_long")) with
        { SpeaksFrames = true });

    private static IEnumerable<HostileCase> Skipped(Func<uint, byte[]> header) => TooLong.Select(bad =>
        HostileCase.Frame(
            $"frames: length is {bad.Name}, the frame behind it works",
            HostileEnd.StaysOpen,
            Sends([.. header(bad.Length), .. new byte[bad.Length]]),
            GetsError("too_long"),
            Frame(Ping),
            Gets(Pong)));

    private static IEnumerable<HostileCase> Lies(Func<uint, byte[]> header) =>
    [
        HostileCase.Frame("frames: length 0", HostileEnd.StaysOpen, Sends(header(0)), GetsError("empty_frame")),
        HostileCase.Frame("frames: length 0, a thousand times", HostileEnd.StaysOpen, FloodsFrame("", 1000),
            GetsError("empty_frame", 1000)),
        HostileCase.Frame("frames: length 1", HostileEnd.StaysOpen, Frame("{"), GetsError("bad_json")),
        HostileCase.Frame(
            "frames: length says more than comes",
            HostileEnd.OpenUntilItLeaves,
            Sends([.. header(100), .. "{\"type\":\"quit\"}"u8])),
        HostileCase.Frame(
            "frames: length says more than comes, and a reset",
            HostileEnd.ResetsItself,
            Sends([.. header(100), .. "{\"type\":\"quit\"}"u8])),
        HostileCase.Frame(
            "frames: length says one byte more, which the next frame gives",
            HostileEnd.OpenUntilItLeaves,
            Sends([.. Lying(header, Ping, +1), .. Framed(header, Ping)]),
            GetsError("bad_json")),
        HostileCase.Frame(
            "frames: length says one byte less",
            HostileEnd.Overrun,
            Sends([.. Lying(header, Ping, -1), .. "abc"u8]),
            GetsError("bad_json"),
            GetsError("too_long")),
        HostileCase.Frame(
            "frames: length covers the next frame too",
            HostileEnd.StaysOpen,
            Sends([.. header((2 * 27) + 4), .. Encoding.ASCII.GetBytes(Ping), .. Framed(header, Ping)]),
            GetsError("bad_json")),
        HostileCase.Frame(
            "frames: length in words of two bytes",
            HostileEnd.Overrun,
            Sends([0, 27, .. Encoding.ASCII.GetBytes(Ping)]),
            GetsError("too_long")),
        HostileCase.Frame("frames: an honest frame of the limit", HostileEnd.StaysOpen, Frame(Padded((int)Limit)), Gets(Pong)),
        HostileCase.Frame("frames: an honest frame of one byte more", HostileEnd.StaysOpen, Frame(Padded((int)Limit + 1)),
            GetsError("too_long")),
        HostileCase.Frame(
            "frames: a frame too long that holds frames",
            HostileEnd.StaysOpen,
            Sends([.. header(2115 * 31), .. Enumerable.Repeat(Framed(header, Ping), 2115).SelectMany(frame => frame)]),
            GetsError("too_long")),
        HostileCase.Frame(
            "frames: too long, left in the middle",
            HostileEnd.OpenUntilItLeaves,
            Sends([.. header(Limit + 1), .. new byte[1000]]),
            GetsError("too_long")),
        HostileCase.Frame(
            "frames: too long, reset in the middle",
            HostileEnd.ResetsItself,
            Sends([.. header(Limit + 1), .. new byte[1000]]),
            GetsError("too_long")),
        HostileCase.Frame(
            "frames: too long, three in a row",
            HostileEnd.StaysOpen,
            FloodsFrame(new string(' ', (int)Limit + 1), 3),
            GetsError("too_long", 3)),
    ];

    private static IEnumerable<HostileCase> Halves(Func<uint, byte[]> header) =>
    [
        HostileCase.Frame("frames: one byte of a length", HostileEnd.OpenUntilItLeaves, Sends(0)),
        HostileCase.Frame("frames: three bytes of a length", HostileEnd.OpenUntilItLeaves, Sends(0, 0, 0)),
        HostileCase.Frame("frames: a length and no body", HostileEnd.OpenUntilItLeaves, Sends(header(15))),
        HostileCase.Frame("frames: a body without its last byte", HostileEnd.OpenUntilItLeaves,
            Sends(Framed(header, Ping).AsSpan()[..^1])),
        HostileCase.Frame("frames: one byte of a length and a reset", HostileEnd.ResetsItself, Sends(0)),
        HostileCase.Frame("frames: a length and a reset", HostileEnd.ResetsItself, Sends(header(15))),
        HostileCase.Frame("frames: half a body and a reset", HostileEnd.ResetsItself, Sends(Framed(header, Ping).AsSpan()[..12])),
        HostileCase.Frame("frames: a byte at a time", HostileEnd.StaysOpen, Drips(Framed(header, Ping)), Gets(Pong)),
        HostileCase.Frame("frames: a byte a second", HostileEnd.StaysOpen, Sends(header(27).AsSpan()[..2]), Waits(),
            Sends(header(27).AsSpan()[2..]), Waits(),
            Sends(Ping), Gets(Pong)),
    ];

    private static IEnumerable<HostileCase> Listeners =>
    [
        HostileCase.Newcomer("frame listener: connects without a byte and leaves", "frame", HostileEnd.OpenUntilItLeaves,
            IsGreetedByFrames()),
        HostileCase.Newcomer("frame listener: connects without a byte and resets", "frame", HostileEnd.ResetsItself, IsGreetedByFrames()),
        HostileCase.Newcomer(
            "frame listener: a line",
            "frame",
            HostileEnd.Overrun,
            IsGreetedByFrames(),
            Sends("hello {mark}\n"),
            GetsError("too_long")),
        HostileCase.Newcomer(
            "frame listener: a line command",
            "frame",
            HostileEnd.Overrun,
            IsGreetedByFrames(),
            Sends("/quit {mark}\n"),
            GetsError("too_long")),
    ];

    private static IEnumerable<HostileCase> OnAuto =>
    [
        HostileCase.Newcomer("auto listener: one zero byte", "auto", HostileEnd.OpenUntilItLeaves, Sends(0), IsGreetedByFrames()),
        HostileCase.Newcomer(
            "auto listener: a frame a byte at a time",
            "auto",
            HostileEnd.StaysOpen,
            Drips(FrameClient.Frame(Ping)),
            IsGreetedByFrames(),
            Gets(Pong)) with { SpeaksFrames = true },
    ];

    private static byte[] Framed(Func<uint, byte[]> header, string json) => Lying(header, json, 0);

    private static byte[] Lying(Func<uint, byte[]> header, string json, int by) =>
        [.. header((uint)(json.Length + by)), .. Encoding.ASCII.GetBytes(json)];

    private static string Padded(int length) => Ping[..^1] + new string(' ', length - Ping.Length) + "}";
}
