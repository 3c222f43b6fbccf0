using System.Globalization;
using System.Net;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Support;

/// <summary>Reads which timer the kernel runs for a server's socket: Linux, <c>/proc/net/tcp</c>, see proc(5).</summary>
internal static class KernelTimers
{
    /// <summary>The field "tr" of a socket at rest that has keep-alive.</summary>
    private const string KeepAlive = "02";

    /// <summary>Waits until the server's socket of a client is at rest, and has the timer of keep-alive.</summary>
    public static void ExpectKeepAlive(IPEndPoint server, WireClient client)
    {
        var own = Ending(server.Port);
        var peer = Ending(IPEndPoint.Parse(client.LocalName).Port);
        Guard.Until(() => TimerOf(own, peer) == KeepAlive, $"the server's socket to {client.LocalName} has the timer {KeepAlive}");
    }

    // As the file writes a port, after an address.
    private static string Ending(int port) => ":" + port.ToString("X4", CultureInfo.InvariantCulture);

    private static string? TimerOf(string own, string peer) => File.ReadLines("/proc/net/tcp")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(fields => fields[1].EndsWith(own, StringComparison.Ordinal) && fields[2].EndsWith(peer, StringComparison.Ordinal))
        ?[5].Split(':')[0];
}
