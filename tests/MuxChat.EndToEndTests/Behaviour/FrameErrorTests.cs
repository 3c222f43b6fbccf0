using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// What a frame client can do wrong in a request: one error with its code and id, and the next frame works. Nobody else hears of it.
/// </summary>
public sealed class FrameErrorTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Request_with_a_wrong_type_or_field_is_refused(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var alice = scene.Line("alice");
        robot.ExpectError("""{"type":"nonsense"}""", "unknown_command");
        robot.ExpectError("""{"type":"SAY","text":"hi"}""", "unknown_command");
        foreach (var missing in (string[])["{}", """{"text":"hi"}""", """{"type":""}""", """{"type":"say"}""",
            """{"type":"say","text":""}""", """{"type":"say","text":null}""",
            """{"type":"me"}""", """{"type":"nick"}""", """{"type":"join"}""", """{"type":"msg","text":"hi"}""",
            $$"""{"type":"msg","to":"{{alice.Nick}}"}"""])
        {
            robot.ExpectError(missing, "missing_field");
        }

        foreach (var bad in (string[])["""{"type":7}""", """{"type":"say","text":7}""", """{"type":"say","text":["hi"]}""",
            """{"type":"say","text":{"a":1}}""",
            """{"type":"say","text":"a","text":"b"}""", """{"type":"part","text":"a","reason":"b"}""",
            """{"type":"nick","nick":"a","to":"b"}""",
            """{"type":"say","text":"\ud800"}""", """{"type":"say","room":true,"text":"hi"}""", """{"type":"ping","id":{}}""",
            """{"type":"ping","id":[1]}""",
            """{"type":"ping","id":true}""", $$"""{"type":"ping","id":"{{new string('x', 127)}}"}"""])
        {
            robot.ExpectError(bad, "bad_field");
        }

        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Frame_that_is_not_one_json_object_is_refused(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        foreach (var bad in (string[])["hello", "[]", "\"say\"", "7", "null", "{", """{"type":"ping"}{}""", """{"type":"ping"} x""",
            """{"type":"ping",}""",
            """{'type':'ping'}""", """{"type":"ping"/*c*/}""", " ", """{"type":"ping" "token":"x"}""",
            """{"type":"say","text":"a""" + "\n" + "\"}",
            """{"pad":""" + new string('[', 17) + new string(']', 17) + "}", "\uFEFF" + """{"type":"ping"}"""])
        {
            robot.ExpectError(bad, "bad_json");
        }

        foreach (var bad in (byte[][])[[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
        {
            byte[] body = [.. """{"type":"say","text":" """u8, .. bad, .. "\"}"u8];
            robot.SendBytes([.. FrameClient.Header((uint)body.Length), .. body]);
            robot.Expect("""{"type":"error","code":"not_utf8","message":"..."}""");
        }

        robot.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Unknown_fields_are_skipped(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.Send("""  {"new":{"type":"quit","deep":[1,{"id":2}]}, "type":"ping", "more":[[]], "token":"x", "id":1, "text2":false}  """);
        robot.Expect("""{"type":"pong","token":"x"}""", """{"type":"ok","id":1}""");
    }

    [Theory]
    [EveryIo]
    public void Error_carries_the_id_of_its_request_wherever_it_stands(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.Send("""{"type":"join","room":"no","id":"x"}""", """{"id":7,"type":"nonsense"}""", """{"type":"say","text":1,"id":8}""");
        robot.Expect(
            """{"type":"error","id":"x","code":"bad_room","message":"a room name is # and 1 to 63 characters without spaces, commas, colons or control characters, all visible: no joiners, variation selectors or direction marks"}""",
            """{"type":"error","id":7,"code":"unknown_command","message":"..."}""",
            """{"type":"error","id":8,"code":"bad_field","message":"..."}""");
    }

    [Theory]
    [EveryIo]
    public void Names_and_rooms_that_do_not_fit_are_refused(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var alice = scene.Line("alice");
        robot.ExpectError("""{"type":"nick","nick":"1st"}""", "bad_nick");
        robot.ExpectError("""{"type":"msg","to":"a b","text":"hi"}""", "bad_nick");
        robot.ExpectError($$"""{"type":"nick","nick":"{{alice.Nick.ToUpperInvariant()}}"}""", "nick_taken");
        robot.ExpectError("""{"type":"msg","to":"nobody-at-all","text":"hi"}""", "unknown_nick");
        foreach (var type in (string[])["say", "part", "who", "topic"])
        {
            robot.ExpectError($$"""{"type":"{{type}}","room":"no-hash","text":"hi"}""", "bad_room");
            robot.ExpectError($$"""{"type":"{{type}}","room":"#nowhere","text":"hi"}""", "unknown_room");
        }

        foreach (var type in (string[])["say", "me", "part", "topic"])
        {
            robot.ExpectError($$"""{"type":"{{type}}","room":"#lobby","text":"hi"}""", "not_in_room");
        }

        robot.Send("""{"type":"part"}""");
        robot.Sync();
        robot.ExpectError("""{"type":"say","text":"hi"}""", "not_in_room");
        robot.ExpectError("""{"type":"who"}""", "not_in_room");
    }

    [Theory]
    [EveryIo]
    public void Text_longer_than_a_line_may_be_is_refused(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var alice = scene.Line("alice");
        var longest = new string('x', 4096);
        foreach (var request in (string[])["\"say\",\"text\"", "\"me\",\"text\"", $"\"msg\",\"to\":\"{alice.Nick}\",\"text\"",
            "\"topic\",\"text\"", "\"part\",\"reason\"", "\"quit\",\"reason\""])
        {
            robot.ExpectError($$"""{"type":{{request}}:"{{longest}}x"}""", "too_long");
        }

        robot.ExpectError($$"""{"type":"ping","token":"{{new string('x', 257)}}"}""", "too_long");
        alice.ExpectNothing();
        robot.Send($$"""{"type":"say","text":"{{longest}}"}""");
        alice.Expect($"<{robot.Nick}> {longest}");
    }
}
