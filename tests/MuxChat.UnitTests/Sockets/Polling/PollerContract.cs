using System.Net.Sockets;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>
/// What <see cref="IPoller"/> promises, over real sockets. Every backend has a class of its own that runs all of it; this
/// part holds what the tests share.
/// </summary>
public abstract partial class PollerContract : IDisposable
{
    private readonly Socket _listener = ConnectedPair.Listen();
    private readonly List<IDisposable> _open = [];
    private IPoller? _poller;
    private PollerProbe? _probe;

    private IPoller Poller => _poller ??= Create();

    private PollerProbe Probe => _probe ??= new PollerProbe(Poller);

    public void Dispose()
    {
        _poller?.Dispose();
        _open.ForEach(one => one.Dispose());
        _listener.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the poller that is tested.</summary>
    protected abstract IPoller Create();

    private ConnectedPair OpenPair()
    {
        var pair = ConnectedPair.OpenTcp(_listener);
        _open.Add(pair);
        return pair;
    }

    private Socket OpenUdp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _open.Add(socket);
        return socket;
    }

    private static void SkipWithoutDescriptors(int needed) =>
        Assert.SkipUnless(Descriptors.Limit() >= needed,
        $"It takes {needed} descriptors, and this process may have {Descriptors.Limit()}.");

    private static void TakeOut(IPoller poller, Socket socket)
    {
        Assert.True(poller.Remove(socket));
        socket.Dispose();
    }

    /// <summary>
    /// Opens pairs until the watched socket has the descriptor that was just closed. Another test may have taken it in between: then
    /// null, and the caller begins anew.
    /// </summary>
    private ConnectedPair? OpenPairOn(nint descriptor)
    {
        var pair = OpenPair();
        return pair.Watched.Handle == descriptor ? pair : null;
    }

    private static void Repeat(int max, string what, Func<bool> attempt)
    {
        for (var i = 0; i < max; i++)
        {
            if (attempt())
            {
                return;
            }
        }

        Assert.Fail($"In {max} attempts there was none with {what}.");
    }
}
