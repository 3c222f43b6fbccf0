using MuxChat.Core.Delivery;

namespace MuxChat.UnitTests.Core.Delivery;

public sealed class PeerAddressTests
{
    [Fact]
    public void Address_ofIPv6_countsItsFirst64Bits()
    {
        byte[] one = [0x20, 1, 0x0D, 0xB8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1];
        byte[] neighbour = [0x20, 1, 0x0D, 0xB8, 0, 1, 0, 2, 0xFF, 0, 0, 0, 0, 0, 0, 9];
        byte[] other = [0x20, 1, 0x0D, 0xB8, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1];
        Assert.Equal(PeerAddress.Of(one, isLoopback: false), PeerAddress.Of(neighbour, isLoopback: false));
        Assert.NotEqual(PeerAddress.Of(one, isLoopback: false), PeerAddress.Of(other, isLoopback: false));
        Assert.Equal((UInt128)0x2001_0DB8_0001_0002 << 64, PeerAddress.Of(one, isLoopback: false).Prefix);
    }

    [Fact]
    public void Address_ofIPv4_countsWhole()
    {
        byte[] one = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1];
        byte[] other = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 2];
        Assert.NotEqual(PeerAddress.Of(one, isLoopback: false), PeerAddress.Of(other, isLoopback: false));
        Assert.Equal((UInt128)0xFFFF_C000_0201, PeerAddress.Of(one, isLoopback: false).Prefix);
    }

    [Theory]
    [InlineData("00000000000000000000FFFFC0000207", false, "192.0.2.7")]
    [InlineData("00000000000000000000FFFFFFFFFFFF", false, "255.255.255.255")]
    [InlineData("20010DB800010002FFFF000000000009", false, "2001:db8:1:2")]
    [InlineData("20010DB8000000000000000000000001", false, "2001:db8:0:0")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", false, "ffff:ffff:ffff:ffff")]
    [InlineData("00000000000000000000FFFF7F000001", true, "localhost")]
    [InlineData("00000000000000000000000000000001", true, "localhost")]
    public void Address_asText_hasNoPort_andOfIPv6TheNetwork(string bytes, bool isLoopback, string text) =>
        Assert.Equal(text, PeerAddress.Of(Convert.FromHexString(bytes), isLoopback).Describe());

    [Fact]
    public void Address_ofTheWrongLength_isNoAddress() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerAddress.Of(new byte[4], isLoopback: false));
}
