using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Requests of frame clients that others hear of: the answer to the one who asked, the events to the rooms concerned, their numbers.
/// </summary>
public sealed partial class FrameTalkTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Say_is_heard_by_the_others_and_answered_with_its_number(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        var alice = scene.Line("alice");
        robot.Send($$"""{"type":"say","room":"{{scene.Room}}","text":"hi \"you\" 👋 \u4e16","id":"a-1"}""");
        var said = other.Expect(
            $$"""{"type":"said","room":"{{scene.Room}}","seq":4,"time":"...","from":"{{robot.Nick}}","text":"hi \"you\" 👋 世"}""");
        Assert.Matches(Rfc3339(), (string?)said["time"]);
        alice.Expect($"<{robot.Nick}> hi \"you\" 👋 世");
        robot.Expect("""{"type":"ok","id":"a-1","seq":4}""");
        robot.ExpectNothing();
        robot.Send("""{"type":"say","text":"to the current room, without a name"}""");
        other.Expect($$"""{"type":"said","room":"{{scene.Room}}","seq":5,"time":"...","from":"{{robot.Nick}}","text":"to the current room, without a name"}""");
        robot.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Id_comes_back_as_it_was_written(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        foreach (var id in (string[])["\"\"", "\"x\\\"y\"", "\"世\"", "7", "-1.5e3", "\"" + new string('i', 126) + "\""])
        {
            robot.Send($$"""{"id":{{id}},"type":"pong"}""", $$"""{"type":"nonsense","id":{{id}}}""");
            robot.Expect($$"""{"type":"ok","id":{{id}}}""", $$"""{"type":"error","id":{{id}},"code":"unknown_command","message":"..."}""");
        }
    }

    [Theory]
    [EveryIo]
    public void Me_and_msg_are_heard_by_whom_they_concern(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        var alice = scene.Line("alice");
        robot.Send("""{"type":"me","text":"waves","id":1}""");
        robot.Expect("""{"type":"ok","id":1,"seq":4}""");
        other.Expect($$"""{"type":"acted","room":"{{scene.Room}}","seq":4,"time":"...","from":"{{robot.Nick}}","text":"waves"}""");
        alice.Expect($"** {robot.Nick} waves");
        robot.Send($$"""{"type":"msg","to":"{{other.Nick}}","text":"psst","id":2}""",
            $$"""{"type":"msg","to":"{{alice.Nick}}","text":"psst"}""");
        robot.Expect("""{"type":"ok","id":2}""");
        other.Expect($$"""{"type":"msg","from":"{{robot.Nick}}","to":"{{other.Nick}}","text":"psst","time":"..."}""");
        alice.Expect($"<{robot.Nick} -> {alice.Nick}> psst");
        robot.ExpectNothing();
        other.ExpectNothing();
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Join_and_part_are_told_to_the_room_and_the_one_who_does_it(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        var room = Scene.NewRoom();
        robot.Send($$"""{"type":"join","room":"{{room}}","id":1}""");
        robot.Expect(
            $$"""{"type":"joined","room":"{{room}}","seq":1,"time":"...","nick":"{{robot.Nick}}"}""",
            $$"""{"type":"room","room":"{{room}}","topic":"","members":1,"seq":1,"epoch":"..."}""",
            """{"type":"ok","id":1,"seq":1}""");
        other.Send($$"""{"type":"join","room":"{{room}}"}""");
        other.Expect($$"""{"type":"joined","room":"{{room}}","seq":2,"time":"...","nick":"{{other.Nick}}"}""");
        other.Expect($$"""{"type":"room","room":"{{room}}","topic":"","members":2,"seq":2,"epoch":"..."}""");
        robot.Expect($$"""{"type":"joined","room":"{{room}}","seq":2,"time":"...","nick":"{{other.Nick}}"}""");
        robot.Send($$"""{"type":"part","room":"{{room}}","reason":"tea","id":2}""", """{"type":"part","id":3}""");
        var left = $$"""{"type":"left","room":"{{room}}","seq":3,"time":"...","nick":"{{robot.Nick}}","reason":"tea"}""";
        robot.Expect(left, """{"type":"ok","id":2,"seq":3}""");
        other.Expect(left);
        left = $$"""{"type":"left","room":"{{scene.Room}}","seq":3,"time":"...","nick":"{{robot.Nick}}"}""";
        robot.Expect(left, """{"type":"ok","id":3,"seq":3}""");
        other.Expect(left);
        robot.ExpectNothing();
        other.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Nick_is_told_to_the_room_and_the_one_who_takes_it(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        var was = robot.Nick;
        robot.Nick = Scene.NewNick("bot");
        var renamed = $$"""{"type":"renamed","room":"{{scene.Room}}","seq":3,"time":"...","from":"{{was}}","to":"{{robot.Nick}}"}""";
        robot.Send($$"""{"type":"nick","nick":"{{robot.Nick}}","id":1}""");
        robot.Expect(renamed, """{"type":"ok","id":1}""");
        other.Expect(renamed);
        robot.Send("""{"type":"part"}""");
        robot.Sync();
        robot.Send($$"""{"type":"nick","nick":"{{was}}"}""");
        robot.Expect($$"""{"type":"renamed","time":"...","from":"{{robot.Nick}}","to":"{{was}}"}""");
    }

    [Theory]
    [EveryIo]
    public void Topic_is_set_shown_and_removed(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var alice = scene.Line("alice");
        var topic = $$"""{"type":"topic","room":"{{scene.Room}}","seq":3,"time":"...","nick":"{{robot.Nick}}","topic":"tea"}""";
        robot.Send("""{"type":"topic","text":"tea","id":1}""", """{"type":"topic","id":2}""", """{"type":"topic","text":"","id":3}""");
        robot.Expect(topic, """{"type":"ok","id":1,"seq":3}""");
        robot.Expect($$"""{"type":"room","room":"{{scene.Room}}","topic":"tea","members":2,"seq":3,"epoch":"..."}""",
            """{"type":"ok","id":2}""");
        robot.Expect(topic.Replace("tea", "", StringComparison.Ordinal).Replace("\"seq\":3", "\"seq\":4", StringComparison.Ordinal),
            """{"type":"ok","id":3,"seq":4}""");
        alice.Expect($"* {robot.Nick} set the topic of {scene.Room}: tea", $"* {robot.Nick} removed the topic of {scene.Room}");
    }

    [Theory]
    [EveryIo]
    public void Quit_is_answered_said_goodbye_to_and_told_to_the_room(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        var alice = scene.Line("alice");
        robot.Send("""{"type":"quit","reason":"tea","id":1}""", """{"type":"say","text":"too late"}""");
        robot.Expect("""{"type":"ok","id":1}""", """{"type":"closing","reason":"you quit"}""");
        robot.ExpectEnd();
        other.Expect($$"""{"type":"quit","room":"{{scene.Room}}","seq":4,"time":"...","nick":"{{robot.Nick}}","reason":"Quit: tea"}""");
        alice.Expect($"* {robot.Nick} quit: Quit: tea");
        other.Send("""{"type":"quit"}""");
        other.Expect("""{"type":"closing","reason":"you quit"}""");
        other.ExpectEnd();
        alice.Expect($"* {other.Nick} quit");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Numbers_of_a_room_have_no_gap_whoever_does_what(string io)
    {
        using var scene = servers.Scene(io);
        var watcher = scene.Frame("watcher");
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        alice.Send("one", "/me two", "/topic three", "/nick " + Scene.NewNick("anna"), "/msg " + robot.Nick + " not numbered", "/bad",
            "/join " + scene.Room);
        alice.Sync();
        robot.Send("""{"type":"say","text":"five","id":5}""", """{"type":"say","text":""}""", """{"type":"part"}""",
            $$"""{"type":"join","room":"{{scene.Room}}"}""");
        robot.Sync();
        alice.Sync();
        watcher.Send("""{"type":"say","text":"mine","id":"own"}""");
        alice.Expect($"<{watcher.Nick}> mine");
        alice.Send("/quit");
        var frames = watcher.ReadUntil(frame => (string?)frame["type"] == "quit");
        Assert.Equal(Enumerable.Range(4, 9).Select(seq => (long?)seq), frames.Select(frame => (long?)frame["seq"]));
        Assert.Equal(
            ["said", "acted", "topic", "renamed", "said", "left", "joined", "ok", "quit"],
            frames.Select(frame => (string?)frame["type"]));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Rfc3339();
}
