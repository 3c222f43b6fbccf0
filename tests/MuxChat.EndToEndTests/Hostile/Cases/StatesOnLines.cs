using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Line commands before and after every state: without a room, twice, out of order, without their arguments, after the end.
/// </summary>
internal static class StatesOnLines
{
    private static readonly (string Command, string Answer)[] WithoutArgument =
    [
        ("/nick", "! the nick is missing: /nick NAME"),
        ("/nick ", "! the nick is missing: /nick NAME"),
        ("/join", "! the room is missing: /join ROOM [KEY]"),
        ("/join    ", "! the room is missing: /join ROOM [KEY]"),
        ("/me", "! the text is missing: /me text"),
        ("/me  ", "! the text is missing: /me text"),
        ("/msg", "! the nick is missing: /msg NICK text"),
        ("/msg {line}", "! the text is missing: /msg NICK text"),
        ("/msg {line} ", "! the text is missing: /msg NICK text"),
        ("/", Refusal.UnknownCommand),
        ("/ me waves", Refusal.UnknownCommand),
        ("/say hi", Refusal.UnknownCommand),
        ("/pong", "! unknown command: did you mean /ping? ..."),
        ("/quitnow", Refusal.UnknownCommand),
        ("/q", Refusal.UnknownCommand),
        ("/me\twaves", Refusal.UnknownCommand),
        ("/help nothing", Refusal.NoHelp),
        ("/who #nowhere_{mark}", "! there is no room #nowhere_{mark}: join it to create it"),
        ("/part #nowhere_{mark}", "! there is no room #nowhere_{mark}: join it to create it"),
        ("/part #lobby", "! you are not in #lobby"),
        ("/who ,", Refusal.BadRoom),
        ("/history 0", "! /history takes a whole number from 1, such as /history 20"),
        ("/history -1", "! /history takes a whole number from 1, such as /history 20"),
        ("/history 1.5", "! /history takes a whole number from 1, such as /history 20"),
        ("/history all", "! there is no room #all: join it to create it"),
        ("/history 99999999999999999999", "! /history takes a whole number from 1, such as /history 20"),
        ("/history 1001", "! 1001 is too many: a room remembers at most 1000 events"),
        ("/resume", Refusal.UnknownCommand),
        ("/join #", Refusal.BadRoom),
        ("/join a,b", Refusal.BadRoom),
    ];

    private static readonly string[] NeedARoom = ["hello", "//hello", "/me waves", "/topic", "/topic tea", "/part", "/who", "/history"];

    public static IEnumerable<HostileCase> All => Missing.Concat(Roomless).Concat(Twice).Concat(AfterTheEnd).Concat(First);

    private static IEnumerable<HostileCase> Missing => WithoutArgument.Select(one =>
        HostileCase.Line($"lines: \"{one.Command}\"", HostileEnd.StaysOpen, Sends(one.Command + "\n"), Gets(one.Answer)));

    private static IEnumerable<HostileCase> Roomless => NeedARoom.Select(line =>
        HostileCase.Line(
            $"lines: \"{line}\" in no room",
            HostileEnd.StaysOpen,
            Sends($"/part\n{line}\n"),
            Gets("* {me} left {room}"),
            Gets(Refusal.NoRoom)).Heard(Hears.Left()).Unmissed());

    private static IEnumerable<HostileCase> Twice =>
    [
        HostileCase.Line(
            "lines: joins the room it is in",
            HostileEnd.StaysOpen,
            Sends("/join {room}\n/JOIN {room}\n"),
            Gets("* you are in {room} (3 here), no topic", 2)),
        HostileCase.Line(
            "lines: leaves and comes back",
            HostileEnd.StaysOpen,
            Sends("/part\n/join {room}\n"),
            Gets("* {me} left {room}"),
            Gets("* you are in {room} (3 here), no topic")).Heard(Hears.Left(), Hears.Joined()),
        HostileCase.Line(
            "lines: leaves twice",
            HostileEnd.StaysOpen,
            Sends("/part {room}\n/part {room}\n"),
            Gets("* {me} left {room}"),
            Gets("! you are not in {room}")).Heard(Hears.Left()).Unmissed(),
        HostileCase.Line(
            "lines: more rooms than allowed",
            HostileEnd.StaysOpen,
            Sends(string.Concat(Enumerable.Range(1, 20).Select(n => $"/join #{{mark}}_{n}\n"))),
            Gets("* you are in #{mark}_... (1 here), no topic", 19),
            Gets("! you are in 20 rooms, the maximum: leave one first")),
        HostileCase.Line("lines: talks to itself", HostileEnd.StaysOpen, Sends("/msg {me} hi\n"), Gets("<{me} -> {me}> hi"),
            Gets("* to {me}: hi")),
        HostileCase.Line(
            "lines: the same topic twice",
            HostileEnd.StaysOpen,
            Sends("/topic tea\n/topic tea\n"),
            Gets("* {me} set the topic of {room}: tea", 2)).Heard(Hears.Topic("tea"), Hears.Topic("tea")),
        HostileCase.Line(
            "lines: a command in capitals",
            HostileEnd.StaysOpen,
            Sends("/ME waves\n/PiNg x\n"),
            Gets("* pong x")).Heard(Hears.Acted("waves")),
        HostileCase.Line(
            "lines: spaces around everything",
            HostileEnd.StaysOpen,
            Sends("/me   waves  \n/ping   x  \n"),
            Gets("* pong x")).Heard(Hears.Acted("waves")),
        HostileCase.Line(
            "lines: slashes",
            HostileEnd.StaysOpen,
            Sends("//\n///\n//quit\n")).Heard(Hears.Said("/"), Hears.Said("//"), Hears.Said("/quit")),
        HostileCase.Line("lines: a private message to a room", HostileEnd.StaysOpen, Sends("/msg {room} hi\n"), Gets(Refusal.BadNick)),
    ];

    private static IEnumerable<HostileCase> AfterTheEnd =>
    [
        HostileCase.Line("lines: quits", HostileEnd.Quit(), Sends("/quit\n"), Gets("* goodbye: you quit")),
        HostileCase.Line("lines: quits with words", HostileEnd.Quit("so long"), Sends("/quit so long\n"), Gets("* goodbye: you quit")),
        HostileCase.Line(
            "lines: talks after its quit",
            HostileEnd.Quit(),
            Sends("/quit\nghost\n/me haunts\n/nick ghost\n/ping x\n"),
            Gets("* goodbye: you quit")),
        HostileCase.Line("lines: quits twice", HostileEnd.Quit("one"), Sends("/quit one\n/quit two\n"), Gets("* goodbye: you quit")),
        HostileCase.Line(
            "lines: quits and sends a megabyte",
            HostileEnd.Quit(),
            Sends("/quit\n" + new string('x', 1024 * 1024)),
            Gets("* goodbye: you quit")),
        HostileCase.Line("lines: quits and resets", HostileEnd.ResetsItself with { Reason = "Quit", Words = "" }, Sends("/quit\n")),
        HostileCase.Line(
            "lines: quits in no room",
            HostileEnd.Quit(),
            Sends("/part\n/quit\n"),
            Gets("* {me} left {room}"),
            Gets("* goodbye: you quit")).Heard(Hears.Left()).Unmissed(),
    ];

    private static IEnumerable<HostileCase> First =>
    [
        HostileCase.Newcomer(
            "auto listener: quits with its first line",
            "auto",
            HostileEnd.Quit("bye {mark}"),
            Sends("/quit bye {mark}\n"),
            IsGreeted(),
            Gets("* goodbye: you quit")),
        HostileCase.Newcomer(
            "line listener: quits with its first line",
            "line",
            HostileEnd.Quit(),
            IsGreeted(),
            Sends("/quit\n"),
            Gets("* goodbye: you quit")),
        HostileCase.Newcomer("auto listener: an empty line first", "auto", HostileEnd.StaysOpen, Sends("\n"), IsGreeted()),
        HostileCase.Newcomer(
            "auto listener: an unknown command first",
            "auto",
            HostileEnd.StaysOpen,
            Sends("/{mark}\n"),
            IsGreeted(),
            Gets(Refusal.UnknownCommand)),
        HostileCase.Newcomer(
            "auto listener: bad UTF-8 first",
            "auto",
            HostileEnd.StaysOpen,
            Sends(0xC0, 0x80, (byte)'\n'),
            IsGreeted(),
            Gets(Refusal.NotUtf8)),
        HostileCase.Newcomer(
            "auto listener: ESC first",
            "auto",
            HostileEnd.StaysOpen,
            Sends("\u001b[2J\n"),
            IsGreeted(),
            Gets(Refusal.Control("text"))),
        HostileCase.Newcomer(
            "auto listener: a line too long first",
            "auto",
            HostileEnd.StaysOpen,
            Sends(new string(' ', 5000) + "\n"),
            IsGreeted(),
            Gets(Refusal.LineTooLong)),
    ];
}
