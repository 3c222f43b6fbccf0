using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Every command, hundreds of times in one go: each is answered, in order, and the bystanders are answered
/// meanwhile. (Flood control is off here.)
/// </summary>
internal static class Floods
{
    private const int Many = 300;
    private const int StatsLines = 6;
    private const int HelpLines = 33;

    public static IEnumerable<HostileCase> All => Lines.Concat(Frames);

    private static readonly HostileCase[] Lines =
    [
        HostileCase.Line("lines: flood of texts", HostileEnd.StaysOpen, Floods("flood\n", Many)).Heard(Repeat(Hears.Said("flood"))),
        HostileCase.Line("lines: flood of acts", HostileEnd.StaysOpen, Floods("/me floods\n", Many)).Heard(Repeat(Hears.Acted("floods"))),
        HostileCase.Line(
            "lines: flood of private messages",
            HostileEnd.StaysOpen,
            Floods("/msg {line} flood\n", Many),
            Gets("* to {line}: flood", Many)).Heard(Repeat(Hears.ToLine("flood"))),
        HostileCase.Line(
            "lines: flood of nicks",
            HostileEnd.StaysOpen,
            Floods("/nick {me}_x\n/nick {me}\n", Many / 2),
            Gets("* ... is now ...", Many)).Heard(Pairs(Hears.Renamed("{me}", "{me}_x"), Hears.Renamed("{me}_x", "{me}"))),
        HostileCase.Line(
            "lines: flood of joins and parts",
            HostileEnd.StaysOpen,
            [Floods("/part\n/join {room}\n", Many / 2), .. Alternately("* {me} left {room}", "* you are in {room} (3 here), no topic")])
            .Heard(Pairs(Hears.Left(), Hears.Joined())),
        HostileCase.Line(
            "lines: flood of joins where it is",
            HostileEnd.StaysOpen,
            Floods("/join {room}\n", Many),
            Gets("* you are in {room} (3 here), no topic", Many)),
        HostileCase.Line(
            "lines: flood of rooms made and left",
            HostileEnd.StaysOpen,
            [Floods("/join #{mark}\n/part\n", Many / 2), .. Alternately("* you are in #{mark} (1 here), no topic", "* {me} left #{mark}")]),
        HostileCase.Line(
            "lines: flood of topics",
            HostileEnd.StaysOpen,
            Floods("/topic flood\n", Many),
            Gets("* {me} set the topic of {room}: flood", Many)).Heard(Repeat(Hears.Topic("flood"))),
        HostileCase.Line("lines: flood of questions for the rooms", HostileEnd.StaysOpen, Floods("/rooms\n", Many),
            ReadsUntil("* rooms: ...", Many)),
        HostileCase.Line(
            "lines: flood of questions for the members",
            HostileEnd.StaysOpen,
            Floods("/who\n", Many),
            ReadsUntil("* members of {room}: 3", Many)),
        HostileCase.Line("lines: flood of questions for the past", HostileEnd.StaysOpen, Floods("/history 1000\n", 10 * Many),
            Sends("/ping past\n"), Gets("* pong past")),
        HostileCase.Line("lines: flood of pings", HostileEnd.StaysOpen, Floods("/ping flood\n", 10 * Many),
            Gets("* pong flood", 10 * Many)),
        HostileCase.Line("lines: flood of questions for the figures", HostileEnd.StaysOpen, Floods("/stats\n", Many),
            Gets("* ...", StatsLines * Many)),
        HostileCase.Line("lines: flood of cries for help", HostileEnd.StaysOpen, Floods("/help\n", Many), Gets("* ...", HelpLines * Many)),
        HostileCase.Line("lines: flood of nonsense", HostileEnd.StaysOpen, Floods("/nonsense\n", 10 * Many),
            Gets(Refusal.UnknownCommand, 10 * Many)),
        HostileCase.Line("lines: flood of quits", HostileEnd.Quit("flood"), Floods("/quit flood\n", Many), Gets("* goodbye: you quit")),
        HostileCase.Line(
            "lines: flood of bad UTF-8",
            HostileEnd.StaysOpen,
            Sends([.. Enumerable.Repeat((byte[])[0xFE, (byte)'\n'], Many).SelectMany(bytes => bytes)]),
            Gets(Refusal.NotUtf8, Many)),
        HostileCase.Line("lines: flood of control characters", HostileEnd.StaysOpen, Floods("\u001b\n", Many),
            Gets(Refusal.Control("text"), Many)),
        HostileCase.Line("lines: flood of bad nicks", HostileEnd.StaysOpen, Floods("/nick *\n", Many), Gets(Refusal.BadNick, Many)),
        HostileCase.Line("lines: flood of bad rooms", HostileEnd.StaysOpen, Floods("/join ,\n", Many), Gets(Refusal.BadRoom, Many)),
    ];

    private static readonly HostileCase[] Frames =
    [
        HostileCase.Frame(
            "frames: flood of texts",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"say","text":"flood"}""", Many)).Heard(Repeat(Hears.Said("flood"))),
        HostileCase.Frame(
            "frames: flood of texts with an id",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"say","text":"flood","id":1}""", Many),
            Gets("""{"type":"ok","id":1,"seq":"..."}""", Many)).Heard(Repeat(Hears.Said("flood"))),
        HostileCase.Frame(
            "frames: flood of acts",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"me","text":"floods"}""", Many)).Heard(Repeat(Hears.Acted("floods"))),
        HostileCase.Frame(
            "frames: flood of private messages",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"msg","to":"{frame}","text":"flood"}""", Many)).Heard(Repeat(Hears.ToFrame("flood"))),
        HostileCase.Frame(
            "frames: flood of topics",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"topic","text":"flood"}""", Many),
            Gets("""{"type":"topic","room":"{room}","seq":"...","time":"...","nick":"{me}","topic":"flood"}""", Many))
            .Heard(Repeat(Hears.Topic("flood"))),
        HostileCase.Frame(
            "frames: flood of pings",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"ping","token":"flood"}""", 10 * Many),
            Gets("""{"type":"pong","token":"flood"}""", 10 * Many)),
        HostileCase.Frame(
            "frames: flood of questions for the members",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"who"}""", Many),
            Gets("""{"type":"who","room":"{room}","members":"...","operators":"...","total":3,"more":false}""", Many)),
        HostileCase.Frame(
            "frames: flood of questions for the figures",
            HostileEnd.StaysOpen,
            [FloodsFrame("""{"type":"stats","id":1}""", Many),
                .. Alternately("""{"type":"stats","clients":"...","rooms":"...","lines_in":"...","lines_delivered":"...","uptime_ms":"...","io":"...","ticks":"...","longest_tick_us":"...","allocated_bytes":"...","collections":"...","datagrams_in":0,"datagrams_dropped":0}""", """{"type":"ok","id":1}""", Many)]),
        HostileCase.Frame(
            "frames: flood of questions for the past",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"history","after":0,"limit":1}""", Many),
            Gets("""{"type":"history","room":"{room}","events":"...","more":true}""", Many)),
        HostileCase.Frame(
            "frames: flood of cries for help",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"help"}""", Many),
            Gets("""{"type":"help","commands":"..."}""", Many)),
        HostileCase.Frame(
            "frames: flood of nonsense",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"nonsense"}""", Many),
            GetsError("unknown_command", Many)),
        HostileCase.Frame("frames: flood of broken JSON", HostileEnd.StaysOpen, FloodsFrame("{", Many), GetsError("bad_json", Many)),
        HostileCase.Frame(
            "frames: flood of bad UTF-8",
            HostileEnd.StaysOpen,
            Sends([.. Enumerable.Repeat((byte[])[0, 0, 0, 1, 0xFF], Many).SelectMany(bytes => bytes)]),
            GetsError("not_utf8", Many)),
        HostileCase.Frame(
            "frames: flood of quits",
            HostileEnd.Quit(),
            FloodsFrame("""{"type":"quit"}""", Many),
            Gets("""{"type":"closing","reason":"you quit"}""")),
        HostileCase.Frame(
            "frames: flood of frames of one space",
            HostileEnd.StaysOpen,
            FloodsFrame(" ", 10 * Many),
            GetsError("bad_json", 10 * Many)),
    ];

    private static IEnumerable<HostileStep> Alternately(string one, string other, int pairs = Many / 2) =>
        Enumerable.Repeat((HostileStep[])[Gets(one), Gets(other)], pairs).SelectMany(pair => pair);

    private static Hears[] Repeat(Hears one) => [.. Enumerable.Repeat(one, Many)];

    private static Hears[] Pairs(Hears one, Hears other) =>
        [.. Enumerable.Repeat((Hears[])[one, other], Many / 2).SelectMany(pair => pair)];
}
