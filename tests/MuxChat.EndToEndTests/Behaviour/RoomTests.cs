using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Entering, leaving, several rooms at once, topics: what the one who does it sees, and what the rooms concerned see.</summary>
public sealed class RoomTests(SharedServers servers)
{
    private const string Rule = "a room name is # and 1 to 63 characters without spaces, commas, colons or control characters"
        + ", all visible: no joiners, variation selectors or direction marks";

    [Theory]
    [EveryIo]
    public void Join_tells_how_the_room_stands_and_tells_the_room(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var room = Scene.NewRoom();
        alice.Send("/join " + room);
        alice.Expect($"* you are in {room} (1 here), no topic");
        bob.Send("/join " + room[1..].ToUpperInvariant());
        bob.Expect($"* you are in {room} (2 here), no topic");
        alice.Expect($"* {bob.Nick} joined {room}");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Room_name_that_is_none_is_refused(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        foreach (var bad in (string[])["#", "#a,b", "#a:b", "#a\tb", "#" + new string('x', 64),
            "#" + string.Concat(Enumerable.Repeat("世", 64)),
            "#tea\u200b", "#\u202eeat", "#tea\u00a0time", "#\U0001F468\u200d\U0001F469", "#\u2764\ufe0f", "#\ufdd0"])
        {
            alice.ExpectError("/join " + bad, Rule);
        }

        alice.ExpectError("/join", "the room is missing: /join ROOM [KEY]");
        var longest = Scene.NewRoom();
        longest += string.Concat(Enumerable.Repeat("👋", 64 - longest.Length));
        alice.Send("/join " + longest);
        alice.Expect($"* you are in {longest} (1 here), no topic");
    }

    [Theory]
    [EveryIo]
    public void Text_and_topic_may_hold_what_a_name_may_not(string io)
    {
        const string Text = "\U0001F468\u200d\U0001F469 \u2764\ufe0f \u200f\u05e9\u05dc\u05d5\u05dd\u200e \u3000";
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send(Text, "/topic " + Text);
        bob.Expect($"<{alice.Nick}> {Text}", $"* {alice.Nick} set the topic of {scene.Room}: {Text}");
        alice.Expect($"* {alice.Nick} set the topic of {scene.Room}: {Text}");
    }

    [Theory]
    [EveryIo]
    public void Part_is_told_to_all_and_the_line_before_is_the_last_heard(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("/part");
        alice.Expect($"* {alice.Nick} left {scene.Room}");
        bob.Expect($"* {alice.Nick} left {scene.Room}");
        bob.Send("are you gone?");
        alice.ExpectNothing();
        alice.ExpectError("hello?", "you are not in a room: join one first");
        alice.ExpectError("/part", "you are not in a room: join one first");
        alice.ExpectError("/part " + scene.Room, $"you are not in {scene.Room}");
        alice.ExpectError("/part #no-such-room", "there is no room #no-such-room: join it to create it");
        alice.ExpectError("/who #no-such-room", "there is no room #no-such-room: join it to create it");
    }

    [Theory]
    [EveryIo]
    public void Room_remembers_when_its_last_member_is_gone(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.Send("/topic to be kept", "/part", "/join " + scene.Room);
        alice.Expect(
            $"* {alice.Nick} set the topic of {scene.Room}: to be kept",
            $"* {alice.Nick} left {scene.Room}",
            $"* you are in {scene.Room} (1 here), topic: to be kept");
    }

    [Theory]
    [EveryIo]
    public void Client_in_several_rooms_sees_which_room_a_line_is_from(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var second = Scene.NewRoom();
        alice.Send("/join " + second);
        alice.Expect($"* you are in {second} (1 here), no topic");
        bob.Send("one", "/me waves", "/join " + second, "two");
        alice.Expect(
            $"[{scene.Room}] <{bob.Nick}> one",
            $"[{scene.Room}] ** {bob.Nick} waves",
            $"* {bob.Nick} joined {second}",
            $"[{second}] <{bob.Nick}> two");
        bob.Expect($"* you are in {second} (2 here), no topic");

        // Plain lines go to the room joined last, and after leaving it to the one before.
        alice.Send("in second", "/part", "in first");
        bob.Expect($"[{second}] <{alice.Nick}> in second", $"* {alice.Nick} left {second}", $"[{scene.Room}] <{alice.Nick}> in first");
        alice.Expect($"* {alice.Nick} left {second}");
        bob.Send("/part");
        bob.Expect($"* {bob.Nick} left {second}");
        alice.Send("one room again");
        bob.Expect($"<{alice.Nick}> one room again");
    }

    [Theory]
    [EveryIo]
    public void Join_of_a_room_one_is_in_turns_to_it(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("/join " + Scene.NewRoom());
        alice.Expect("* you are in ... (1 here), no topic");
        alice.Send("/join " + scene.Room, "back");
        alice.Expect($"* you are in {scene.Room} (2 here), no topic");
        bob.Expect($"<{alice.Nick}> back");
    }

    [Theory]
    [EveryIo]
    public void Rename_and_quit_are_told_once_to_who_shares_several_rooms(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var robot = scene.Frame("robot");
        var second = Scene.NewRoom();
        robot.Send($$"""{"type":"join","room":"{{second}}"}""");
        robot.Sync();
        alice.Send("/join " + second);
        bob.Send("/join " + second);
        alice.Sync();
        bob.Sync();
        alice.Sync();
        robot.Sync();
        var was = alice.Nick;
        alice.Nick = Scene.NewNick("alicia");
        alice.Send("/nick " + alice.Nick);
        alice.Expect($"* {was} is now {alice.Nick}");
        bob.Expect($"* {was} is now {alice.Nick}");
        bob.ExpectNothing();
        robot.Expect(
            $$"""{"type":"renamed","room":"{{scene.Room}}","seq":4,"time":"...","from":"{{was}}","to":"{{alice.Nick}}"}""",
            $$"""{"type":"renamed","room":"{{second}}","seq":4,"time":"...","from":"{{was}}","to":"{{alice.Nick}}"}""");
        alice.ExpectNothing();
        alice.Send("/quit so long");
        bob.Expect($"* {alice.Nick} quit: Quit: so long");
        bob.ExpectNothing();
        robot.Expect(
            $$"""{"type":"quit","room":"{{scene.Room}}","seq":5,"time":"...","nick":"{{alice.Nick}}","reason":"Quit: so long"}""",
            $$"""{"type":"quit","room":"{{second}}","seq":5,"time":"...","nick":"{{alice.Nick}}","reason":"Quit: so long"}""");
    }

    [Theory]
    [EveryIo]
    public void Topic_is_set_shown_and_told_to_newcomers(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("/topic");
        alice.Expect($"* you are in {scene.Room} (2 here), no topic");
        alice.Send("/topic tea, 茶 and 🫖");
        alice.Expect($"* {alice.Nick} set the topic of {scene.Room}: tea, 茶 and 🫖");
        bob.Expect($"* {alice.Nick} set the topic of {scene.Room}: tea, 茶 and 🫖");
        bob.Send("/topic");
        bob.Expect($"* you are in {scene.Room} (2 here), topic: tea, 茶 and 🫖");
        var carol = scene.Nobody();
        carol.Sync();
        carol.Send("/join " + scene.Room);
        Assert.Equal($"* you are in {scene.Room} (3 here), topic: tea, 茶 and 🫖",
            carol.ReadUntil(line => line.Contains(scene.Room, StringComparison.Ordinal))[^1]);
    }
}
