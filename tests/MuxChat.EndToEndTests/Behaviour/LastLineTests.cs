using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A last line without an end: a text is said if its client ends in order, and a command is never carried out.</summary>
public sealed class LastLineTests(SharedServers servers)
{
    private const string NotCarriedOut = "! the line has no end, so it may be half a command: it was not carried out";

    [Theory]
    [EveryIo]
    public void Text_without_an_end_is_said(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        foreach (var last in (string[])["half", "half\r", "//half"])
        {
            using var alice = scene.Enter(scene.Nobody(), "alice");
            bob.Sync();
            alice.SendBytes(Encoding.ASCII.GetBytes("whole\n" + last));
            alice.ShutdownSend();
            alice.ExpectEnd();
            bob.Expect($"<{alice.Nick}> whole", $"<{alice.Nick}> {last.Trim('\r')[(last.Length > 5 ? 1 : 0)..]}",
                $"* {alice.Nick} quit: connection closed");
            scene.Forget(alice);
        }

        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Command_without_an_end_is_not_carried_out(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        alice.SendBytes(Encoding.ASCII.GetBytes("/topic hal"));
        alice.ShutdownSend();
        alice.Expect(NotCarriedOut);
        alice.ExpectEnd();
        bob.Expect($"* {alice.Nick} quit: connection closed");
        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Half_a_character_or_half_a_telnet_command_is_no_text(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        foreach (var half in (byte[][])[[0xF0, 0x9F], [0xFF, 0xFB]])
        {
            var alice = scene.Line("alice");
            alice.SendBytes([(byte)'a', .. half]);
            alice.ShutdownSend();
            alice.Expect("! the line is not UTF-8: it was dropped");
            alice.ExpectEnd();
            bob.Expect($"* {alice.Nick} quit: connection closed");
            scene.Forget(alice);
        }

        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Text_without_an_end_is_not_said_after_a_reset(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        alice.SendBytes(Encoding.ASCII.GetBytes("half"));
        alice.Reset();
        bob.Expect($"* {alice.Nick} quit: connection reset");
        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void First_words_without_an_end_are_said_on_auto_unless_they_are_of_another_protocol(string io)
    {
        var server = servers.For(io);
        using var watcher = server.ConnectLines();
        watcher.Sync();
        var word = Scene.NewNick("half");
        Leaves(word);
        watcher.ReadUntil(line => line.EndsWith($"> {word}", StringComparison.Ordinal));
        Leaves($"GET /{word} HTTP/1.1");
        Leaves($"PRIVMSG #lobby :{word}");
        Leaves($"NICK {word}");
        Leaves("PASS");
        Assert.DoesNotContain(watcher.Ping(), line => line.Contains(word, StringComparison.Ordinal)
            || line.EndsWith("> PASS", StringComparison.Ordinal));

        void Leaves(string last)
        {
            using var client = server.ConnectLines("auto");
            client.SendBytes(Encoding.ASCII.GetBytes(last));
            client.ShutdownSend();
            client.ReadToEnd();
        }
    }
}
