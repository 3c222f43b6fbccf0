using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>What frame clients can ask: rooms, members, pongs, figures, help.</summary>
public sealed class FrameQueryTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Rooms_lists_rooms_with_their_members_and_the_total(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        scene.Line("alice");
        robot.Send("""{"type":"rooms","id":1}""");
        var rooms = robot.ReadUntil(frame => (string?)frame["type"] == "rooms" && !(bool)frame["more"]!);
        var listed = rooms.SelectMany(frame => frame["rooms"]!.AsArray()).ToList();
        Assert.Contains(listed, room => JsonPattern.Matches(JsonNode.Parse($$"""{"room":"{{scene.Room}}","members":2}"""), room));
        Assert.All(rooms, frame => Assert.Equal(listed.Count, (int?)frame["total"]));
        robot.Expect("""{"type":"ok","id":1}""");
        robot.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Who_lists_the_members_of_this_room_or_another(string io)
    {
        using var scene = servers.Scene(io);
        using var elsewhere = servers.Scene(io);
        var robot = scene.Frame("robot");
        var alice = scene.Line("alice");
        var carol = elsewhere.Line("carol");
        robot.Send("""{"type":"who"}""", $$"""{"type":"who","room":"{{elsewhere.Room}}","id":"x"}""");
        robot.Expect($$"""{"type":"who","room":"{{scene.Room}}","members":["{{robot.Nick}}","{{alice.Nick}}"],"operators":["{{robot.Nick}}"],"total":2,"more":false}""");
        robot.Expect($$"""{"type":"who","room":"{{elsewhere.Room}}","members":["{{carol.Nick}}"],"operators":["{{carol.Nick}}"],"total":1,"more":false}""", """{"type":"ok","id":"x"}""");
    }

    [Theory]
    [EveryIo]
    public void Ping_is_answered_with_its_token(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.Send("""{"type":"ping"}""", """{"type":"ping","token":"世 \"x\"","id":1}""", """{"type":"pong"}""",
            """{"type":"pong","id":2}""");
        robot.Expect("""{"type":"pong","token":""}""", """{"type":"pong","token":"世 \"x\""}""", """{"type":"ok","id":1}""",
            """{"type":"ok","id":2}""");
        robot.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Stats_tells_the_figures(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.Send("""{"type":"stats","id":1}""");
        var stats = robot.Expect(
            """{"type":"stats","clients":"...","rooms":"...","lines_in":"...","lines_delivered":"...","uptime_ms":"...","io":"...","ticks":"...","longest_tick_us":"...","allocated_bytes":"...","collections":"...","datagrams_in":0,"datagrams_dropped":0}""");
        robot.Expect("""{"type":"ok","id":1}""");
        Assert.True((long)stats["clients"]! >= 1 && (long)stats["rooms"]! >= 2 && (long)stats["uptime_ms"]! > 0);
        Assert.Contains((string?)stats["io"], io == "auto" ? ["select", "epoll"] : new[] { io });
    }

    [Theory]
    [EveryIo]
    public void Help_lists_every_type_and_explains_one(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.Send("""{"type":"help"}""", """{"type":"help","command":"msg","id":1}""");
        var help = robot.Expect("""{"type":"help","commands":"..."}""");
        Assert.Equal(
            ["say", "me", "msg", "nick", "join", "part", "topic", "mode", "kick", "invite", "away", "rooms", "who", "whois", "history",
                "resume", "share", "chunk", "cancel", "files", "get", "ping", "pong", "stats", "help", "quit",
                "pass", "oper", "kill", "op", "rehash", "wallops", "run"],
            help["commands"]!.AsArray().Select(command => (string?)command!["type"]));
        robot.Expect("""{"type":"help","commands":[{"type":"msg","fields":"to, text","summary":"..."}]}""", """{"type":"ok","id":1}""");
        robot.ExpectError("""{"type":"help","command":"nonsense"}""", "unknown_command");
    }

    [Theory]
    [EveryIo]
    public void Long_lists_come_in_parts_that_add_up(string io)
    {
        // 210 members are more than one part holds; 3 people with 19 rooms each are more rooms than one part holds.
        using var server = ServerProcess.Start("--io", io, "--flood", "off");
        using var scene = new Scene(server);
        var robot = scene.Track(server.ConnectFrames());
        for (var i = 0; i < 208; i++)
        {
            scene.Nobody();
        }

        var joins = Enumerable.Range(0, 19).Select(_ => "/join " + Scene.NewRoom());
        for (var i = 0; i < 3; i++)
        {
            var hoarder = scene.Nobody();
            hoarder.Send([.. joins.Select(join => join + "x" + i)]);
            hoarder.Sync();
        }

        robot.Sync();
        robot.Send("""{"type":"who","room":"#lobby"}""", """{"type":"rooms"}""");
        var frames = robot.ReadUntil(frame => (string?)frame["type"] == "rooms" && !(bool)frame["more"]!);
        var who = frames.Where(frame => (string?)frame["type"] == "who").ToList();
        var rooms = frames.Where(frame => (string?)frame["type"] == "rooms").ToList();
        Assert.Equal([true, false], who.Select(frame => (bool)frame["more"]!));
        Assert.Equal([true, false], rooms.Select(frame => (bool)frame["more"]!));
        Assert.Equal(212, who.SelectMany(frame => frame["members"]!.AsArray()).Select(nick => (string?)nick).Distinct().Count());
        Assert.Equal(58, rooms.SelectMany(frame => frame["rooms"]!.AsArray()).Select(room => (string?)room!["room"]).Distinct().Count());
        Assert.All(who, frame => Assert.Equal(212, (int?)frame["total"]));
        Assert.All(rooms, frame => Assert.Equal(58, (int?)frame["total"]));
    }
}
