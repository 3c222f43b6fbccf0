using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile programs that may run commands: arguments of the wrong kind, and output that is no text.</summary>
internal static class RunsOnFrames
{
    private static readonly (string Name, string Sent, string Code)[] Refused =
    [
        ("arguments that are a string", """{"type":"run","name":"echo","args":"x"}""", "bad_field"),
        ("arguments that are an object", """{"type":"run","name":"echo","args":{"0":"x"}}""", "bad_field"),
        ("a number among the arguments", """{"type":"run","name":"echo","args":["x",1]}""", "bad_field"),
        ("an array among the arguments", """{"type":"run","name":"echo","args":["x",["y"],"z"]}""", "bad_field"),
        ("null among the arguments", """{"type":"run","name":"echo","args":[null]}""", "bad_field"),
        ("half a surrogate pair", """{"type":"run","name":"echo","args":["\ud800"]}""", "bad_field"),
        ("arguments twice", """{"type":"run","name":"echo","args":["x"],"args":["y"]}""", "bad_field"),
        ("a NUL in an argument", """{"type":"run","name":"number","args":["1\u0000","2"]}""", "control_character"),
        ("a NUL between arguments", """{"type":"run","name":"number","args":["\u00001"]}""", "control_character"),
        ("a line end in an argument", """{"type":"run","name":"echo","args":["x\nid"]}""", "control_character"),
        ("a command that is not listed", """{"type":"run","name":"sh","args":["-c","id"]}""", "unknown_program"),
        ("a name with a NUL", """{"type":"run","name":"echo\u0000","args":[]}""", "unknown_program"),
        ("an argument that does not match", """{"type":"run","name":"number","args":["1 2"]}""", "bad_field"),
        ("no argument", """{"type":"run","name":"number","args":[]}""", "missing_field"),
        ("too many bytes", $$"""{"type":"run","name":"echo","args":["{{new string('x', 4097)}}"]}""", "too_long"),
    ];

    public static IEnumerable<HostileCase> All =>
    [
        .. Refused.Select(one => Of(one.Name, Frame(one.Sent), GetsError(one.Code))),
        Of("arguments that are not closed", Frame("""{"type":"run","name":"echo","args":["x" """), GetsError("bad_json")),
        Of("output that is no text", Frame("""{"type":"run","name":"print","args":["\\377\\000\\033"],"id":7}"""),
            Gets("""{"type":"output","id":7,"stream":"out","data":"/wAb"}"""),
            Gets("""{"type":"ran","id":7,"name":"print","exit":0,"out":3,"err":0,"ms":"..."}"""), Gets("""{"type":"ok","id":7}""")),
        Of("an id that is a string with escapes", Frame("""{"type":"run","name":"print","args":["a"],"id":"\u0041\"{mark}"}"""),
            Gets("""{"type":"output","id":"A\"{mark}","stream":"out","data":"YQ=="}"""),
            Gets("""{"type":"ran","id":"A\"{mark}","name":"print","exit":0,"out":1,"err":0,"ms":"..."}"""),
            Gets("""{"type":"ok","id":"A\"{mark}"}""")),
    ];

    private static HostileCase Of(string name, params HostileStep[] steps) =>
        HostileCase.Frame($"frames: run: {name}", HostileEnd.StaysOpen, steps) with { IsForLoop = true };
}
