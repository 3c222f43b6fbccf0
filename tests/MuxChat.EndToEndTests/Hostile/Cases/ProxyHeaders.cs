using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// PROXY headers from a client that is no listed proxy, on every listener of text: none of their lines is said, and the client is turned
/// away. What only looks like a header is a line.
/// </summary>
internal static class ProxyHeaders
{
    private const string Refusal = "ERROR no PROXY header is taken from this address";

    private static readonly HostileEnd Refused = HostileEnd.ClosedByServer("SpokeProxy", "sent a PROXY header");

    // Version 2 over IPv4 with its block, the same as LOCAL, and with a line of chat in a field of its own.
    private static readonly (string Name, byte[] Bytes)[] Headers =
    [
        ("version 1 over IPv4", [.. "PROXY TCP4 192.0.2.1 127.0.0.1 56324 7070\r\n{mark}\r\n"u8]),
        ("version 1 over IPv6", [.. "PROXY TCP6 2001:db8::1 ::1 56324 7070\r\n{mark}\r\n"u8]),
        ("version 1, unknown", [.. "PROXY UNKNOWN\r\n{mark}\r\n"u8]),
        ("version 1, unknown with more", [.. "PROXY UNKNOWN 1 2 3\r\n{mark}\r\n"u8]),
        ("version 1 with nonsense", [.. "PROXY TCP4 {mark}\r\n"u8]),
        ("version 1 without its end", [.. "PROXY TCP4 {mark}"u8]),
        ("version 2 over IPv4", [.. Signature, 0x21, 0x11, 0, 12, 192, 0, 2, 1, 127, 0, 0, 1, 1, 2, 3, 4, .. "{mark}\r\n"u8]),
        ("version 2, local", [.. Signature, 0x20, 0x00, 0, 0, .. "{mark}\r\n"u8]),
        ("version 2 with lines in its fields", [.. Signature, 0x20, 0x00, 0, 12, .. "\nhello\n{mark}\n"u8]),
        ("version 2, its signature alone", [.. Signature]),
    ];

    public static IEnumerable<HostileCase> All =>
    [
        .. Headers.SelectMany(OnText),
        .. Headers.Where(static header => header.Bytes[0] == (byte)'\r').Select(OnFrames),
        HostileCase.Newcomer("auto listener: talk about proxies", "auto", HostileEnd.StaysOpen, Sends("PROXY servers are {mark}\n"),
            IsGreeted()).Heard(Hears.Said("PROXY servers are {mark}")),
        HostileCase.Newcomer("line listener: talk about proxies", "line", HostileEnd.StaysOpen, IsGreeted(), Sends("PROXY TCP is {mark}\n"))
            .Heard(Hears.Said("PROXY TCP is {mark}")),
        HostileCase.Line("lines: a PROXY header that comes later is a line like any other", HostileEnd.StaysOpen,
            Sends("PROXY UNKNOWN {mark}\r\n")).Heard(Hears.Said("PROXY UNKNOWN {mark}")),
        HostileCase.Newcomer("auto listener: two empty lines and then talk", "auto", HostileEnd.StaysOpen, Sends("\r\n\r\n{mark}\r\n"),
            IsGreeted()).Heard(Hears.Said("{mark}")),
        HostileCase.Newcomer("auto listener: half of version 2's signature", "auto", HostileEnd.OpenUntilItLeaves,
            Sends(Signature[..9]), IsGreeted()),
    ];

    private static ReadOnlySpan<byte> Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    private static IEnumerable<HostileCase> OnText((string Name, byte[] Bytes) header) =>
    [
        HostileCase.Newcomer($"auto listener: a PROXY header, {header.Name}", "auto", Refused, Sends(header.Bytes), Gets(Refusal)),
        HostileCase.Newcomer($"line listener: a PROXY header, {header.Name}", "line", Refused, IsGreeted(), Sends(header.Bytes),
            Gets(Refusal)),
        HostileCase.Newcomer($"line listener: a PROXY header a byte at a time, {header.Name}", "line", Refused, IsGreeted(),
            Drips(header.Bytes), Gets(Refusal)),
    ];

    private static HostileCase OnFrames((string Name, byte[] Bytes) header) =>
        HostileCase.Newcomer($"frame listener: a PROXY header, {header.Name}", "frame", HostileEnd.Overrun, IsGreetedByFrames(),
            Sends(header.Bytes), GetsError("too_long"));
}
