using System.Globalization;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A peer whose machine is gone is noticed: TCP asks for a sign of life.</summary>
public sealed class KeepAliveTests(SharedServers servers)
{
    /// <summary>In <c>/proc/net/tcp</c>, the field "tr": the timer of a socket from which nothing is under way is that of keep-alive (proc(5)).</summary>
    private const string KeepAliveTimer = "02";

    [Theory]
    [EveryIo]
    public void Connection_at_rest_has_the_keep_alive_timer(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What timers a socket has is read from /proc.");
        using var client = servers.For(io).ConnectLines();
        client.Send("/ping me");
        client.ReadUntil(line => line == "* pong me");
        var port = int.Parse(client.LocalName.Split(':')[^1], CultureInfo.InvariantCulture);

        Guard.Until(() => TimerOf(port) == KeepAliveTimer, $"the server's socket to port {port} has timer {KeepAliveTimer}, not {TimerOf(port)}");
    }

    /// <summary>The timer of the socket whose peer has that port: the server's.</summary>
    private static string? TimerOf(int remotePort)
    {
        var ending = ":" + remotePort.ToString("X4", CultureInfo.InvariantCulture);
        var fields = File.ReadLines("/proc/net/tcp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return fields.FirstOrDefault(line => line[2].EndsWith(ending, StringComparison.Ordinal))?[5].Split(':')[0];
    }
}
