using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Bidi controls and zero-width characters: in texts they go through unchanged, after a nick that they cannot
/// touch; in nicks they are refused.
/// </summary>
internal static class InvisibleTexts
{
    public static IEnumerable<HostileCase> All =>
        Characters.Invisible.SelectMany(
        character => OnLines(character.Name, character.Text).Concat(OnFrames(character.Name, character.Text)));

    private static IEnumerable<HostileCase> OnLines(string name, string character)
    {
        var text = $"a{character}b";
        yield return HostileCase.Line($"lines: {name} in a text", HostileEnd.StaysOpen, Sends(text + "\n")).Heard(Hears.Said(text));
        yield return HostileCase.Line(
            $"lines: {name} at the front of a text",
            HostileEnd.StaysOpen,
            Sends(character + "* forged\n")).Heard(Hears.Said(character + "* forged"));
        yield return HostileCase.Line($"lines: {name} in an act", HostileEnd.StaysOpen, Sends($"/me {text}\n")).Heard(Hears.Acted(text));
        yield return HostileCase.Line(
            $"lines: {name} in a topic",
            HostileEnd.StaysOpen,
            Sends($"/topic {text}\n"),
            Gets($"* {{me}} set the topic of {{room}}: {text}"))
            .Heard(Hears.Topic(text));
        yield return HostileCase.Line(
            $"lines: {name} in private messages",
            HostileEnd.StaysOpen,
            Sends($"/msg {{line}} {text}\n/msg {{frame}} {text}\n"),
            Gets($"* to {{line}}: {text}"),
            Gets($"* to {{frame}}: {text}"))
            .Heard(Hears.ToLine(text), Hears.ToFrame(text));
        yield return HostileCase.Line($"lines: {name} in last words", HostileEnd.Quit(text), Sends($"/quit {text}\n"),
            Gets("* goodbye: you quit"));
        yield return HostileCase.Line($"lines: {name} in a nick", HostileEnd.StaysOpen, Sends($"/nick {text}\n"), Gets(Refusal.BadNick));
        yield return HostileCase.Line(
            $"lines: {name} in a command",
            HostileEnd.StaysOpen,
            Sends($"/m{character}e waves\n"),
            Gets(Refusal.UnknownCommand));
    }

    private static IEnumerable<HostileCase> OnFrames(string name, string character)
    {
        var text = $"a{character}b";
        yield return HostileCase.Frame(
            $"frames: {name} in a text",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"say","text":"{{text}}"}""")).Heard(Hears.Said(text));
        yield return HostileCase.Frame(
            $"frames: {name} as an escape in a text",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"say","text":"a{{Escaped(character)}}b"}"""))
            .Heard(Hears.Said(text));
        yield return HostileCase.Frame(
            $"frames: {name} in an act",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"me","text":"{{text}}"}""")).Heard(Hears.Acted(text));
        yield return HostileCase.Frame(
            $"frames: {name} in private messages",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"msg","to":"{line}","text":"{{text}}"}"""),
            Frame($$"""{"type":"msg","to":"{frame}","text":"{{text}}"}""")).Heard(Hears.ToLine(text), Hears.ToFrame(text));
        yield return HostileCase.Frame(
            $"frames: {name} in last words",
            HostileEnd.Quit(text),
            Frame($$"""{"type":"quit","reason":"{{text}}"}"""),
            Gets("""{"type":"closing","reason":"you quit"}"""));
        yield return HostileCase.Frame(
            $"frames: {name} in a nick",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"nick","nick":"{{text}}"}"""),
            GetsError("bad_nick"));
        yield return HostileCase.Frame(
            $"frames: {name} in a type",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"s{{character}}ay","text":"hi"}"""),
            GetsError("unknown_command"));
    }

    private static string Escaped(string text) => string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"));
}
