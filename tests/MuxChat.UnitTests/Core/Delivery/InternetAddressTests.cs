using System.Net;
using CsCheck;
using MuxChat.Core.Delivery;

namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>Addresses as text, and blocks of them. .NET's own reader, which takes more, is the judge of what is said.</summary>
public sealed class InternetAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.1", "0.0.0.1")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::1", "::1")]
    [InlineData("0::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("2001:DB8:0:0:8:800:200c:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("ffff:f:ff:ffff:ffff:ffff:ffff:ffff", "ffff:f:ff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:c000:201", "192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    public void Address_isReadAndWrittenInItsShortestForm(string text, string shown)
    {
        Assert.True(InternetAddress.TryParse(Bytes.Utf8(text), out var address));
        Assert.Equal(shown, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.0000")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.-4")]
    [InlineData("localhost")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:1")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%1")]
    public void Text_thatIsNoAddress_isRefused(string text) => Assert.False(InternetAddress.TryParse(Bytes.Utf8(text), out _));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:80", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:80", "2001:db8::1")]
    [InlineData("192.0.2.1:", "")]
    [InlineData("192.0.2.1:x", "")]
    [InlineData("[192.0.2.1]:80", "")]
    [InlineData("[2001:db8::1]80", "")]
    [InlineData("[2001:db8::1]:", "")]
    [InlineData("[2001:db8::1", "")]
    [InlineData("[]", "")]
    [InlineData("unknown", "")]
    [InlineData("_hidden", "")]
    [InlineData("", "")]
    public void Address_mayHaveAPort_whereProxiesWriteOne(string text, string shown)
    {
        var isRead = InternetAddress.TryParseWithPort(Bytes.Utf8(text), out var address);
        Assert.Equal(shown, isRead ? address.ToString() : "");
    }

    [Fact]
    public void Every_address_is_written_as_the_base_library_writes_it_and_read_again() =>
        Property.Holds(Gen.Byte.Array[16].Select(Gen.Int[0, 0xFFFF], ThinOut), bytes =>
        {
            var address = InternetAddress.Of(bytes);
            var judge = new IPAddress(bytes);
            Assert.Equal(judge.IsIPv4MappedToIPv6, address.IsIPv4);
            Assert.Equal((judge.IsIPv4MappedToIPv6 ? judge.MapToIPv4() : judge).ToString(), Judged(judge, address));
            Assert.True(InternetAddress.TryParse(Bytes.Utf8(address.ToString()), out var again));
            Assert.Equal(address, again);
        }, samples: 20_000);

    [Fact]
    public void Text_of_an_addresss_letters_is_read_only_if_the_base_library_reads_it_too() =>
        Property.Holds(Gen.Char["0123456789abcdefF:."].Array[2, 24], letters =>
        {
            var text = new string(letters);
            if (InternetAddress.TryParse(Bytes.Utf8(text), out var address))
            {
                Assert.True(IPAddress.TryParse(text, out var judge), text);
                Assert.Equal(judge.MapToIPv6().GetAddressBytes(), InternetAddressBytes(address));
            }
        }, samples: 100_000);

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.1.1", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("0.0.0.0/0", "203.0.113.5", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "203.0.113.5", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("2001:db8::7", "2001:db8::7", true)]
    [InlineData("2001:db8::7", "2001:db8::8", false)]
    public void Block_holdsTheAddressesOfItsFamilyThatBeginLikeIt(string block, string given, bool isIn)
    {
        Assert.True(AddressRange.TryParse(block, out var range, out var why), why);
        Assert.True(InternetAddress.TryParse(Bytes.Utf8(given), out var address));
        Assert.Equal(isIn, range.Contains(address));
        Assert.False(range.Contains(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.1/8")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::1/32")]
    [InlineData("2001::/0")]
    [InlineData("proxy.example")]
    public void Text_thatIsNoBlock_isRefusedWithAReason(string text)
    {
        Assert.False(AddressRange.TryParse(text, out _, out var why));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Limits_count_ipv4_whole_and_ipv6_by_its_first_half_and_nobody_that_speaks_for_others()
    {
        Assert.Equal(Peer("2001:db8::1"), Peer("2001:db8::2"));
        Assert.NotEqual(Peer("192.0.2.1"), Peer("192.0.2.2"));
        Assert.Equal((true, false), (Peer("127.0.0.2").IsLoopback, Peer("128.0.0.1").IsLoopback));
        Assert.True(AddressRange.TryParse("192.0.2.0/24", out var proxies, out _));
        var trusted = new TrustedPeers([proxies], new HashSet<InternetAddress> { Parse("203.0.113.5") });
        Assert.Equal((true, true, false), (trusted.PeerOf(Parse("192.0.2.9")).IsExempt, trusted.PeerOf(Parse("203.0.113.5")).IsExempt,
            trusted.PeerOf(Parse("203.0.113.6")).IsExempt));
        Assert.False(trusted.IsGateway(default));

        static PeerAddress Peer(string text) => PeerAddress.Of(Parse(text));
    }

    private static InternetAddress Parse(string text)
    {
        Assert.True(InternetAddress.TryParse(Bytes.Utf8(text), out var address));
        return address;
    }

    // The base library writes the last half of some addresses in IPv4's form; RFC 5952 leaves that open.
    private static string Judged(IPAddress judge, InternetAddress address)
    {
        var shown = judge.ToString();
        return !address.IsIPv4 && shown.Contains('.', StringComparison.Ordinal) ? shown : address.ToString();
    }

    // Zeros where a bit of the mask is 0: pairs of bytes, so that there are runs of empty groups.
    private static byte[] ThinOut(byte[] bytes, int mask)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (mask >> (i / 2 * 2) & 3) == 0 ? (byte)0 : bytes[i];
        }

        return bytes;
    }

    private static byte[] InternetAddressBytes(InternetAddress address)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address.Bits);
        return bytes;
    }
}
