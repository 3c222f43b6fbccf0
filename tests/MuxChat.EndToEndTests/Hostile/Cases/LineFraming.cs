using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Lines that never end, come in pieces, end strangely, or are too long. The limit is 4,096 bytes, four times that is the end.
/// </summary>
internal static class LineFraming
{
    private const int Limit = 4096;
    private const int Overrun = 4 * Limit;

    private static readonly string Longest = new('x', Limit);

    public static IEnumerable<HostileCase> All => Ends.Concat(Lengths).Concat(Newcomers).Concat(Feeds);

    private static readonly HostileCase[] Ends =
    [
        HostileCase.Line("lines: no newline ever, few bytes", HostileEnd.OpenUntilItLeaves, Sends("no newline ever"))
            .Heard(Hears.Said("no newline ever")),
        HostileCase.Line("lines: no newline ever, at the limit", HostileEnd.OpenUntilItLeaves, Sends(Longest))
            .Heard(Hears.Said(Longest)),
        HostileCase.Line("lines: no newline ever, CR at the limit", HostileEnd.OpenUntilItLeaves, Sends(Longest + "\r"))
            .Heard(Hears.Said(Longest)),
        HostileCase.Line("lines: half a line and a reset", HostileEnd.ResetsItself, Sends("hal")),
        HostileCase.Line("lines: half a command and a reset", HostileEnd.ResetsItself, Sends("/quit so lo")),
        HostileCase.Line("lines: half a character and a reset", HostileEnd.ResetsItself, Sends(0xF0, 0x9F)),
        HostileCase.Line("lines: a whole line, half a line and a reset", HostileEnd.ResetsItself, Sends("whole\nhal"))
            .Heard(Hears.Said("whole")),
        HostileCase.Line("lines: a byte at a time", HostileEnd.StaysOpen, Drips("drip, drip\n")).Heard(Hears.Said("drip, drip")),
        HostileCase.Line("lines: a command a byte at a time", HostileEnd.StaysOpen, Drips("/me drips\r\n")).Heard(Hears.Acted("drips")),
        HostileCase.Line("lines: a character of four bytes, a byte at a time", HostileEnd.StaysOpen, Drips("👋\n")).Heard(Hears.Said("👋")),
        HostileCase.Line(
            "lines: a byte a second",
            HostileEnd.StaysOpen,
            Sends("a"),
            Waits(),
            Sends("b"),
            Waits(),
            Sends("\n")).Heard(Hears.Said("ab")),
    ];

    private static readonly HostileCase[] Lengths =
    [
        HostileCase.Line("lines: as long as allowed", HostileEnd.StaysOpen, Sends(Longest + "\n")).Heard(Hears.Said(Longest)),
        HostileCase.Line("lines: as long as allowed, with CRLF", HostileEnd.StaysOpen, Sends(Longest + "\r\n")).Heard(Hears.Said(Longest)),
        HostileCase.Line(
            "lines: one byte too long",
            HostileEnd.StaysOpen,
            Sends(Longest + "x\nnext\n"),
            Gets(Refusal.LineTooLong)).Heard(Hears.Said("next")),
        HostileCase.Line(
            "lines: one byte too long, with CRLF",
            HostileEnd.StaysOpen,
            Sends(Longest + "x\r\nnext\n"),
            Gets(Refusal.LineTooLong)).Heard(Hears.Said("next")),
        HostileCase.Line(
            "lines: two CR at the limit",
            HostileEnd.StaysOpen,
            Sends(Longest + "\r\r\nnext\n"),
            Gets(Refusal.LineTooLong)).Heard(Hears.Said("next")),
        HostileCase.Line(
            "lines: too long by what a cut would leave as a command",
            HostileEnd.StaysOpen,
            Sends(Longest + "x/quit\n"),
            Gets(Refusal.LineTooLong)),
        HostileCase.Line(
            "lines: a command behind a line too long",
            HostileEnd.StaysOpen,
            Sends(Longest + "x\n/me waves\n"),
            Gets(Refusal.LineTooLong)).Heard(Hears.Acted("waves")),
        HostileCase.Line(
            "lines: four times the limit and an end",
            HostileEnd.StaysOpen,
            Sends(new string('x', Overrun) + "\nnext\n"),
            Gets(Refusal.LineTooLong)).Heard(Hears.Said("next")),
        HostileCase.Line(
            "lines: more than four times the limit",
            HostileEnd.Overrun,
            Sends(new string('x', Overrun + 1)),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Line(
            "lines: more than four times the limit, then a line",
            HostileEnd.Overrun,
            Sends(new string('x', Overrun + 1) + "\nnext\n"),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Line(
            "lines: ten times the limit",
            HostileEnd.Overrun,
            Sends(new string('x', 10 * Limit)),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Line(
            "lines: a megabyte without an end",
            HostileEnd.Overrun,
            Sends(new string('x', 1024 * 1024)),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Line(
            "lines: a megabyte of NUL",
            HostileEnd.Overrun,
            Sends(new byte[1024 * 1024]),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Line("lines: too long, three times", HostileEnd.StaysOpen, Floods(Longest + "x\n", 3), Gets(Refusal.LineTooLong, 3)),
        HostileCase.Line(
            "lines: a topic as long as its line allows",
            HostileEnd.StaysOpen,
            Sends($"/topic {Longest[7..]}\n"),
            Gets($"* {{me}} set the topic of {{room}}: {Longest[7..]}"))
            .Heard(Hears.Topic(Longest[7..])),
        HostileCase.Line(
            "lines: a ping token of 256 bytes",
            HostileEnd.StaysOpen,
            Sends($"/ping {Longest[..256]}\n"),
            Gets($"* pong {Longest[..256]}")),
        HostileCase.Line(
            "lines: a ping token of 257 bytes",
            HostileEnd.StaysOpen,
            Sends($"/ping {Longest[..257]}\n"),
            Gets("! the token has 257 bytes: at most 256 are allowed")),
    ];

    private static readonly HostileCase[] Newcomers =
    [
        HostileCase.Newcomer("line listener: connects without a byte and leaves", "line", HostileEnd.OpenUntilItLeaves, IsGreeted()),
        HostileCase.Newcomer("line listener: connects without a byte and resets", "line", HostileEnd.ResetsItself, IsGreeted()),
        HostileCase.Newcomer("auto listener: connects without a byte and leaves at once", "auto", HostileEnd.OpenUntilItLeaves),
        HostileCase.Newcomer("auto listener: connects without a byte and resets at once", "auto", HostileEnd.ResetsItself),
        HostileCase.Newcomer("auto listener: connects without a byte and is greeted", "auto", HostileEnd.OpenUntilItLeaves, IsGreeted()),
        HostileCase.Newcomer("auto listener: no newline ever", "auto", HostileEnd.OpenUntilItLeaves,
            Sends("no newline ever {mark}"), IsGreeted()).Heard(InLobby("no newline ever {mark}")),
        HostileCase.Newcomer(
            "auto listener: more than four times the limit",
            "auto",
            HostileEnd.Overrun,
            Sends(new string('x', Overrun + 1)),
            IsGreeted(),
            Gets(Refusal.LineTooLong),
            Gets(Refusal.LineOverrun)),
        HostileCase.Newcomer(
            "auto listener: a line a byte at a time",
            "auto",
            HostileEnd.StaysOpen,
            Drips("hello {mark}\n"),
            IsGreeted()).Heard(InLobby("hello {mark}")),
        HostileCase.Newcomer(
            "line listener: a frame",
            "line",
            HostileEnd.StaysOpen,
            IsGreeted(),
            Sends("\0\0\0\u000f{\"type\":\"quit\"}\n"),
            Gets(Refusal.Control("text"))),
        HostileCase.Newcomer(
            "line listener: JSON without a length",
            "line",
            HostileEnd.StaysOpen,
            IsGreeted(),
            Sends("{\"type\":\"quit\",\"{mark}\":1}\n")).Heard(InLobby("{\"type\":\"quit\",\"{mark}\":1}")),
    ];

    private static readonly HostileCase[] Feeds =
    [
        HostileCase.Line(
            "lines: LF in a text is two texts, each with its nick",
            HostileEnd.StaysOpen,
            Sends("a\n* forged\n")).Heard(Hears.Said("a"), Hears.Said("* forged")),
        HostileCase.Line(
            "lines: LF in a topic ends it",
            HostileEnd.StaysOpen,
            Sends("/topic a\n<{line}> forged\n"),
            Gets("* {me} set the topic of {room}: a"))
            .Heard(Hears.Topic("a"), Hears.Said("<{line}> forged")),
        HostileCase.Line("lines: LF CR", HostileEnd.StaysOpen, Sends("a\n\rb\n"), Gets(Refusal.Control("text"))).Heard(Hears.Said("a")),
        HostileCase.Line("lines: CR CR LF", HostileEnd.StaysOpen, Sends("a\r\r\n"), Gets(Refusal.Control("text"))),
        HostileCase.Line("lines: a thousand empty lines", HostileEnd.StaysOpen, Floods("\n", 1000)),
        HostileCase.Line("lines: a thousand empty lines with CRLF", HostileEnd.StaysOpen, Floods("\r\n", 1000)),
        HostileCase.Line("lines: nothing but spaces", HostileEnd.StaysOpen, Sends("   \n")).Heard(Hears.Said("   ")),
        HostileCase.Line(
            "lines: a text that looks like the server's",
            HostileEnd.StaysOpen,
            Sends("* {line} quit: slow consumer\n")).Heard(Hears.Said("* {line} quit: slow consumer")),
        HostileCase.Line(
            "lines: an act that looks like the server's",
            HostileEnd.StaysOpen,
            Sends("/me * {line} left\n")).Heard(Hears.Acted("* {line} left")),
        HostileCase.Line(
            "lines: a text that looks like an error",
            HostileEnd.StaysOpen,
            Sends("! the server is full\n")).Heard(Hears.Said("! the server is full")),
    ];

    private static Hears InLobby(string text) => Hears.Said(text);
}
