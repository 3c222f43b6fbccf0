using System.Globalization;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Support;

/// <summary>What the kernel tells of its sockets (Linux: <c>/proc/net/tcp</c>, proc(5)).</summary>
internal static class KernelTimers
{
    /// <summary>In the field "tr": nothing is under way, and TCP will ask for a sign of life.</summary>
    private const string KeepAlive = "02";

    /// <summary>Waits until the server's socket of a client is at rest, and has the timer of keep-alive.</summary>
    public static void ExpectKeepAlive(WireClient client)
    {
        var port = int.Parse(client.LocalName.Split(':')[^1], CultureInfo.InvariantCulture);
        Guard.Until(() => TimerOf(port) == KeepAlive, $"the server's socket to port {port} has the timer {KeepAlive}");
    }

    /// <summary>The timer of the socket whose peer has that port: the server's.</summary>
    private static string? TimerOf(int remotePort)
    {
        var ending = ":" + remotePort.ToString("X4", CultureInfo.InvariantCulture);
        var fields = File.ReadLines("/proc/net/tcp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return fields.FirstOrDefault(line => line[2].EndsWith(ending, StringComparison.Ordinal))?[5].Split(':')[0];
    }
}
