using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>What was said can be paged by time, also what was said at once.</summary>
public sealed class IrcTimeTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Five_lines_of_one_moment_are_paged_by_time_without_losing_one(string io)
    {
        using var scene = servers.Scene(io);
        var room = Scene.NewRoom();
        var ada = scene.Track(new IrcClient(scene.Server.EndPoint("auto")))
            .LogIn(Scene.NewNick("ada"), "batch draft/chathistory server-time");
        var bob = scene.Track(new IrcClient(scene.Server.EndPoint("auto"))).LogIn(Scene.NewNick("bob"), "server-time");
        ada.Send($"JOIN {room}");
        ada.Sync();
        bob.Send($"JOIN {room}");
        bob.Sync();
        ada.Sync();
        bob.Send(string.Join("\r\n", Enumerable.Range(1, 5).Select(i => $"PRIVMSG {room} :line {i}")));
        bob.Sync();
        var live = ada.Ping().Where(line => line.Contains(" PRIVMSG ", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, live.Count);
        Assert.Equal(live.Select(TimeOf).Order(StringComparer.Ordinal).Distinct(), live.Select(TimeOf));

        Assert.Equal(live.Select(Short), Paged(ada, room, "AFTER", TimeOf(live[0]), count: 4).Prepend(Short(live[0])));
        Assert.Equal(live.Select(Short), Paged(ada, room, "BEFORE", TimeOf(live[4]), count: 4).Prepend(Short(live[4])).Reverse());
    }

    // One line a page, each asked for by the time of the one before.
    private static List<string> Paged(IrcClient client, string room, string direction, string time, int count)
    {
        var shown = new List<string>();
        for (var i = 0; i < count; i++)
        {
            client.Send($"CHATHISTORY {direction} {room} timestamp={time} 1");
            var line = Assert.Single(client.Ping(), line => line.Contains(" PRIVMSG ", StringComparison.Ordinal));
            time = TimeOf(line);
            shown.Add(Short(line));
        }

        return shown;
    }

    private static string Short(string line) => $"{TimeOf(line)} {line[(line.LastIndexOf(':') + 1)..]}";

    private static string TimeOf(string line)
    {
        var at = line.IndexOf("time=", StringComparison.Ordinal) + "time=".Length;
        return line[at..(at + "2026-11-21T10:00:00.000Z".Length)];
    }
}
