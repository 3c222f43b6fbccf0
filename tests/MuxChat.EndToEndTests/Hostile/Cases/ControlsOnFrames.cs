using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Control characters through frames, as they are and as JSON escapes: in every field, refused, and nobody else hears of it.
/// </summary>
internal static class ControlsOnFrames
{
    private const char FirstPrintable = ' ';

    private static readonly (string Field, string Json, string Code)[] Fields =
    [
        ("a text", """{"type":"say","text":"a{c}b"}""", "control_character"),
        ("an act", """{"type":"me","text":"a{c}b"}""", "control_character"),
        ("a private message to lines", """{"type":"msg","to":"{line}","text":"a{c}b"}""", "control_character"),
        ("a topic", """{"type":"topic","text":"a{c}b"}""", "control_character"),
        ("last words", """{"type":"quit","reason":"a{c}b"}""", "control_character"),
        ("a reason to leave", """{"type":"part","reason":"a{c}b"}""", "control_character"),
        ("a ping token", """{"type":"ping","token":"a{c}b"}""", "control_character"),
        ("a nick", """{"type":"nick","nick":"a{c}b"}""", "bad_nick"),
        ("a room to join", """{"type":"join","room":"#a{c}b"}""", "bad_room"),
        ("a room to speak in", """{"type":"say","room":"#a{c}b","text":"hi"}""", "bad_room"),
        ("an addressee", """{"type":"msg","to":"a{c}b","text":"hi"}""", "bad_nick"),
        ("a type", """{"type":"sa{c}y","text":"hi"}""", "unknown_command"),
    ];

    // A line feed is a control character like any other here: a frame's end is told by its length.
    private static IEnumerable<(string Name, char Character)> Controls => [("LF", '\n'), .. Characters.Controls];

    public static IEnumerable<HostileCase> All => AsTheyAre.Concat(Escaped);

    // JSON itself forbids those below U+0020 in a string.
    private static IEnumerable<HostileCase> AsTheyAre =>
        from control in Controls
        from place in Fields
        select HostileCase.Frame(
            $"frames: {control.Name} in {place.Field}",
            HostileEnd.StaysOpen,
            Frame(place.Json.Replace("{c}", control.Character.ToString(), StringComparison.Ordinal)),
            GetsError(control.Character < FirstPrintable ? "bad_json" : place.Code));

    private static IEnumerable<HostileCase> Escaped =>
        from control in Controls
        from place in Fields
        select HostileCase.Frame(
            $"frames: {control.Name} as an escape in {place.Field}",
            HostileEnd.StaysOpen,
            Frame(place.Json.Replace("{c}", $"\\u{(int)control.Character:x4}", StringComparison.Ordinal)),
            GetsError(place.Code));
}
