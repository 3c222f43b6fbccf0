using System.Net.Sockets;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Polling;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>From select to epoll and back again, while sockets are in every state there is.</summary>
public sealed class AutoPollerHandOverTests : IDisposable
{
    private const int EpollAbove = 12;
    private const int SelectBelow = 10;
    private const int Crossings = 100;

    private readonly Socket _listener = ConnectedPair.Listen();
    private readonly List<IDisposable> _open = [];

    // Idle and without interest, they bring the count over the one threshold or under the other.
    private readonly Stack<ConnectedPair> _fillers = new();

    public AutoPollerHandOverTests() => Assert.SkipUnless(Pollers.HasEpoll, "This system has no epoll.");

    public void Dispose()
    {
        _open.ForEach(one => one.Dispose());
        _listener.Dispose();
    }

    [Fact]
    public void Every_state_is_kept_through_a_hundred_crossings_and_no_byte_is_lost()
    {
        using var full = ConnectedPair.OpenUnix();
        using var poller = new AutoPoller(EpollAbove, SelectBelow);
        var probe = new PollerProbe(poller);
        var states = new EveryState(probe, OpenPair, full);
        var stream = OpenPair();
        var streamToken = probe.Add(stream.Watched, Interest.Read);
        var isOver = false;
        var sent = 0;
        var sender = Background.Start("numbered bytes are sent", () =>
        {
            var three = new byte[3];
            while (!Volatile.Read(ref isOver))
            {
                for (var i = 0; i < three.Length; i++)
                {
                    three[i] = (byte)sent++;
                }

                stream.Peer.Send(three);
            }

            stream.Peer.Shutdown(SocketShutdown.Send);
        });

        var received = 0;
        for (var crossing = 0; crossing < Crossings; crossing++)
        {
            Cross(poller, probe, toEpoll: crossing % 2 == 0);
            Assert.Equal(ReadinessFlags.Readable, probe.WaitFor(streamToken, ReadinessFlags.Readable));
            ReadNumbered(stream.Watched, ref received);
            states.Check();
        }

        Volatile.Write(ref isOver, true);
        while (!ReadNumbered(stream.Watched, ref received))
        {
            probe.WaitFor(streamToken, ReadinessFlags.Readable);
        }

        sender.Finish();
        Assert.Equal(sent, received);
        states.FreeTheFullOne();
    }

    [Fact]
    public void Name_changes_above_and_below_and_not_between()
    {
        using var poller = new AutoPoller(epollAbove: 8, selectBelow: 4);
        var probe = new PollerProbe(poller);
        var pairs = new Stack<ConnectedPair>();
        string NameWith(int count)
        {
            while (pairs.Count < count)
            {
                var pair = OpenPair();
                probe.Add(pair.Watched, Interest.Read);
                pairs.Push(pair);
            }

            while (pairs.Count > count)
            {
                Assert.True(poller.Remove(pairs.Pop().Watched));
            }

            Assert.Equal(0, probe.Wait(0).Length);
            Assert.Equal(count, poller.Count);
            return poller.Name;
        }

        int[] counts = [0, 8, 9, 8, 9, 8, 5, 4, 5, 4, 3, 4, 8, 7, 8, 9, 0];
        string[] expected =
        [
            "select", "select", "epoll", "epoll", "epoll", "epoll", "epoll", "epoll", "epoll", "epoll",
            "select", "select", "select", "select", "select", "epoll", "select",
        ];

        Assert.Equal(expected, counts.Select(NameWith));
    }

    [Fact]
    public void Thresholds_at_their_default_are_those_that_are_told()
    {
        using var poller = new AutoPoller();
        var probe = new PollerProbe(poller);
        for (var i = 0; i < Pollers.EpollAbove; i++)
        {
            probe.Add(OpenPair().Watched, Interest.Read);
        }

        probe.Wait(0);
        Assert.Equal("select", poller.Name);
        probe.Add(OpenPair().Watched, Interest.Read);
        probe.Wait(0);
        Assert.Equal("epoll", poller.Name);
    }

    [Fact]
    public void Thresholds_the_wrong_way_round_throw() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoPoller(epollAbove: 4, selectBelow: 5));

    [Fact]
    public void Wake_before_a_crossing_is_kept()
    {
        using var poller = new AutoPoller(EpollAbove, SelectBelow);
        var probe = new PollerProbe(poller);
        for (var crossing = 0; crossing < Crossings; crossing++)
        {
            Bring(poller, probe, crossing % 2 == 0 ? EpollAbove + 1 : SelectBelow - 1);
            poller.Wake();
            Background.Start("the wait is woken across the hand-over", () => Assert.Equal(0, probe.Wait(-1).Length)).Finish();
            Assert.Equal(crossing % 2 == 0 ? "epoll" : "select", poller.Name);
        }
    }

    [Fact]
    public void Wakes_before_during_and_after_crossings_are_all_heard()
    {
        using var poller = new AutoPoller(EpollAbove, SelectBelow);
        var probe = new PollerProbe(poller);
        var woken = new Signals();
        var loop = Background.Start("a wait after each crossing", () =>
        {
            for (var crossing = 0; crossing < Crossings; crossing++)
            {
                Bring(poller, probe, crossing % 2 == 0 ? EpollAbove + 1 : SelectBelow - 1);
                Assert.Equal(0, probe.Wait(-1).Length);
                woken.Add();
            }
        });

        for (var crossing = 0; crossing < Crossings; crossing++)
        {
            poller.Wake();
            woken.Take("the wait is woken");
        }

        loop.Finish();
    }

    [Fact]
    public void Closed_after_the_crossing_it_leaves_no_registration_behind()
    {
        using var poller = new AutoPoller(EpollAbove, SelectBelow);
        var probe = new PollerProbe(poller);
        var pair = OpenPair();
        var token = probe.Add(pair.Watched, Interest.Read);
        pair.PeerSends();
        probe.WaitFor(token, ReadinessFlags.Readable);
        Cross(poller, probe, toEpoll: true);
        Assert.Equal(ReadinessFlags.Readable, probe.WaitFor(token, ReadinessFlags.Readable));

        Assert.True(poller.Remove(pair.Watched));

        Assert.Equal(ReadinessFlags.None, probe.Now(token));
        Cross(poller, probe, toEpoll: false);
        Assert.Equal(ReadinessFlags.None, probe.Now(token));
    }

    private ConnectedPair OpenPair()
    {
        var pair = ConnectedPair.OpenTcp(_listener);
        _open.Add(pair);
        return pair;
    }

    private void Cross(AutoPoller poller, PollerProbe probe, bool toEpoll)
    {
        Bring(poller, probe, toEpoll ? EpollAbove + 1 : SelectBelow - 1);
        probe.Wait(0);
        Assert.Equal(toEpoll ? "epoll" : "select", poller.Name);
    }

    private void Bring(AutoPoller poller, PollerProbe probe, int count)
    {
        while (poller.Count < count)
        {
            var filler = OpenPair();
            probe.Add(filler.Watched, Interest.None);
            _fillers.Push(filler);
        }

        while (poller.Count > count)
        {
            var filler = _fillers.Pop();
            Assert.True(poller.Remove(filler.Watched));
            filler.Dispose();
        }
    }

    // Returns whether the end was reached.
    private static bool ReadNumbered(Socket socket, ref int received)
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (true)
        {
            var count = socket.Receive(buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return false;
            }

            Assert.Equal(SocketError.Success, error);
            foreach (var one in buffer[..count])
            {
                if (one != (byte)received++)
                {
                    Assert.Fail($"Byte {received - 1} of the stream is {one}.");
                }
            }

            if (count == 0)
            {
                return true;
            }
        }
    }
}
