using System.Net;
using MuxChat.Sockets.Listening;

namespace MuxChat.UnitTests.Sockets;

public sealed class PeerAddressesTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "::192.0.2.1", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("fe80::1%1", "fe80::2%2", true)]
    public void Addresses_count_as_one_by_the_64_bits_of_IPv6_or_the_whole_of_IPv4(string one, string other, bool areOne) =>
        Assert.Equal(areOne, PeerAddresses.Of(IPAddress.Parse(one)) == PeerAddresses.Of(IPAddress.Parse(other)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::2", false)]
    [InlineData("::", false)]
    [InlineData("0.0.0.0", false)]
    public void Address_of_this_machine_is_loopback(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, PeerAddresses.Of(IPAddress.Parse(address)).IsLoopback);
}
