using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>What is reported, and when.</summary>
public abstract partial class PollerContract
{
    [Fact]
    public void Socket_with_bytes_to_read_is_readable()
    {
        var pair = OpenPair();
        var quiet = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);
        var quietToken = Probe.Add(quiet.Watched, Interest.Read);
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));

        pair.PeerSends();

        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(token, ReadinessFlags.Readable));
        Assert.Equal(ReadinessFlags.None, Probe.Now(quietToken));
    }

    [Fact]
    public void Listener_with_a_client_waiting_is_readable()
    {
        var token = new Token(-1, 0);
        Poller.Add(_listener, token, Interest.Read);
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));

        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(_listener.LocalEndPoint!);

        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(token, ReadinessFlags.Readable));
        _listener.Accept().Dispose();
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));
    }

    [Fact]
    public void Socket_with_room_to_write_is_writable()
    {
        var token = Probe.Add(OpenPair().Watched, Interest.Write);

        Assert.Equal(ReadinessFlags.Writable, Probe.WaitFor(token, ReadinessFlags.Writable));
    }

    [Fact]
    public void Socket_both_readable_and_writable_is_reported_once_with_both()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read | Interest.Write);
        pair.PeerSends();
        Probe.WaitFor(token, ReadinessFlags.Readable);

        var ready = Probe.Wait(0).ToArray();

        Assert.Equal([new Readiness(token, ReadinessFlags.Readable | ReadinessFlags.Writable)], ready);
    }

    [Fact]
    public void Full_send_buffer_is_not_writable_until_the_peer_reads()
    {
        var pair = ConnectedPair.OpenUnix();
        _open.Add(pair);
        var token = Probe.Add(pair.Watched, Interest.Write);
        var filled = pair.Fill();
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));

        pair.PeerReads(filled);

        Assert.Equal(ReadinessFlags.Writable, Probe.WaitFor(token, ReadinessFlags.Writable));
    }

    [Fact]
    public void Closed_peer_makes_it_readable_until_removed()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);

        pair.Peer.Dispose();

        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(token, ReadinessFlags.Readable));
        Assert.Equal(0, pair.Watched.Receive(new byte[1], SocketFlags.None, out var error));
        Assert.Equal(SocketError.Success, error);
        Assert.Equal(ReadinessFlags.Readable, Probe.Now(token));
    }

    [Fact]
    public void Closed_peer_is_no_error_to_who_does_not_read()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);
        pair.Peer.Shutdown(SocketShutdown.Send);
        Probe.WaitFor(token, ReadinessFlags.Readable);

        Poller.SetInterest(pair.Watched, token, Interest.None);

        Assert.Equal(ReadinessFlags.None, Probe.Now(token));
    }

    [Fact]
    public void Readiness_is_reported_again_until_it_is_used_up()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);
        pair.Peer.Send(new byte[10]);
        Guard.Until(() => pair.Watched.Available == 10, "ten bytes have arrived");
        Probe.WaitFor(token, ReadinessFlags.Readable);
        Probe.WaitFor(token, ReadinessFlags.Readable);

        Assert.Equal(4, pair.Watched.Receive(new byte[4]));
        Probe.WaitFor(token, ReadinessFlags.Readable);

        Assert.Equal(6, pair.Watched.Receive(new byte[6]));
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));
    }

    [Theory]
    [InlineData(Interest.None)]
    [InlineData(Interest.Read)]
    [InlineData(Interest.Write)]
    [InlineData(Interest.Read | Interest.Write)]
    public void Reset_by_the_peer_is_told_whatever_the_interest_and_the_next_call_finds_it(Interest interest)
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, interest);

        pair.PeerResets();

        AssertErrorWithoutSpinning(token, interest);
        _ = interest == Interest.Write
            ? pair.Watched.Send(new byte[1], SocketFlags.None, out var error)
            : pair.Watched.Receive(new byte[1], SocketFlags.None, out error);
        Assert.Equal(SocketError.ConnectionReset, error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hang_up_of_both_sides_is_an_error_without_any_interest(bool isSomethingUnread)
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.None);
        if (isSomethingUnread)
        {
            pair.PeerSends();
        }

        pair.Watched.Shutdown(SocketShutdown.Send);
        pair.Peer.Shutdown(SocketShutdown.Send);

        AssertErrorWithoutSpinning(token);
    }

    [Fact]
    public void Hang_up_beside_others_that_are_idle_names_only_the_one()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.None);
        for (var i = 0; i < 10; i++)
        {
            var other = OpenPair();
            other.PeerSends();
            Probe.Add(other.Watched, Interest.None);
        }

        pair.Watched.Shutdown(SocketShutdown.Send);
        pair.Peer.Shutdown(SocketShutdown.Send);

        AssertErrorWithoutSpinning(token);
    }

    [Theory]
    [InlineData(Interest.None)]
    [InlineData(Interest.Read)]
    [InlineData(Interest.Write)]
    public void Socket_with_only_an_error_pending_is_named(Interest interest)
    {
        var nobody = OpenUdp();
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var udp = OpenUdp();
        udp.Connect(nobody.LocalEndPoint!);
        nobody.Dispose();
        var token = Probe.Add(udp, interest);

        // Nobody is there any more: an ICMP message comes back (RFC 1122, 4.1.3.3).
        udp.Send(new byte[1]);

        AssertErrorWithoutSpinning(token);
    }

    [Fact]
    public void Error_of_a_datagram_that_was_read_is_not_reported_again()
    {
        var nobody = OpenUdp();
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var udp = OpenUdp();
        udp.Connect(nobody.LocalEndPoint!);
        nobody.Dispose();
        var token = Probe.Add(udp, Interest.Read);
        udp.Send(new byte[1]);
        AssertErrorWithoutSpinning(token, Interest.Read);

        var channel = new DatagramSocket(udp);
        Assert.Equal(DatagramStatus.Failed, channel.Receive(new byte[1], out _));
        Assert.Equal(DatagramStatus.WouldBlock, channel.Receive(new byte[1], out _));
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));
    }

    [Theory]
    [InlineData(Interest.None)]
    [InlineData(Interest.Read)]
    public void Urgent_byte_is_no_error(Interest interest)
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);
        pair.PeerSends();
        pair.Peer.Send([2], SocketFlags.OutOfBand);
        pair.PeerSends(3);
        Guard.Until(() => pair.Watched.Poll(0, SelectMode.SelectError), "the urgent byte has arrived");
        Poller.SetInterest(pair.Watched, token, interest);

        var seen = Probe.Now(token);

        Assert.Equal(interest == Interest.Read ? ReadinessFlags.Readable : ReadinessFlags.None, seen);
    }

    // A broken connection may also be told as what it is watched for.
    private void AssertErrorWithoutSpinning(Token token, Interest interest = Interest.None)
    {
        var enough = ReadinessFlags.Error;
        enough |= (interest & Interest.Read) != 0 ? ReadinessFlags.Readable : ReadinessFlags.None;
        enough |= interest == Interest.Write ? ReadinessFlags.Writable : ReadinessFlags.None;
        const int mostEmpty = 5;
        var empty = 0;
        var patience = new Patience();
        while (true)
        {
            patience.Check($"{Poller.Name} reports the error");
            var ready = Probe.Wait(Guard.Ms);
            foreach (var one in ready)
            {
                Assert.Equal(token, one.Token);
                if ((one.Flags & enough) != 0)
                {
                    return;
                }
            }

            empty += ready.Length == 0 ? 1 : 0;
            Assert.True(empty < mostEmpty, "The wait ends again and again, and nothing is named.");
        }
    }
}
