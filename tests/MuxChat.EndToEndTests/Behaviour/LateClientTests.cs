using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Clients whose first bytes come after the greeting for people, and IRC clients where lines are spoken: their secrets are not said.
/// </summary>
public sealed class LateClientTests(SharedServers servers)
{
    private const string NotSaid = "! this looks like an IRC client's line, but this connection speaks plain text: it was dropped";

    [Theory]
    [EveryIo]
    public void Irc_client_that_was_slow_to_begin_logs_in_and_nothing_of_it_is_said(string io)
    {
        using var scene = servers.Scene(io);
        var watcher = scene.Nobody();
        watcher.Sync();
        var (guest, late) = Greeted(scene.Server);
        var nick = Scene.NewNick("x");
        late.Send("PASS hunter2\r", $"NICK {nick}\r", "USER x 0 * :x\r", "OPER root hunter2\r", $"PRIVMSG {nick} :hunter2\r");
        late.ReadUntil(line => line.Contains($" 001 {nick} ", StringComparison.Ordinal));
        late.ReadUntil(line => line.Contains($" PRIVMSG {nick} :hunter2", StringComparison.Ordinal));
        var heard = watcher.Ping();
        Assert.Single(heard, line => line == $"* {guest} quit: switched to irc");
        Assert.DoesNotContain(heard, line => line.Contains("hunter2", StringComparison.Ordinal));
        late.Dispose();
    }

    [Theory]
    [EveryIo]
    public void Irc_client_that_was_slow_to_negotiate_loses_nothing_of_its_login(string io)
    {
        using var scene = servers.Scene(io);
        foreach (var first in (string[])["CAP LS 302", "cap ls 302", "cap req :server-time"])
        {
            var (guest, late) = Greeted(scene.Server);
            var nick = Scene.NewNick("x");
            late.Send(first + "\r", $"NICK {nick}\r", "USER x 0 * :x\r", "CAP END\r");
            var heard = late.ReadUntil(line => line.Contains($" 001 {nick} ", StringComparison.Ordinal));
            Assert.StartsWith(":muxchat.local CAP * ", heard.Find(line => line.StartsWith(':')), StringComparison.Ordinal);
            Assert.DoesNotContain(heard, line => line.Contains($"<{guest}>", StringComparison.Ordinal));
            late.Dispose();
        }
    }

    [Theory]
    [EveryIo]
    public void Program_on_frames_that_was_slow_to_begin_is_welcomed(string io)
    {
        // A server of its own: nothing else may come between the greeting and the first frame.
        using var server = ServerProcess.Start("--io", io);
        var (_, late) = Greeted(server);
        late.SendBytes(FrameClient.Frame("""{"type":"say","room":"#none",\n"text":"hunter2"}"""));
        Assert.Equal(["welcome", "joined", "room", "error"], Enumerable.Range(0, 4).Select(_ => (string?)late.TryReadFrame()!["type"]));
        late.Dispose();
    }

    [Theory]
    [EveryIo]
    public void Secret_of_an_irc_client_is_not_said_first_on_lines(string io)
    {
        using var scene = servers.Scene(io);
        foreach (var secret in (string[])["PASS hunter2", "OPER root hunter2", "AUTHENTICATE hunter2", "PRIVMSG alice :hunter2",
            "pass hunter2", "  PASS hunter2", "@a=b :x PRIVMSG alice :hunter2"])
        {
            foreach (var listener in (string[])["line", "auto"])
            {
                var watcher = scene.Nobody();
                watcher.Sync();
                using var lost = scene.Server.ConnectLines(listener);
                lost.ReadUntil(line => line.StartsWith("* you are in #lobby", StringComparison.Ordinal));
                var mark = Scene.NewNick("mark");
                if (listener == "auto" && secret.StartsWith("PASS", StringComparison.Ordinal))
                {
                    continue;
                }

                lost.Send(secret, mark);
                lost.ReadUntil(line => line == NotSaid);
                lost.Sync();
                var heard = watcher.Ping();
                Assert.Contains(heard, line => line.EndsWith("> " + mark, StringComparison.Ordinal));
                Assert.DoesNotContain(heard, line => line.Contains("hunter2", StringComparison.Ordinal));
            }
        }
    }

    private static (string Guest, LineClient Late) Greeted(ServerProcess server)
    {
        var late = server.ConnectLines("auto");
        var guest = late.ReadLine()["* Welcome to MuxChat! You are ".Length..].Split(',')[0];
        late.ReadUntil(line => line.StartsWith("* you are in #lobby", StringComparison.Ordinal));
        return (guest, late);
    }
}
