using System.Net;
using System.Net.Sockets;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>Which addresses a listener takes: IPv6 alone, or IPv4 too.</summary>
public sealed class AddressTests
{
    public AddressTests() => Assert.SkipUnless(Machine.HasIPv6, "this machine has no IPv6");

    [Fact]
    public void Socket_for_all_ipv6_addresses_says_whether_it_takes_ipv4_and_does()
    {
        using var server = ServerProcess.Start("--log-level", "debug", "--datagram-rate", "1000000",
            "--listen", "line://[::]:0", "--listen", "line+tcp6://[::]:0?ipv4=on", "--listen", "echo+udp6://[::]:0?ipv4=on");
        Assert.NotNull(server.Errors.WaitFor(line => line.EndsWith(
            $"line://[::]:{server.EndPoint("line").Port} takes IPv6 only: for IPv4 add ?ipv4=on, or another --listen",
            StringComparison.Ordinal)));
        Assert.NotNull(server.Errors.WaitFor(line => line.EndsWith(
            $"line+tcp6://[::]:{server.EndPoint("line+tcp6").Port} takes IPv4 too", StringComparison.Ordinal)));
        using var onlySix = new LineClient(new IPEndPoint(IPAddress.IPv6Loopback, server.EndPoint("line").Port));
        onlySix.Expect("* Welcome to MuxChat! ...");
        var refused = Assert.Throws<SocketException>(
            () => new LineClient(new IPEndPoint(IPAddress.Loopback, server.EndPoint("line").Port)));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        foreach (var address in (IPAddress[])[IPAddress.IPv6Loopback, IPAddress.Loopback])
        {
            using var client = new LineClient(new IPEndPoint(address, server.EndPoint("line+tcp6").Port));
            client.Expect("* Welcome to MuxChat! ...");

            client.Sync();
            using var sender = new DatagramClient(new IPEndPoint(address, server.EndPoint("echo+udp6").Port));
            sender.Send("hello");
            Assert.Equal("hello", sender.ReceiveText());
        }
    }
}
