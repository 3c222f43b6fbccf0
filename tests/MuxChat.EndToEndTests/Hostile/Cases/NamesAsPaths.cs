using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Names that mean something elsewhere: paths, patterns, formats, scripts. As a nick they are refused, as a
/// room they are a name and no more.
/// </summary>
internal static class NamesAsPaths
{
    private static readonly (string Name, string Text)[] Evil =
    [
        ("the folder above", "../"),
        ("a path upwards", "../../../etc/passwd"),
        ("a path", "/etc/passwd"),
        ("a path of Windows", @"..\..\boot.ini"),
        ("an encoded path", "%2e%2e%2f"),
        ("a dot", "."),
        ("two dots", ".."),
        ("an asterisk", "*"),
        ("a question mark", "?"),
        ("a tilde", "~root"),
        ("a variable", "$HOME"),
        ("a command", "$(id)"),
        ("a command in backquotes", "`id;`"),
        ("a pipe", "a|id;"),
        ("a format", "%s%s%n"),
        ("a format of .NET", "{0}.{1}"),
        ("a statement", "';DROP-TABLE-rooms;--"),
        ("a script", "<script>alert(1)</script>"),
        ("an entity", "&lt;b&gt;"),
        ("a lookup", "${jndi}"),
        ("a mask", "*!*@*"),
        ("an operator", "@op"),
        ("a quote", "\"quoted\""),
        ("a backslash", @"a\.b"),
        ("a device", "/dev/null"),
    ];

    // What is asked about is no room that another case is in at the moment.
    private const string Elsewhere = "-elsewhere";

    // A colon or a comma is in no room's name.
    private static readonly (string Name, string Text)[] NoRooms =
    [
        ("a URI", "http://a/b"),
        ("a drive", @"C:\"),
        ("a list", "a,b"),
        ("a name with a space", "a b"),
        ("nothing", ""),
        ("64 characters", new string('a', 64)),
        ("64 characters of four bytes", string.Concat(Enumerable.Repeat("👋", 64))),
        ("four thousand characters", new string('a', 4000)),
    ];

    private static readonly string[] LikeNick = ["a/b", "a.b", "a:b", "a,b", "a@b", "a!b", "a#b", "a$b", "a%b", "a&b", "a*b", "a(b", "a)b",
        "a+b", "a=b", "a;b", "a'b", "a\"b", "a<b", "a>b", "a?b", "a§b", "a×b", "a~b", "0", "-a", "1a", "é", "ａ", "α"];

    public static IEnumerable<HostileCase> All =>
        Evil.SelectMany(evil => Of(evil.Name, evil.Text)).Concat(NoRooms.SelectMany(evil => RefusedRoom(evil.Name, evil.Text)))
        .Concat(LikeNick.SelectMany(RefusedNick)).Concat(Longest);

    private static IEnumerable<HostileCase> Of(string name, string text)
    {
        var json = Json(text);
        yield return HostileCase.Line(
            $"lines: {name} as a room",
            HostileEnd.StaysOpen,
            Sends($"/join #{text}\n"),
            Gets($"* you are in #{text} (1 here), no topic"),
            Sends("/part\n"),
            Gets($"* {{me}} left #{text}"));
        yield return HostileCase.Line(
            $"lines: {name} as a room to ask about",
            HostileEnd.StaysOpen,
            Sends($"/who #{text}{Elsewhere}\n"),
            Gets($"! there is no room #{text}{Elsewhere}: join it to create it"));
        yield return HostileCase.Line(
            $"lines: {name} as a command",
            HostileEnd.StaysOpen,
            Sends($"/{(text.StartsWith('/') ? text[1..] : text)}\n"),
            Gets(Refusal.UnknownCommand));
        yield return HostileCase.Line($"lines: {name} as a help topic", HostileEnd.StaysOpen, Sends($"/help {text}\n"),
            Gets(Refusal.NoHelp));
        yield return HostileCase.Line($"lines: {name} as a text", HostileEnd.StaysOpen, Sends($" {text}\n")).Heard(Hears.Said(" " + text));
        yield return HostileCase.Line($"lines: {name} as a nick", HostileEnd.StaysOpen, Sends($"/nick {text}\n"), Gets(Refusal.BadNick));
        yield return HostileCase.Frame(
            $"frames: {name} as a nick",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"nick","nick":{{json}}}"""),
            GetsError("bad_nick"));
        yield return HostileCase.Frame(
            $"frames: {name} as an addressee",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"msg","to":{{json}},"text":"hi"}"""),
            GetsError("bad_nick"));
        yield return HostileCase.Frame(
            $"frames: {name} as a type",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":{{json}}}"""),
            GetsError("unknown_command"));
        yield return HostileCase.Frame(
            $"frames: {name} as a room to ask about",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"who","room":{{Json("#" + text + Elsewhere)}}}"""),
            GetsError("unknown_room"));
        yield return HostileCase.Frame(
            $"frames: {name} as an id",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"ping","id":{{json}}}"""),
            Gets("""{"type":"pong","token":""}"""),
            Gets($$"""{"type":"ok","id":{{json}}}"""));
    }

    private static IEnumerable<HostileCase> RefusedRoom(string name, string text)
    {
        if (!text.Contains(' ', StringComparison.Ordinal))
        {
            yield return HostileCase.Line($"lines: {name} as a room", HostileEnd.StaysOpen, Sends($"/join #{text}\n"),
                Gets(Refusal.BadRoom));
        }

        yield return HostileCase.Frame(
            $"frames: {name} as a room",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"join","room":{{Json("#" + text)}}}"""),
            GetsError("bad_room"));
        yield return HostileCase.Frame(
            $"frames: {name} as a room to speak in",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"say","room":{{Json("#" + text)}},"text":"hi"}"""),
            GetsError("bad_room"));
    }

    private static IEnumerable<HostileCase> RefusedNick(string text) =>
    [
        HostileCase.Line($"lines: the nick {text}", HostileEnd.StaysOpen, Sends($"/nick {text}\n"), Gets(Refusal.BadNick)),
        HostileCase.Frame(
            $"frames: the nick {text}",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"nick","nick":{{Json(text)}}}"""),
            GetsError("bad_nick")),
    ];

    private static IEnumerable<HostileCase> Longest =>
    [
        HostileCase.Line("lines: a nick of 31 characters", HostileEnd.StaysOpen, Sends($"/nick {new string('a', 31)}\n"),
            Gets(Refusal.BadNick)),
        HostileCase.Line("lines: a nick of 4,000 characters", HostileEnd.StaysOpen, Sends($"/nick {new string('a', 4000)}\n"),
            Gets(Refusal.BadNick)),
        HostileCase.Frame(
            "frames: a nick of 60,000 characters",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"nick","nick":"{{new string('a', 60_000)}}"}"""),
            GetsError("bad_nick")),
        HostileCase.Frame(
            "frames: a room of 60,000 characters",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"join","room":"#{{new string('a', 60_000)}}"}"""),
            GetsError("bad_room")),
        HostileCase.Frame(
            "frames: a room of 63 characters of four bytes",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"who","room":"#{{string.Concat(Enumerable.Repeat("👋", 63))}}"}"""),
            GetsError("unknown_room")),
        HostileCase.Frame(
            "frames: a room without its hash",
            HostileEnd.StaysOpen,
            Frame("""{"type":"join","room":"lobby"}"""),
            GetsError("bad_room")),
        HostileCase.Frame("frames: a room that is a hash", HostileEnd.StaysOpen, Frame("""{"type":"join","room":"#"}"""),
            GetsError("bad_room")),
    ];

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
