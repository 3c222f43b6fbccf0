using System.Net.Sockets;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

[assembly: AssemblyFixture(typeof(OpenDescriptors))]

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>Looks, when all tests are over, whether one of them has left a socket or an epoll open. Linux only.</summary>
public sealed class OpenDescriptors : IDisposable
{
    private readonly int _before;

    public OpenDescriptors()
    {
        // A receive with a time limit, such as the tests' clients make, opens the runtime's own epoll, which stays.
        using var listener = ConnectedPair.Listen();
        using var pair = ConnectedPair.OpenTcp(listener);
        pair.Peer.ReceiveTimeout = 1;
        Assert.Throws<SocketException>(() => pair.Peer.Receive(new byte[1]));
        listener.Dispose();
        pair.Dispose();
        _before = Count();
    }

    public void Dispose() =>
        Guard.Until(() => Count() <= _before, $"no more sockets and epolls are open than the {_before} of the beginning");

    private static int Count()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var count = 0;
        foreach (var descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            try
            {
                var target = File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name ?? "";
                count += target.StartsWith("socket:", StringComparison.Ordinal) || target.Contains("eventpoll", StringComparison.Ordinal)
                    ? 1 : 0;
            }
            catch (IOException)
            {
                // It was closed in between, and counts no more.
                continue;
            }
        }

        return count;
    }
}
