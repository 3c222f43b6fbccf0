using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>What a newcomer is told, and how lines and frames are told apart.</summary>
public sealed class GreetingTests(SharedServers servers)
{
    private const string Welcome =
        "* Welcome to MuxChat! You are guest-..., in #lobby. Type to talk in the room; /help lists the commands.";
    private const string InLobby = "* you are in #lobby (... here), no topic";

    [Theory]
    [EveryIo]
    public void Client_that_stays_silent_on_auto_is_greeted_as_a_person(string io)
    {
        using var client = servers.For(io).ConnectLines("auto");
        client.Expect(Welcome, InLobby);
        client.Send("/part #lobby", "/ping me");
        Assert.Equal("* pong me", client.ReadUntil(line => line.StartsWith("* pong", StringComparison.Ordinal))[^1]);
    }

    [Theory]
    [EveryIo]
    public void Client_that_speaks_first_on_auto_is_greeted_and_then_answered(string io)
    {
        using var client = servers.For(io).ConnectLines("auto");
        client.Send("/ping me");
        client.Expect(Welcome, InLobby);
        Assert.Equal("* pong me", client.ReadUntil(line => line.StartsWith("* pong", StringComparison.Ordinal))[^1]);
    }

    [Theory]
    [EveryIo]
    public void Client_of_a_line_listener_is_greeted_without_saying_anything(string io)
    {
        using var client = servers.For(io).ConnectLines();
        client.Expect(Welcome, InLobby);
    }

    [Theory]
    [EveryIo]
    public void Client_of_a_line_listener_that_begins_with_a_zero_byte_is_a_line_client(string io)
    {
        using var client = servers.For(io).ConnectLines();
        client.Expect(Welcome, InLobby);
        client.SendBytes("\0\0\0\u0010\n"u8);
        var lines = client.ReadUntil(line => line.StartsWith('!'));
        Assert.Equal("! the text contains a control character: only tab is allowed", lines[^1]);
    }

    [Theory]
    [EveryIo]
    public void Client_of_a_frame_listener_is_greeted_without_saying_anything(string io)
    {
        using var client = servers.For(io).ConnectFrames();
        ExpectFrameGreeting(client);
    }

    [Theory]
    [EveryIo]
    public void First_byte_zero_on_auto_is_enough_for_frames(string io)
    {
        using var client = servers.For(io).ConnectFrames("auto");
        client.SendBytes([0]);
        ExpectFrameGreeting(client);
        var rest = FrameClient.Frame("""{"type":"ping","token":"rest"}""");
        client.SendBytes(rest.AsSpan(1));
        var frames = client.ReadUntil(frame => (string?)frame["type"] == "pong");
        Assert.Equal("rest", (string?)frames[^1]["token"]);
    }

    [Theory]
    [EveryIo]
    public void Newcomer_is_announced_to_the_room_it_enters(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        var bob = scene.Nobody();
        bob.Nick = Scene.NewNick("bob");
        bob.Send("/nick " + bob.Nick, "/join " + scene.Room);
        alice.Expect($"* {bob.Nick} joined {scene.Room}");
        robot.Expect($$"""{"type":"joined","room":"{{scene.Room}}","seq":3,"time":"...","nick":"{{bob.Nick}}"}""");
        alice.ExpectNothing();
    }

    private static void ExpectFrameGreeting(FrameClient client)
    {
        var welcome = client.Expect("""{"type":"welcome","nick":"...","room":"#lobby","server":"MuxChat","text_bytes":4096}""");
        var nick = (string?)welcome["nick"];
        Assert.StartsWith("guest-", nick, StringComparison.Ordinal);
        var joined = client.Expect($$"""{"type":"joined","room":"#lobby","seq":"...","time":"...","nick":"{{nick}}"}""");
        client.Expect($$"""{"type":"room","room":"#lobby","topic":"","members":"...","seq":{{(long?)joined["seq"]}},"epoch":"..."}""");
    }
}
