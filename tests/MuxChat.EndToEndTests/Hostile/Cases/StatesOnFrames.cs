using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Requests before and after every state: without a room, twice, out of order, without their fields, after the end.</summary>
internal static class StatesOnFrames
{
    private const string Left = """{"type":"left","room":"{room}","seq":"...","time":"...","nick":"{me}"}""";
    private const string Joined = """{"type":"joined","room":"{room}","seq":"...","time":"...","nick":"{me}"}""";
    private const string Goodbye = """{"type":"closing","reason":"you quit"}""";

    private static readonly (string Json, string Code)[] Refused =
    [
        ("""{"type":"say"}""", "missing_field"),
        ("""{"type":"say","text":""}""", "missing_field"),
        ("""{"type":"say","text":null}""", "missing_field"),
        ("""{"type":"me"}""", "missing_field"),
        ("""{"type":"msg","text":"hi"}""", "missing_field"),
        ("""{"type":"msg","to":"{line}"}""", "missing_field"),
        ("""{"type":"msg","to":"","text":"hi"}""", "missing_field"),
        ("""{"type":"nick"}""", "missing_field"),
        ("""{"type":"nick","nick":""}""", "missing_field"),
        ("""{"type":"join"}""", "missing_field"),
        ("""{"type":"join","room":""}""", "missing_field"),
        ("""{"type":"say","room":"#lobby","text":"hi"}""", "not_in_room"),
        ("""{"type":"me","room":"#lobby","text":"hi"}""", "not_in_room"),
        ("""{"type":"topic","room":"#lobby","text":"hi"}""", "not_in_room"),
        ("""{"type":"part","room":"#lobby"}""", "not_in_room"),
        ("""{"type":"say","room":"#nowhere_{mark}","text":"hi"}""", "unknown_room"),
        ("""{"type":"topic","room":"#nowhere_{mark}"}""", "unknown_room"),
        ("""{"type":"part","room":"#nowhere_{mark}"}""", "unknown_room"),
        ("""{"type":"msg","to":"{mark}","text":"hi"}""", "unknown_nick"),
        ("""{"type":"msg","to":"{room}","text":"hi"}""", "bad_nick"),
        ("""{"type":"help","command":"nothing"}""", "unknown_command"),
        ("""{"type":"history","room":"#lobby"}""", "not_in_room"),
        ("""{"type":"history","room":"#nowhere_{mark}"}""", "unknown_room"),
        ("""{"type":"history","room":"../../etc/passwd"}""", "bad_room"),
        ("""{"type":"history","after":-1}""", "bad_field"),
        ("""{"type":"history","after":"1"}""", "bad_field"),
        ("""{"type":"history","after":1.5}""", "bad_field"),
        ("""{"type":"history","after":9007199254740992}""", "bad_field"),
        ("""{"type":"history","after":1e99}""", "bad_field"),
        ("""{"type":"history","limit":1001}""", "bad_field"),
        ("""{"type":"history","limit":[1]}""", "bad_field"),
        ("""{"type":"history","after":1,"after":2}""", "bad_field"),
        ("""{"type":"resume"}""", "missing_field"),
        ("""{"type":"resume","room":"{room}"}""", "missing_field"),
        ("""{"type":"resume","room":"{room}","epoch":0}""", "missing_field"),
        ("""{"type":"resume","room":"{room}","epoch":-1}""", "bad_field"),
        ("""{"type":"resume","room":"{room}","epoch":true}""", "bad_field"),
        ("""{"type":"resume","room":",","epoch":1}""", "bad_room"),
        ("""{"type":"resume","room":"{room}","epoch":1,"nick":"1st"}""", "bad_nick"),
        ("""{"type":"resume","room":"{room}","epoch":1,"nick":"{line}"}""", "nick_taken"),
        ("""{"type":"welcome"}""", "unknown_command"),
        ("""{"type":"error","code":"x","message":"x"}""", "unknown_command"),
        ("""{"type":"stop"}""", "unknown_command"),
    ];

    private static readonly string[] NeedARoom =
        ["""{"type":"say","text":"hi"}""", """{"type":"me","text":"hi"}""", """{"type":"topic"}""", """{"type":"topic","text":"tea"}""",
            """{"type":"part"}""", """{"type":"who"}""", """{"type":"history"}"""];

    public static IEnumerable<HostileCase> All => WithoutFields.Concat(Roomless).Concat(Twice).Concat(AfterTheEnd);

    private static IEnumerable<HostileCase> WithoutFields =>
        Refused.Select(one => HostileCase.Frame($"frames: {one.Json}", HostileEnd.StaysOpen, Frame(one.Json), GetsError(one.Code)));

    private static IEnumerable<HostileCase> Roomless => NeedARoom.Select(json =>
        HostileCase.Frame(
            $"frames: {json} in no room",
            HostileEnd.StaysOpen,
            Frame("""{"type":"part"}"""),
            Gets(Left),
            Frame(json),
            GetsError("not_in_room")).Heard(Hears.Left()).Unmissed());

    private static IEnumerable<HostileCase> Twice =>
    [
        HostileCase.Frame(
            "frames: joins the room it is in",
            HostileEnd.StaysOpen,
            Frame("""{"type":"join","room":"{room}"}"""),
            Gets("""{"type":"room","room":"{room}","topic":"","members":3,"seq":"...","epoch":"..."}""")),
        HostileCase.Frame(
            "frames: leaves and comes back",
            HostileEnd.StaysOpen,
            Frame("""{"type":"part"}"""),
            Gets(Left),
            Frame("""{"type":"join","room":"{room}"}"""),
            Gets(Joined),
            Gets("""{"type":"room","room":"{room}","topic":"","members":3,"seq":"...","epoch":"..."}""")).Heard(Hears.Left(),
                Hears.Joined()),
        HostileCase.Frame(
            "frames: leaves twice",
            HostileEnd.StaysOpen,
            Frame("""{"type":"part","room":"{room}"}"""),
            Gets(Left),
            Frame("""{"type":"part","room":"{room}"}"""),
            GetsError("not_in_room")).Heard(Hears.Left()).Unmissed(),
        HostileCase.Frame(
            "frames: talks to itself",
            HostileEnd.StaysOpen,
            Frame("""{"type":"msg","to":"{me}","text":"hi"}"""),
            Gets("""{"type":"msg","from":"{me}","to":"{me}","text":"hi","time":"..."}""")),
        HostileCase.Frame(
            "frames: removes a topic that is none",
            HostileEnd.StaysOpen,
            Frame("""{"type":"topic","text":""}"""),
            Gets("""{"type":"topic","room":"{room}","seq":"...","time":"...","nick":"{me}","topic":""}""")).Heard(Hears.Topic("")),
        HostileCase.Frame("frames: answers a ping that nobody sent", HostileEnd.StaysOpen, FloodsFrame("""{"type":"pong"}""", 100)),
        HostileCase.Frame(
            "frames: fields of another request",
            HostileEnd.StaysOpen,
            Frame("""{"type":"ping","to":"{line}","room":"#lobby"}"""),
            Gets("""{"type":"pong","token":""}""")),
        HostileCase.Frame(
            "frames: fields of an event",
            HostileEnd.StaysOpen,
            Frame("""{"type":"say","text":"hi","from":"{line}","seq":1,"time":"1970"}""")).Heard(Hears.Said("hi")),
        HostileCase.Frame("frames: a tab in a text", HostileEnd.StaysOpen, Frame("""{"type":"say","text":"a\tb"}"""))
            .Heard(Hears.Said("a\tb")),
        HostileCase.Frame(
            "frames: a text that begins with a slash",
            HostileEnd.StaysOpen,
            Frame("""{"type":"say","text":"/quit"}""")).Heard(Hears.Said("/quit")),
        HostileCase.Frame(
            "frames: a text of nothing but spaces",
            HostileEnd.StaysOpen,
            Frame("""{"type":"say","text":"  "}""")).Heard(Hears.Said("  ")),
    ];

    private static IEnumerable<HostileCase> AfterTheEnd =>
    [
        HostileCase.Frame("frames: quits", HostileEnd.Quit(), Frame("""{"type":"quit"}"""), Gets(Goodbye)),
        HostileCase.Frame(
            "frames: talks after its quit",
            HostileEnd.Quit(),
            Frame("""{"type":"quit"}"""),
            Frame("""{"type":"say","text":"ghost"}"""),
            Frame("""{"type":"ping"}"""),
            Gets(Goodbye)),
        HostileCase.Frame(
            "frames: quits twice",
            HostileEnd.Quit("one"),
            Frame("""{"type":"quit","reason":"one"}"""),
            Frame("""{"type":"quit","reason":"two"}"""),
            Gets(Goodbye)),
        HostileCase.Frame(
            "frames: a length that is none after the quit",
            HostileEnd.Quit(),
            Frame("""{"type":"quit"}"""),
            Sends(0xFF, 0xFF, 0xFF, 0xFF),
            Gets(Goodbye)),
        HostileCase.Frame(
            "frames: talks after a length that is none",
            HostileEnd.Overrun,
            Sends(0xFF, 0xFF, 0xFF, 0xFF),
            Frame("""{"type":"say","text":"ghost"}"""),
            GetsError("too_long")),
        HostileCase.Frame("frames: quits and resets", HostileEnd.ResetsItself with { Reason = "Quit", Words = "" },
            Frame("""{"type":"quit"}""")),
    ];
}
