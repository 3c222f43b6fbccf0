using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>Looks whether a server is back where it was before anybody came.</summary>
internal static class IdleServer
{
    /// <summary>How many cases are played at a time.</summary>
    public const int Players = 4;

    /// <summary>Plays the cases, several at a time, and requires that as many sockets are open after them as before.</summary>
    public static void PlayTogether(IReadOnlyList<HostileCase> cases, ServerProcess server, PingTimes times)
    {
        // What the first clients bring with them, the runtime's own sockets and threads, is there before.
        Array.ForEach([.. cases.Take(Players)], hostile => HostileRun.Play(hostile, server, times));
        var sockets = Sockets(server);
        Together.Run([.. Enumerable.Range(0, Players).Select(player => (Action)(() => PlayShare(cases, player, server, times)))]);
        Assert.True(Sockets(server, atMost: sockets) <= sockets);
    }

    /// <summary>
    /// Waits until nobody is left but the one who asks and those who are known to stay, and until no more sockets are open than allowed;
    /// returns how many are. (Of the other descriptors the runtime opens some when code is first needed.)
    /// </summary>
    public static int Sockets(ServerProcess server, int atMost = int.MaxValue, int besides = 0)
    {
        using var asking = server.ConnectLines();
        var patience = new Patience();
        string stats;
        do
        {
            patience.Check("the hostile clients are gone");
            asking.Send("/stats");
            stats = asking.ReadUntil(line => line.StartsWith("* clients ", StringComparison.Ordinal))[^1];
        }
        while (!stats.StartsWith($"* clients {1 + besides},", StringComparison.Ordinal));

        int sockets;
        while ((sockets = OpenSockets(server)) > atMost)
        {
            patience.Check($"{sockets} sockets are open, {atMost} were before");
            asking.Sync();
        }

        return sockets;
    }

    /// <summary>
    /// Waits for a second in which the server uses less processor time than so many hundredths of it, and returns how many. The runtime may
    /// compile what was much used for a while after; a loop that spins never has such a second.
    /// </summary>
    public static long TicksOfAQuietSecond(ServerProcess server, int below)
    {
        var patience = new Patience();
        long ticks;
        while ((ticks = TicksOfASecond(server)) >= below)
        {
            patience.Check($"a quiet second; the last one took {ticks} ticks of processor time");
        }

        return ticks;
    }

    private static void PlayShare(IReadOnlyList<HostileCase> cases, int player, ServerProcess server, PingTimes times)
    {
        for (var i = player; i < cases.Count; i += Players)
        {
            HostileRun.Play(cases[i], server, times);
        }
    }

    // Until the second is over, the server has nothing to do.
    private static long TicksOfASecond(ServerProcess server)
    {
        var before = server.CpuTicks;
        server.LetASecondPass();
        return server.CpuTicks - before;
    }

    private static int OpenSockets(ServerProcess server) => Directory
        .EnumerateFiles($"/proc/{server.Id}/fd")
        .Count(descriptor => new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
