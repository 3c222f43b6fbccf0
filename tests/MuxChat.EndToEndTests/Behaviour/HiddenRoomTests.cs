using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// A room that is secret or has a key is answered like one that does not exist, and what a person says does not read like the server's
/// words.
/// </summary>
public sealed class HiddenRoomTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Hidden_room_is_no_room_for_who_is_outside(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var robot = Outsider(scene);
        var none = Scene.NewRoom();
        foreach (var mode in (string[])["s", "k sesame"])
        {
            alice.Send($"/mode +{mode}");
            alice.Expect("* ... set the modes of ...");
            foreach (var request in (string[])
            [
                """ "type":"topic" """, """ "type":"mode" """, """ "type":"who" """, """ "type":"history","after":0 """,
                    """ "type":"say","text":"hi" """, """ "type":"part" """,
                $$""" "type":"kick","nick":"{{alice.Nick}}" """, $$""" "type":"invite","nick":"{{alice.Nick}}" """,
            ])
            {
                Assert.Equal(Answer(robot, request, none), Answer(robot, request, scene.Room));
            }

            robot.Send("""{"type":"rooms"}""");
            Assert.DoesNotContain(scene.Room, string.Concat(robot.Ping().Select(static frame => frame.ToJsonString())),
                StringComparison.Ordinal);
            alice.Send($"/mode -{mode}");
            alice.Expect("* ... set the modes of ...");
        }

        Assert.NotEqual(Answer(robot, """ "type":"topic" """, none), Answer(robot, """ "type":"topic" """, scene.Room));
    }

    [Theory]
    [EveryIo]
    public void Last_word_of_a_person_is_marked_as_one(string io)
    {
        using var scene = servers.Scene(io);
        var (alice, bob, robot) = (scene.Line("alice"), scene.Line("bob"), scene.Frame("robot"));
        alice.Sync();
        robot.Sync();
        bob.Send("/quit connection reset");
        alice.Expect($"* {bob.Nick} quit: Quit: connection reset");
        var quit = $$"""{"type":"quit","room":"{{scene.Room}}","seq":"...","time":"...","nick":"{{bob.Nick}}",""";
        robot.Expect(quit + """ "reason":"Quit: connection reset"} """);
    }

    [Theory]
    [EveryIo]
    public void Banned_member_finds_no_other_way_to_speak(string io)
    {
        using var scene = servers.Scene(io);
        var (alice, bob, robot) = WithTwoBanned(scene);
        bob.ExpectError("/nick " + Scene.NewNick("bob2"), $"you are banned from {scene.Room}: leave it before you change your nick");
        bob.ExpectError("/topic buy it", $"you are banned from {scene.Room}: you may read, but not speak");
        robot.ExpectError($$"""{"type":"nick","nick":"{{Scene.NewNick("robot2")}}"}""", "banned");
        robot.ExpectError("""{"type":"topic","text":"buy it"}""", "cannot_speak");
        var carol = scene.Nobody();
        carol.Nick = Scene.NewNick("carol");
        carol.Send("/nick " + carol.Nick);
        carol.Sync();
        robot.ExpectError($$"""{"type":"invite","nick":"{{carol.Nick}}"}""", "cannot_speak");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Member_that_may_not_speak_in_a_moderated_room_keeps_its_nick(string io)
    {
        using var scene = servers.Scene(io);
        var (alice, bob, robot) = (scene.Line("alice"), scene.Line("bob"), scene.Frame("robot"));
        alice.Sync();
        alice.Send($"/mode {scene.Room} +m");
        alice.Sync();
        bob.Sync();
        robot.Sync();
        bob.ExpectError("/nick " + Scene.NewNick("bob2"),
            $"{scene.Room} is moderated: ask for voice there, or leave it, before you change your nick");
        robot.ExpectError($$"""{"type":"nick","nick":"{{Scene.NewNick("robot2")}}"}""", "cannot_speak");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Banned_member_leaves_without_a_last_word_and_is_away_without_words(string io)
    {
        using var scene = servers.Scene(io);
        var (alice, bob, robot) = WithTwoBanned(scene);
        bob.Send("/away buy it");
        robot.Send("""{"type":"away","reason":"buy it","id":1}""");
        bob.Sync();
        robot.Expect("""{"type":"ok","id":1}""");
        alice.ExpectNothing();
        bob.Send("/quit buy it");
        alice.Expect($"* {bob.Nick} quit");
        robot.Expect($$"""{"type":"quit","room":"{{scene.Room}}","seq":"...","time":"...","nick":"{{bob.Nick}}"}""");
        robot.Send("""{"type":"quit","reason":"buy it"}""");
        alice.Expect($"* {robot.Nick} quit");
    }

    [Theory]
    [EveryIo]
    public void Hidden_room_that_one_may_not_enter_tells_why_and_nothing_else(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var robot = Outsider(scene);
        var carol = scene.Nobody();
        carol.Sync();
        alice.Send("/topic hush", "/mode +s");
        alice.Expect("* ... set the topic of ...", "* ... set the modes of ...");
        foreach (var (mode, code, says) in (ReadOnlySpan<(string, string, string)>)
        [
            ("k sesame", "bad_key", "wrong key for #..."),
            ("i", "invite_only", "#... is invite-only: ask an operator of the room to invite you"),
            ("l 1", "room_full", "#... is full: an operator of the room can raise its limit"),
            ("b *", "banned", "you are banned from #..."),
        ])
        {
            alice.Send($"/mode +{mode}");
            alice.Expect("* ... set the modes of ...");
            foreach (var request in (string[])[""" "type":"join","key":"wrong" """,
                """ "type":"resume","epoch":1,"after":0,"key":"wrong" """])
            {
                Assert.StartsWith($$"""{"type":"error","id":1,"code":"{{code}}","message":"{{says}}"}""",
                    Answer(robot, request, scene.Room), StringComparison.Ordinal);
            }

            carol.ExpectError($"/join {scene.Room} wrong", says.Replace("#...", scene.Room, StringComparison.Ordinal)
                + (code == "bad_key" ? " (/join ROOM KEY)" : ""));
            alice.Send(mode[0] == 'l' ? "/mode -l" : $"/mode -{mode}");
            alice.Expect("* ... set the modes of ...");
        }
    }

    private static FrameClient Outsider(Scene scene)
    {
        var robot = scene.Track(scene.Server.ConnectFrames());
        robot.Send("""{"type":"part","room":"#lobby"}""");
        robot.Sync();
        return robot;
    }

    private static string Answer(FrameClient robot, string fields, string room)
    {
        robot.Send($$"""{{{fields}},"room":"{{room}}","id":1}""");
        return string.Join('\n', robot.Ping().Select(static (JsonObject frame) => frame.ToJsonString()))
            .Replace(room, "#...", StringComparison.Ordinal);
    }

    private static (LineClient Alice, LineClient Bob, FrameClient Robot) WithTwoBanned(Scene scene)
    {
        var (alice, bob, robot) = (scene.Line("alice"), scene.Line("bob"), scene.Frame("robot"));
        alice.Sync();
        alice.Send($"/mode +bb {bob.Nick} {robot.Nick}");
        alice.Expect("* ... set the modes of ...");
        bob.Sync();
        robot.Sync();
        return (alice, bob, robot);
    }
}
