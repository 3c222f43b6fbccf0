using System.Net.Sockets;
using MuxChat.Core.Loop;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>A registered socket in each state that a poller tells apart, and what is to be reported of it.</summary>
internal sealed class EveryState
{
    private readonly PollerProbe _probe;
    private readonly Dictionary<Token, ReadinessFlags> _expected = [];
    private readonly ConnectedPair _full;
    private readonly Token _fullToken;
    private readonly int _filledBytes;

    /// <param name="full">Whose send buffer is to be full: see <see cref="ConnectedPair.Fill"/>.</param>
    public EveryState(PollerProbe probe, Func<ConnectedPair> open, ConnectedPair full)
    {
        _probe = probe;
        _full = full;
        _fullToken = probe.Add(_full.Watched, Interest.Write);
        _filledBytes = _full.Fill();
        _expected[_fullToken] = ReadinessFlags.None;

        Add(open(), Interest.Read, ReadinessFlags.Readable, pair => pair.PeerSends());
        Add(open(), Interest.Read | Interest.Write, ReadinessFlags.Writable, _ => { });
        Add(open(), Interest.Read, ReadinessFlags.None, _ => { });
        Add(open(), Interest.None, ReadinessFlags.None, pair =>
        {
            pair.PeerSends();
            Guard.Until(() => pair.Watched.Available == 1, "the byte has arrived");
        });
        Add(open(), Interest.Read, ReadinessFlags.Readable, pair => pair.Peer.Shutdown(SocketShutdown.Send));
        Add(open(), Interest.None, ReadinessFlags.Error, pair => pair.PeerResets());
    }

    /// <summary>All that is ready is reported as it should be, and nothing else.</summary>
    public void Check()
    {
        foreach (var (token, flags) in _expected)
        {
            if (flags != ReadinessFlags.None)
            {
                Assert.Equal(flags, _probe.WaitFor(token, flags));
            }

            Assert.Equal(flags, _probe.Now(token));
        }
    }

    /// <summary>The peer of the full one reads at last: its interest in writing must have come through all the while.</summary>
    public void FreeTheFullOne()
    {
        _full.PeerReads(_filledBytes);
        Assert.Equal(ReadinessFlags.Writable, _probe.WaitFor(_fullToken, ReadinessFlags.Writable));
    }

    private void Add(ConnectedPair pair, Interest interest, ReadinessFlags expected, Action<ConnectedPair> prepare)
    {
        _expected[_probe.Add(pair.Watched, interest)] = expected;
        prepare(pair);
    }
}
