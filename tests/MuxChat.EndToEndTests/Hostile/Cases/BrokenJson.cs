using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>JSON that is broken, deep, wide, doubled or half: one error with its code, and the next frame works.</summary>
internal static class BrokenJson
{
    private const int Depth = 16;
    private const string Wide = "\"pad\":0,";

    private static readonly (string Name, string Json, string Code)[] Bad =
    [
        ("no JSON", "hello", "bad_json"),
        ("a line command", "/quit", "bad_json"),
        ("an array", "[]", "bad_json"),
        ("an array of requests", """[{"type":"quit"}]""", "bad_json"),
        ("a string", "\"quit\"", "bad_json"),
        ("a number", "7", "bad_json"),
        ("null", "null", "bad_json"),
        ("true", "true", "bad_json"),
        ("one space", " ", "bad_json"),
        ("one NUL", "\0", "bad_json"),
        ("an open object", "{", "bad_json"),
        ("a closing brace", "}", "bad_json"),
        ("two objects", """{"type":"quit"}{"type":"quit"}""", "bad_json"),
        ("text behind the object", """{"type":"quit"} x""", "bad_json"),
        ("NUL behind the object", "{\"type\":\"quit\"}\0", "bad_json"),
        ("a byte-order mark in front", "\ufeff{\"type\":\"quit\"}", "bad_json"),
        ("a comma too many", """{"type":"quit",}""", "bad_json"),
        ("a comma in front", """{,"type":"quit"}""", "bad_json"),
        ("a colon missing", """{"type" "quit"}""", "bad_json"),
        ("a comma missing", """{"type":"quit" "reason":"x"}""", "bad_json"),
        ("single quotes", """{'type':'quit'}""", "bad_json"),
        ("no quotes", "{type:quit}", "bad_json"),
        ("a comment", """{"type":"quit"/* x */}""", "bad_json"),
        ("a line comment", "{\"type\":\"quit\"}//x", "bad_json"),
        ("a string without an end", """{"type":"quit""", "bad_json"),
        ("a string that ends in an escape", "{\"type\":\"quit\\\"}", "bad_json"),
        ("an unknown escape", """{"type":"q\uit"}""", "bad_json"),
        ("an escape of three digits", """{"type":"say","text":"\u12"}""", "bad_json"),
        ("an escape x", """{"type":"say","text":"\x41"}""", "bad_json"),
        ("NaN", """{"type":"ping","id":NaN}""", "bad_json"),
        ("Infinity", """{"type":"ping","id":Infinity}""", "bad_json"),
        ("a number with a leading zero", """{"type":"ping","id":01}""", "bad_json"),
        ("a number with a leading plus", """{"type":"ping","id":+1}""", "bad_json"),
        ("a hexadecimal number", """{"type":"ping","id":0x10}""", "bad_json"),
        ("a number that ends in a point", """{"type":"ping","id":1.}""", "bad_json"),
        ("True in capitals", """{"type":"ping","x":True}""", "bad_json"),
        ("deeper than allowed by arrays", """{"pad":""" + new string('[', Depth) + new string(']', Depth) + "}", "bad_json"),
        ("deeper than allowed by objects", Nested(Depth), "bad_json"),
        ("thirty thousand open brackets", new string('[', 30_000), "bad_json"),
        ("ten thousand open objects", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), "bad_json"),
        ("brackets that do not match", """{"pad":[1,2}""", "bad_json"),
        ("an empty object", "{}", "missing_field"),
        ("no type", """{"text":"hi"}""", "missing_field"),
        ("an empty type", """{"type":""}""", "missing_field"),
        ("a type that is null", """{"type":null,"text":"hi"}""", "missing_field"),
        ("a type that is a number", """{"type":1}""", "bad_field"),
        ("a type that is an object", """{"type":{"type":"quit"}}""", "bad_field"),
        ("a type that is an array", """{"type":["quit"]}""", "bad_field"),
        ("a type in capitals", """{"type":"QUIT"}""", "unknown_command"),
        ("a type with a space", """{"type":"quit "}""", "unknown_command"),
        ("a type with a slash", """{"type":"/quit"}""", "unknown_command"),
        ("a type that is an event", """{"type":"said","from":"{line}","text":"forged"}""", "unknown_command"),
        ("a type that is closing", """{"type":"closing","reason":"forged"}""", "unknown_command"),
        ("a field called Type", """{"Type":"quit"}""", "missing_field"),
        ("the type twice", """{"type":"ping","type":"quit"}""", "bad_field"),
        ("the type twice, once with an escape", """{"type":"ping","\u0074ype":"quit"}""", "bad_field"),
        ("the text twice", """{"type":"say","text":"a","text":"b"}""", "bad_field"),
        ("the text under two names", """{"type":"part","text":"a","reason":"b"}""", "bad_field"),
        ("the room twice", """{"type":"say","room":"{room}","room":"#lobby","text":"hi"}""", "bad_field"),
        ("to and nick", """{"type":"nick","nick":"a","to":"b"}""", "bad_field"),
        ("a text that is a number", """{"type":"say","text":7}""", "bad_field"),
        ("a text that is true", """{"type":"say","text":true}""", "bad_field"),
        ("a text that is an array", """{"type":"say","text":["hi"]}""", "bad_field"),
        ("a text that is an object", """{"type":"say","text":{"a":"b"}}""", "bad_field"),
        ("a room that is a number", """{"type":"say","room":1,"text":"hi"}""", "bad_field"),
        ("an id that is true", """{"type":"ping","id":true}""", "bad_field"),
        ("an id that is an object", """{"type":"ping","id":{}}""", "bad_field"),
        ("an id that is an array", """{"type":"ping","id":[1]}""", "bad_field"),
        ("an id of 129 bytes", "{\"type\":\"ping\",\"id\":\"" + new string('x', 127) + "\"}", "bad_field"),
        ("a number of 129 digits as id", "{\"type\":\"ping\",\"id\":" + new string('7', 129) + "}", "bad_field"),
        ("a lone high surrogate in a text", """{"type":"say","text":"a\ud800b"}""", "bad_field"),
        ("a lone low surrogate in a text", """{"type":"say","text":"a\udc00b"}""", "bad_field"),
        ("a high surrogate at the end", """{"type":"say","text":"\udbff"}""", "bad_field"),
        ("two high surrogates", """{"type":"say","text":"\ud83d\ud83d"}""", "bad_field"),
        ("a surrogate pair the wrong way round", """{"type":"say","text":"\udc4b\ud83d"}""", "bad_field"),
        ("a lone surrogate in a nick", """{"type":"nick","nick":"a\ud800"}""", "bad_field"),
        ("a lone surrogate in a room", """{"type":"join","room":"#a\ud800"}""", "bad_field"),
        ("a lone surrogate in an addressee", """{"type":"msg","to":"a\ud800","text":"hi"}""", "bad_field"),
        ("a lone surrogate in the type", """{"type":"say\ud800","text":"hi"}""", "bad_field"),
        ("a text of NUL", """{"type":"say","text":"\u0000"}""", "control_character"),
        ("a text too long", "{\"type\":\"say\",\"text\":\"" + new string('x', 4097) + "\"}", "too_long"),
        ("a text too long by its bytes", "{\"type\":\"say\",\"text\":\"" + new string('世', 1366) + "\"}", "too_long"),
        ("a topic too long", "{\"type\":\"topic\",\"text\":\"" + new string('x', 4097) + "\"}", "too_long"),
        ("a reason too long", "{\"type\":\"quit\",\"reason\":\"" + new string('x', 60_000) + "\"}", "too_long"),
        ("a token too long", "{\"type\":\"ping\",\"token\":\"" + new string('x', 257) + "\"}", "too_long"),
    ];

    public static IEnumerable<HostileCase> All => Bad
        .Select(bad => HostileCase.Frame($"frames: JSON, {bad.Name}", HostileEnd.StaysOpen, Frame(bad.Json), GetsError(bad.Code)))
        .Concat(Good);

    // Odd, but right: taken as what it is.
    private static readonly HostileCase[] Good =
    [
        HostileCase.Frame(
            "frames: JSON, as deep as allowed",
            HostileEnd.StaysOpen,
            Frame("""{"type":"ping","pad":""" + new string('[', Depth - 1) + new string(']', Depth - 1) + "}"),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, eight thousand unknown fields",
            HostileEnd.StaysOpen,
            Frame("{" + string.Concat(Enumerable.Repeat(Wide, 8000)) + "\"type\":\"ping\"}"),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, an array of thirty thousand",
            HostileEnd.StaysOpen,
            Frame("{\"pad\":[" + string.Concat(Enumerable.Repeat("0,", 30_000)) + "0],\"type\":\"ping\"}"),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, an unknown name of thirty thousand escapes' bytes",
            HostileEnd.StaysOpen,
            Frame("{\"" + string.Concat(Enumerable.Repeat("\\u0061", 5000)) + "\":1,\"type\":\"ping\"}"),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, a lone surrogate in a name",
            HostileEnd.StaysOpen,
            Frame("""{"\ud800":1,"type":"ping"}"""),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, NUL in an unknown name",
            HostileEnd.StaysOpen,
            Frame("""{"\u0000":1,"type":"ping"}"""),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, a number beyond any range",
            HostileEnd.StaysOpen,
            Frame("""{"type":"ping","id":1e999999}"""),
            Gets("""{"type":"pong","token":""}"""),
            Gets("""{"type":"ok","id":"..."}""")),
        HostileCase.Frame(
            "frames: JSON, the id twice",
            HostileEnd.StaysOpen,
            Frame("""{"type":"ping","id":1,"id":2}"""),
            Gets("""{"type":"error","id":1,"code":"bad_field","message":"..."}""")),
        HostileCase.Frame(
            "frames: JSON, white space everywhere",
            HostileEnd.StaysOpen,
            Frame("\r\n\t { \"type\" :\n\"ping\" } \t"),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: JSON, an escaped request",
            HostileEnd.StaysOpen,
            Frame("""{"\u0074ype":"\u0073ay","text":"\u0068\u0069"}""")).Heard(Hears.Said("hi")),
        HostileCase.Frame(
            "frames: JSON, a text that closes the object",
            HostileEnd.StaysOpen,
            Frame("""{"type":"say","text":"\"}{\"type\":\"quit\"}"}""")).Heard(Hears.Said("\"}{\"type\":\"quit\"}")),
        HostileCase.Frame(
            "frames: JSON, an id that closes the object",
            HostileEnd.StaysOpen,
            Frame("""{"type":"ping","id":"\"}{\"type\":\"quit\"}"}"""),
            Gets("""{"type":"pong","token":""}"""),
            Gets("""{"type":"ok","id":"\"}{\"type\":\"quit\"}"}""")),
        HostileCase.Frame(
            "frames: JSON, a surrogate pair",
            HostileEnd.StaysOpen,
            Frame("""{"type":"say","text":"\ud83d\udc4b"}""")).Heard(Hears.Said("👋")),
        HostileCase.Frame(
            "frames: JSON, a text that looks like the server's",
            HostileEnd.StaysOpen,
            Frame("""{"type":"say","text":"* {line} quit"}""")).Heard(Hears.Said("* {line} quit")),
    ];

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "{}" + new string('}', depth);
}
