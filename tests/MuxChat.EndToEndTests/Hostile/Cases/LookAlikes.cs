using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Nicks that look like another's, and tricks with case: a nick has one owner, whatever the case of its letters.</summary>
internal static class LookAlikes
{
    // In place of the first letter of the bystander's nick, which is "line_" and a number.
    private static readonly (string Name, string Nick)[] Letters =
    [
        ("a Cyrillic letter", "lin\u0435_1"),
        ("a Greek letter", "l\u03b9ne_1"),
        ("a fullwidth letter", "\uff4cine_1"),
        ("a mathematical letter", "\U0001d425ine_1"),
        ("a letter with a combining mark", "li\u0301ne_1"),
        ("a dotless i", "l\u0131ne_1"),
        ("a capital i with a dot", "l\u0130ne_1"),
        ("the Kelvin sign", "\u212aine_1"),
        ("a long s", "\u017fine_1"),
        ("a ligature", "\ufb01ne_1"),
        ("a sharp s", "li\u00df_1"),
        ("a fullwidth low line", "line\uff3f1"),
        ("a superscript digit", "line_\u00b9"),
        ("an Arabic digit", "line_\u0661"),
        ("a no-break space", "line_1\u00a0"),
        ("a tab behind it", "line_1\tx"),
        ("angle brackets", "<line_1>"),
        ("a full stop behind it", "line_1."),
    ];

    public static IEnumerable<HostileCase> All => Letters.SelectMany(letter => Refused(letter.Name, letter.Nick)).Concat(Cases);

    private static IEnumerable<HostileCase> Refused(string name, string nick) =>
    [
        HostileCase.Line($"lines: a nick with {name}", HostileEnd.StaysOpen, Sends($"/nick {nick}\n"), Gets(Refusal.BadNick)),
        HostileCase.Line($"lines: a message to a nick with {name}", HostileEnd.StaysOpen, Sends($"/msg {nick} hi\n"),
            Gets(Refusal.BadNick)),
        HostileCase.Frame(
            $"frames: a nick with {name}",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"nick","nick":{{Json(nick)}}}"""),
            GetsError("bad_nick")),
        HostileCase.Frame(
            $"frames: a message to a nick with {name}",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"msg","to":{{Json(nick)}},"text":"hi"}"""),
            GetsError("bad_nick")),
    ];

    private static IEnumerable<HostileCase> Cases =>
    [
        HostileCase.Line("lines: another's nick", HostileEnd.StaysOpen, Sends("/nick {line}\n"), Gets(Refusal.NickTaken)),
        HostileCase.Line("lines: another's nick in capitals", HostileEnd.StaysOpen, Sends("/nick {LINE}\n"), Gets(Refusal.NickTaken)),
        HostileCase.Line("lines: another's nick, of one on frames", HostileEnd.StaysOpen, Sends("/nick {frame}\n"),
            Gets(Refusal.NickTaken)),
        HostileCase.Frame("frames: another's nick", HostileEnd.StaysOpen, Frame("""{"type":"nick","nick":"{line}"}"""),
            GetsError("nick_taken")),
        HostileCase.Frame(
            "frames: another's nick in capitals",
            HostileEnd.StaysOpen,
            Frame("""{"type":"nick","nick":"{LINE}"}"""),
            GetsError("nick_taken")),
        HostileCase.Frame(
            "frames: another's nick by an escape",
            HostileEnd.StaysOpen,
            Frame("""{"type":"nick","nick":"\u006c{line}"}"""),
            Gets("""{"type":"renamed","room":"{room}","seq":"...","time":"...","from":"{me}","to":"l{line}"}"""))
            .Heard(Hears.Renamed("{me}", "l{line}"), Quit("l{line}")).Unmissed() with { NickAtEnd = "l{line}" },
        HostileCase.Line("lines: one's own nick", HostileEnd.StaysOpen, Sends("/nick {me}\n")),
        HostileCase.Line("lines: one's own nick in capitals", HostileEnd.StaysOpen, Sends("/nick {ME}\n"), Gets("* {me} is now {ME}"))
            .Heard(Hears.Renamed("{me}", "{ME}"), Quit("{ME}")).Unmissed() with { NickAtEnd = "{ME}" },
        HostileCase.Line(
            "lines: the nick that one just gave up",
            HostileEnd.StaysOpen,
            Sends("/nick {me}_x\n/nick {me}\n"),
            Gets("* {me} is now {me}_x"),
            Gets("* {me}_x is now {me}"))
            .Heard(Hears.Renamed("{me}", "{me}_x"), Hears.Renamed("{me}_x", "{me}")),
        HostileCase.Line("lines: two nicks in one command", HostileEnd.StaysOpen, Sends("/nick a b\n"), Gets(Refusal.BadNick)),
        HostileCase.Line(
            "lines: a nick with brackets at its end, as frames show it",
            HostileEnd.StaysOpen,
            Sends("/nick {me}}\n"),
            Gets("* {me} is now {me}}"))
            .Heard(Hears.Renamed("{me}", "{me}}"), Quit("{me}}")).Unmissed() with { NickAtEnd = "{me}}" },
        HostileCase.Line("lines: a message to another's nick in capitals", HostileEnd.StaysOpen, Sends("/msg {LINE} hi\n"),
            Gets("* to {line}: hi"))
            .Heard(Hears.ToLine("hi")),
        HostileCase.Line("lines: a message to nobody", HostileEnd.StaysOpen, Sends("/msg {mark} hi\n"), Gets("! no such nick: {mark}")),
        HostileCase.Line(
            "lines: a room in capitals is the same room",
            HostileEnd.StaysOpen,
            Sends("/join #ROOM_{mark}\n/join #room_{mark}\n"),
            Gets("* you are in #ROOM_{mark} (1 here), no topic", 2)),
        HostileCase.Line(
            "lines: a room that differs beyond ASCII is another",
            HostileEnd.StaysOpen,
            Sends("/join #É{mark}\n/join #é{mark}\n"),
            Gets("* you are in #É{mark} (1 here), no topic"),
            Gets("* you are in #é{mark} (1 here), no topic")),
    ];

    private static Hears Quit(string nick) =>
        new($"* {nick} quit: connection closed",
        $$"""{"type":"quit","room":"{room}","seq":"...","time":"...","nick":"{{nick}}","reason":"connection closed"}""");

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
