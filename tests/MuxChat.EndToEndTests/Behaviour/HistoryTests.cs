using System.Globalization;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>What rooms remember while the server runs: shown to newcomers, asked for, and picked up where a client left off.</summary>
public sealed class HistoryTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Newcomer_on_lines_is_shown_what_was_said_last(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.Send("one");
        alice.Send("/me waves");
        alice.Send("/topic news");
        alice.Expect($"* {alice.Nick} set the topic of {scene.Room}: news");
        var bob = scene.Nobody();
        bob.Send("/join " + scene.Room);
        bob.ReadUntil(line => line.StartsWith($"* you are in {scene.Room} (2 here), topic: news", StringComparison.Ordinal));
        bob.Expect($"* ... <{alice.Nick}> one", $"* ... ** {alice.Nick} waves");
    }

    [Theory]
    [EveryIo]
    public void Rooms_made_and_left_without_end_take_the_place_of_none_that_was_spoken_in(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-rooms", "10", "--flood", "off");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        alice.Send("/join #kept", "worth keeping", "/part");
        alice.Send([.. Enumerable.Range(0, 100).SelectMany(n => new[] { $"/join #{n}", "/part" }), "/ping left"]);
        alice.ReadUntil(line => line == "* pong left");
        alice.Send("/join #kept", "/ping back");
        Assert.Contains(alice.ReadUntil(line => line == "* pong back"), line =>
            line.EndsWith($"<{alice.Nick}> worth keeping", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Room_that_fills_the_memory_leaves_its_share_to_a_new_one(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--history-mb", "1", "--flood", "off");
        using var scene = new Scene(server);
        var (alice, bob) = (scene.Line("alice"), scene.Line("bob"));
        for (var i = 0; i < 40; i++)
        {
            alice.Send([.. Enumerable.Repeat(new string('x', 3900), 10)]);
            alice.Sync();
            bob.Sync();
        }

        bob.Send("/join #new", "worth keeping");
        bob.Sync();
        alice.Send("/join #new", "/ping in");
        Assert.Contains(alice.ReadUntil(line => line == "* pong in"), line =>
            line.EndsWith($"<{bob.Nick}> worth keeping", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Client_that_comes_back_gets_exactly_what_it_missed(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        robot.Send("""{"type":"topic"}""");
        var state = robot.Expect($$"""{"type":"room","room":"{{scene.Room}}","topic":"","members":2,"seq":"...","epoch":"..."}""");
        var (epoch, last) = ((long)state["epoch"]!, (long)state["seq"]!);
        robot.Dispose();
        alice.ReadUntil(line => line.StartsWith($"* {robot.Nick} quit", StringComparison.Ordinal));
        for (var i = 0; i < 15; i++)
        {
            alice.Send("missed " + i.ToString(CultureInfo.InvariantCulture));
        }

        alice.Sync();
        var back = scene.Track(scene.Server.ConnectFrames());
        back.Send($$"""{"type":"resume","room":"{{scene.Room}}","epoch":{{epoch}},"after":{{last}},"nick":"{{robot.Nick}}","id":1}""");
        var frames = back.ReadUntil(frame => (string?)frame["type"] == "ok");
        var missed = frames.Single(frame => (string?)frame["type"] == "history");
        Assert.False((bool)missed["more"]!);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => last + 1 + i), missed["events"]!.AsArray().Select(past => (long)past!["seq"]!));
        Assert.Equal("missed 14", (string?)missed["events"]!.AsArray()[^1]!["text"]);
        Assert.Equal(last + 17,
            (long)frames.Single(frame => (string?)frame["type"] == "joined" && (string?)frame["room"] == scene.Room)["seq"]!);
        alice.ReadUntil(line => line == $"* {robot.Nick} joined {scene.Room}");

        // It came by way of the lobby, where others come and go.
        back.Send("""{"type":"part","room":"#lobby","id":2}""");
        back.ReadUntil(frame => (string?)frame["type"] == "ok");
        alice.Send("live");
        back.Expect($$"""{"type":"said","room":"{{scene.Room}}","seq":{{last + 18}},"time":"...","from":"{{alice.Nick}}","text":"live"}""");
    }

    [Fact]
    public void Limits_of_what_is_remembered_can_be_set()
    {
        using var server = ServerProcess.Start("--history", "5", "--replay", "1", "--flood", "off");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        alice.Send("1", "2", "3", "4", "5", "6", "/history 5");
        alice.Expect($"* ... <{alice.Nick}> 2", $"* ... <{alice.Nick}> 3", $"* ... <{alice.Nick}> 4", $"* ... <{alice.Nick}> 5",
            $"* ... <{alice.Nick}> 6");
        alice.Send("/history 6", "/history");
        alice.Expect("! 6 is too many: a room remembers at most 5 events", $"* ... <{alice.Nick}> 6");
    }
}
