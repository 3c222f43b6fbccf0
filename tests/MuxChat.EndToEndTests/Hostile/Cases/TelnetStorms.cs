using System.Text;
using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Telnet commands (RFC 854, 855) in storms, in pieces, broken, and inside of what is said. Nothing of them is ever passed on.
/// </summary>
internal static class TelnetStorms
{
    private const byte Iac = 255;
    private const byte Do = 253;
    private const byte Will = 251;
    private const byte Sb = 250;
    private const byte Se = 240;
    private const byte Nop = 241;

    private static readonly (string Name, byte[] Bytes)[] Ignored =
    [
        ("WILL", [Iac, Will, 1]),
        ("WONT", [Iac, 252, 1]),
        ("DO", [Iac, Do, 1]),
        ("DONT", [Iac, 254, 1]),
        ("NOP", [Iac, Nop]),
        ("data mark", [Iac, 242]),
        ("break", [Iac, 243]),
        ("interrupt", [Iac, 244]),
        ("abort output", [Iac, 245]),
        ("are you there", [Iac, 246]),
        ("erase character", [Iac, 247]),
        ("erase line", [Iac, 248]),
        ("go ahead", [Iac, 249]),
        ("end of file", [Iac, 236]),
        ("suspend", [Iac, 237]),
        ("abort", [Iac, 238]),
        ("end of record", [Iac, 239]),
        ("an option that is LF", [Iac, Will, (byte)'\n']),
        ("an option that is IAC", [Iac, Do, Iac]),
        ("a subnegotiation", [Iac, Sb, 24, 0, (byte)'x', Iac, Se]),
        ("an empty subnegotiation", [Iac, Sb, Iac, Se]),
        ("a subnegotiation with a line in it", [Iac, Sb, 24, .. "\n/quit\n"u8, Iac, Se]),
        ("a subnegotiation with IAC IAC in it", [Iac, Sb, 24, Iac, Iac, Se, Iac, Se]),
        ("a subnegotiation of 512 bytes", [Iac, Sb, .. Enumerable.Repeat((byte)'x', 508), Iac, Se]),
    ];

    private static readonly (string Name, byte[] Bytes)[] Broken =
    [
        ("IAC IAC", [Iac, Iac]),
        ("IAC before a letter", [Iac, (byte)'a']),
        ("IAC at the end of a line", [Iac]),
        ("IAC IAC IAC NOP", [Iac, Iac, Iac, Nop]),
        ("a subnegotiation of 513 bytes", [Iac, Sb, .. Enumerable.Repeat((byte)'x', 509), Iac, Se]),
        ("a subnegotiation without an end", [Iac, Sb, .. Enumerable.Repeat((byte)'x', 600)]),
    ];

    public static IEnumerable<HostileCase> All =>
        Storms.Concat(EndlessStorms).Concat(Inside).Concat(ByteByByte).Concat(Refused).Concat(Others);

    // They count as bytes of a line, which may have 16,384 of them to its end.
    private static IEnumerable<HostileCase> Storms => Ignored.Select(command => HostileCase.Line(
        $"lines: telnet, a storm of {command.Name}",
        HostileEnd.StaysOpen,
        Sends([.. Enumerable.Repeat(command.Bytes, 16_000 / command.Bytes.Length).SelectMany(bytes => bytes), .. "calm\n"u8]))
        .Heard(Hears.Said("calm")));

    private static IEnumerable<HostileCase> EndlessStorms => Ignored.Select(command => HostileCase.Line(
        $"lines: telnet, an endless storm of {command.Name}",
        HostileEnd.Overrun,
        Sends([.. Enumerable.Repeat(command.Bytes, (16_384 / command.Bytes.Length) + 1).SelectMany(bytes => bytes)]),
        Gets(Refusal.LineOverrun)));

    private static IEnumerable<HostileCase> Inside => Ignored.Select(command => HostileCase.Line(
        $"lines: telnet, {command.Name} before, in and behind a command",
        HostileEnd.StaysOpen,
        Sends([.. command.Bytes, .. "/m"u8, .. command.Bytes, .. "e wa"u8, .. command.Bytes, .. "ves"u8, .. command.Bytes, .. "\r"u8,
            .. command.Bytes, .. "\n"u8])).Heard(Hears.Acted("waves")));

    private static IEnumerable<HostileCase> ByteByByte =>
        Ignored.Where(command => command.Bytes.Length < 20).Select(command => HostileCase.Line(
        $"lines: telnet, {command.Name} a byte at a time",
        HostileEnd.StaysOpen,
        Drips([.. "a"u8, .. command.Bytes, .. "b\n"u8])).Heard(Hears.Said("ab")));

    private static IEnumerable<HostileCase> Refused => Broken.Select(command => HostileCase.Line(
        $"lines: telnet, {command.Name}",
        HostileEnd.StaysOpen,
        Sends([.. "a"u8, .. command.Bytes, .. "\nnext\n"u8]),
        Gets(Refusal.NotUtf8)).Heard(Hears.Said("next")));

    private static IEnumerable<HostileCase> Others =>
    [
        HostileCase.Line("lines: telnet, half a subnegotiation and a reset", HostileEnd.ResetsItself, Sends(Iac, Sb, 24)),
        HostileCase.Line(
            "lines: telnet, nothing but IAC",
            HostileEnd.Overrun,
            Sends([.. Enumerable.Repeat(Iac, 20_000)]),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Newcomer(
            "auto listener: telnet, options first",
            "auto",
            HostileEnd.StaysOpen,
            Sends([Iac, Do, 3, Iac, Will, 24, .. Encoding.ASCII.GetBytes("hello {mark}\r\n")]),
            IsGreeted())
            .Heard(Hears.Said("hello {mark}")),
        HostileCase.Newcomer(
            "auto listener: telnet, nothing but options",
            "auto",
            HostileEnd.OpenUntilItLeaves,
            Sends([.. Enumerable.Repeat((byte[])[Iac, Will, 1], 1000).SelectMany(bytes => bytes)]),
            IsGreeted()),
        HostileCase.Frame(
            "frames: telnet in a text",
            HostileEnd.StaysOpen,
            Frame([.. "{\"type\":\"say\",\"text\":\""u8, Iac, Will, 1, .. "\"}"u8]),
            GetsError("not_utf8")),
        HostileCase.Newcomer(
            "frame listener: telnet",
            "frame",
            HostileEnd.Overrun,
            IsGreetedByFrames(),
            Sends(Iac, Will, 1, Iac, Do, 1),
            GetsError("too_long")),
    ];
}
