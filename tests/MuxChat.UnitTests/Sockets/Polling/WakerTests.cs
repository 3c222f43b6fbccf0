using System.Net;
using System.Net.Sockets;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class WakerTests
{
    [Fact]
    public void Wake_makes_it_readable_and_drain_takes_that_back()
    {
        using var waker = new Waker();
        Assert.False(IsReadable(waker));

        waker.Wake();
        Guard.Until(() => IsReadable(waker), "the waker is readable");

        waker.Clear();
        Assert.False(IsReadable(waker));
    }

    [Fact]
    public void Many_wakes_are_one_datagram()
    {
        using var waker = new Waker();
        for (var i = 0; i < 1000; i++)
        {
            waker.Wake();
        }

        Guard.Until(() => IsReadable(waker), "the waker is readable");
        waker.Clear();

        Assert.False(IsReadable(waker));
    }

    [Fact]
    public void Wake_after_drain_is_heard_again()
    {
        using var waker = new Waker();
        for (var i = 0; i < 100; i++)
        {
            waker.Wake();
            Guard.Until(() => IsReadable(waker), "the waker is readable");
            waker.Clear();
        }
    }

    [Fact]
    public void Drain_without_a_wake_does_not_wait()
    {
        using var waker = new Waker();

        Background.Start("nothing is drained", waker.Clear).Finish();

        waker.Wake();
        Guard.Until(() => IsReadable(waker), "the waker is readable");
    }

    [Fact]
    public void Datagram_of_a_stranger_does_not_wake()
    {
        using var waker = new Waker();
        using var foreign = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var witness = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Guard.Ms };
        witness.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        foreign.SendTo([1], waker.Socket.LocalEndPoint!);
        foreign.SendTo([2], witness.LocalEndPoint!);

        Assert.Equal(1, witness.Receive(new byte[1]));
        Assert.False(IsReadable(waker));
    }

    [Fact]
    public void Wake_after_disposal_does_nothing()
    {
        var waker = new Waker();
        waker.Dispose();
        waker.Wake();
        waker.Dispose();
    }

    private static bool IsReadable(Waker waker) => waker.Socket.Poll(0, SelectMode.SelectRead);
}
