using System.Text;
using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Bytes that are no UTF-8 (RFC 3629), in every field and through each protocol: refused whole, nothing is repaired or passed on.
/// </summary>
internal static class BadUtf8
{
    private static readonly (string Name, byte[] Bytes)[] Bad =
    [
        ("overlong NUL of two bytes", [0xC0, 0x80]),
        ("overlong slash of two bytes", [0xC0, 0xAF]),
        ("overlong LF of two bytes", [0xC0, 0x8A]),
        ("overlong DEL", [0xC1, 0xBF]),
        ("overlong slash of three bytes", [0xE0, 0x80, 0xAF]),
        ("overlong U+07FF", [0xE0, 0x9F, 0xBF]),
        ("overlong slash of four bytes", [0xF0, 0x80, 0x80, 0xAF]),
        ("overlong U+FFFF", [0xF0, 0x8F, 0xBF, 0xBF]),
        ("high surrogate U+D800", [0xED, 0xA0, 0x80]),
        ("low surrogate U+DFFF", [0xED, 0xBF, 0xBF]),
        ("surrogate pair as six bytes", [0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B]),
        ("U+110000", [0xF4, 0x90, 0x80, 0x80]),
        ("U+1FFFFF", [0xF7, 0xBF, 0xBF, 0xBF]),
        ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
        ("six bytes", [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80]),
        ("a lone continuation byte", [0x80]),
        ("a lone last continuation byte", [0xBF]),
        ("two bytes cut off", [0xC3]),
        ("three bytes cut off", [0xE2, 0x82]),
        ("four bytes cut off", [0xF0, 0x9F, 0x91]),
        ("FE", [0xFE]),
        ("Latin-1", [0xE9]),
        ("UTF-16", [0xFE, 0xFF, 0x00, 0x68]),
    ];

    private static readonly (string Field, string Line)[] LineFields =
    [
        ("a text", "a{b}c"),
        ("a topic", "/topic a{b}c"),
        ("a private message", "/msg {line} a{b}c"),
        ("a nick", "/nick a{b}c"),
        ("a room", "/join #a{b}c"),
    ];

    private static readonly (string Field, string Json)[] FrameFields =
    [
        ("a text", """{"type":"say","text":"a{b}c"}"""),
        ("a private message", """{"type":"msg","to":"{line}","text":"a{b}c"}"""),
        ("a nick", """{"type":"nick","nick":"a{b}c"}"""),
        ("a room", """{"type":"join","room":"#a{b}c"}"""),
        ("a name of a field", """{"type":"say","text":"hi","a{b}c":1}"""),
        ("an id", """{"type":"ping","id":"a{b}c"}"""),
    ];

    // FE begins a telnet negotiation only after IAC (FF), so in a line it is a byte like any other.
    public static IEnumerable<HostileCase> All => Lines.Concat(Frames);

    private static IEnumerable<HostileCase> Lines =>
        from bad in Bad
        from place in LineFields
        select HostileCase.Line($"lines: UTF-8, {bad.Name} in {place.Field}", HostileEnd.StaysOpen,
            Sends(With(place.Line + "\n", bad.Bytes)), Gets(Refusal.NotUtf8));

    private static IEnumerable<HostileCase> Frames =>
        from bad in Bad
        from place in FrameFields
        select HostileCase.Frame($"frames: UTF-8, {bad.Name} in {place.Field}", HostileEnd.StaysOpen, Frame(With(place.Json, bad.Bytes)),
            GetsError("not_utf8"));

    private static byte[] With(string text, byte[] bytes) =>
        Encoding.Latin1.GetBytes(text.Replace("{b}", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal));
}
