using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Control characters through lines: in every field, refused, and nobody else hears of it.</summary>
internal static class ControlsOnLines
{
    // What stands around the character, and the answer.
    private static readonly (string Field, string Line, string Answer)[] Fields =
    [
        ("a text", "a{c}b", Refusal.Control("text")),
        ("an act", "/me a{c}b", Refusal.Control("text")),
        ("a private message", "/msg {line} a{c}b", Refusal.Control("text")),
        ("a private message to frames", "/msg {frame} a{c}b", Refusal.Control("text")),
        ("a topic", "/topic a{c}b", Refusal.Control("topic")),
        ("last words", "/quit a{c}b", Refusal.Control("reason")),
        ("a ping token", "/ping a{c}b", Refusal.Control("token")),
        ("a nick", "/nick a{c}b", Refusal.BadNick),
        ("a room to join", "/join #a{c}b", Refusal.BadRoom),
        ("a room to ask about", "/who #a{c}b", Refusal.BadRoom),
        ("a room to leave", "/part #a{c}b", Refusal.BadRoom),
        ("an addressee", "/msg a{c}b hello", Refusal.BadNick),
        ("a command", "/m{c}e hello", Refusal.UnknownCommand),
        ("a help topic", "/help m{c}e", Refusal.NoHelp),
        ("a line said with a slash", "//a{c}b", Refusal.Control("text")),
    ];

    public static IEnumerable<HostileCase> All =>
        from control in Characters.Controls
        from place in Fields
        select HostileCase.Line(
            $"lines: {control.Name} in {place.Field}",
            HostileEnd.StaysOpen,
            Sends(place.Line.Replace("{c}", control.Character.ToString(), StringComparison.Ordinal) + "\n"),
            Gets(place.Answer));
}
