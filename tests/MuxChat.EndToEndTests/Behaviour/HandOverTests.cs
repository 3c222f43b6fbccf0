using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>The hand-over between select and epoll under --io auto, seen from outside: no line is lost while clients come and go.</summary>
public sealed class HandOverTests
{
    private const int Many = 200;
    private const int Few = 5;

    private readonly List<string> _seen = [];

    [Fact]
    public void Chat_goes_on_while_sockets_are_handed_to_epoll_and_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this system has no epoll");
        using var server = ServerProcess.Start("--io", "auto", "--flood", "off");
        using var scene = new Scene(server);
        var watcher = scene.Line("watcher");
        Assert.Equal("select", Io(watcher));
        var clients = new List<LineClient>();
        for (var i = 0; i < Many; i++)
        {
            // Someone speaks between any two arrivals, so that there is something to lose at the moment of the hand-over.
            var speaker = i == 0 ? watcher : clients[^1];
            speaker.Send($"before {i}");
            var client = scene.Nobody();
            client.Nick = Scene.NewNick("c");
            client.Send("/nick " + client.Nick, "/join " + scene.Room, "/part #lobby");
            client.Ping();
            clients.Add(client);
        }

        Assert.Equal("epoll", Io(watcher));
        var heard = watcher.Ping().Concat(_seen).ToList();
        Assert.Equal(Many - 1, heard.Count(line => line.Contains("> before ", StringComparison.Ordinal)));
        clients.ForEach(client => client.Ping());
        SpeakAndListen(clients);
        clients.Skip(Few).ToList().ForEach(client => client.Dispose());
        string io;
        var patience = new Patience();
        do
        {
            patience.Check("back to select");
            io = Io(watcher);
            SpeakAndListen(clients.Take(Few).ToList());
        }
        while (io != "select");
        SpeakAndListen(clients.Take(Few).ToList());
    }

    private static void SpeakAndListen(List<LineClient> clients)
    {
        clients.ForEach(client => client.Send("hello from " + client.Nick));
        foreach (var client in clients)
        {
            var expected = clients.Where(other => other != client).Select(other => $"<{other.Nick}> hello from {other.Nick}").ToHashSet();
            while (expected.Count > 0)
            {
                var line = client.ReadLine();
                Assert.True(expected.Remove(line) || line.StartsWith("* ", StringComparison.Ordinal), line);
            }
        }
    }

    private string Io(LineClient client)
    {
        client.Send("/stats");
        var lines = client.ReadUntil(line => line.StartsWith("* uptime ", StringComparison.Ordinal));
        _seen.AddRange(lines);
        return lines[^1].Split(", io ")[1];
    }
}
