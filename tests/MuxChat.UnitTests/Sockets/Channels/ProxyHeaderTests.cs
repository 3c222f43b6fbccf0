using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CsCheck;
using MuxChat.Sockets.Channels;
using MuxChat.UnitTests.Core;

namespace MuxChat.UnitTests.Sockets.Channels;

/// <summary>The headers of HAProxy's proxy-protocol.txt: its examples, its rules, and what breaks them.</summary>
public sealed class ProxyHeaderTests
{
    private const string Long = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

    private static readonly string[] Beginnings =
        ["PROXY ", "PROXY TCP4 ", "PROXY TCP6 ::1 ", "\r\n\r\n\0\r\nQUIT\n", "\r\n\r\n\0\r\nQUIT\n!\u0011", ""];

    // Section 2.1, in the order of the text; the last is the longest line that there can be.
    [Theory]
    [InlineData("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", 56, "255.255.255.255", 65535)]
    [InlineData("PROXY TCP6 " + Long + " " + Long + " 65535 65535\r\n", 104, Long, 65535)]
    [InlineData("PROXY UNKNOWN\r\n", 15, "", 0)]
    [InlineData("PROXY UNKNOWN " + Long + " " + Long + " 65535 65535\r\n", 107, "", 0)]
    [InlineData("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n", 47, "192.168.0.1", 56324)]
    [InlineData("PROXY TCP6 ::1 2001:db8::1 0 1\r\n", 32, "::1", 0)]
    [InlineData("PROXY UNKNOWN what ever\r\n", 25, "", 0)]
    [InlineData("PROXY UNKNOWN \r\n", 16, "", 0)]
    public void Line_saysTheClient_howeverItIsCut(string line, int bytes, string client, int port) =>
        Check(Bytes.Latin(line), bytes, client, port);

    [Theory]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY \n")]
    [InlineData("PROXY UNKNOWN\n")]
    [InlineData("PROXY UNKNOWNS\r\n")]
    [InlineData("PROXY unknown\r\n")]
    [InlineData("PROXY TCP5 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n")]
    [InlineData("PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2.0\r\n")]
    [InlineData("PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 localhost 1 2\r\n")]
    [InlineData("PROXY TCP4 ::1 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 ::ffff:1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP6 1.2.3.4 ::1 1 2\r\n")]
    [InlineData("PROXY TCP6 [::1] ::1 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4\t1.2.3.4 1 2\r\n")]
    [InlineData("PROXY UNKNOWN " + Long + " " + Long + " 65535 655355\r\n")]
    public void Line_thatIsMalformed_isSaidToBe(string line) => CheckMalformed(Bytes.Latin(line));

    [Fact]
    public void Line_without_an_end_is_malformed_from_its_107th_byte()
    {
        var line = Bytes.Latin("PROXY UNKNOWN " + new string('x', 200));
        Assert.Equal(ProxyHeaderMatch.NeedMore, ProxyHeader.Parse(line.AsSpan(0, 106), out _, out _));
        Assert.Equal(ProxyHeaderMatch.Malformed, ProxyHeader.Parse(line.AsSpan(0, 107), out _, out _));
        Assert.Equal(ProxyHeaderMatch.Malformed, ProxyHeader.Parse(line, out _, out _));
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("PROXY\r\n")]
    [InlineData("PROXYTCP4 1.2.3.4\r\n")]
    [InlineData("proxy TCP4 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("\r\n\r\nhello\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\r\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    public void Bytes_thatBeginOtherwise_areTheClients(string first)
    {
        var bytes = Bytes.Latin(first);
        Assert.Equal(ProxyHeaderMatch.None, ProxyHeader.Parse(bytes, out _, out var fault));
        Assert.Empty(fault);
    }

    // Section 2.2: TCP and UDP over IPv4 and IPv6, Unix streams and datagrams, what is unspecified; and the combinations in between.
    [Theory]
    [InlineData("21 11", "C0000201 CB007101 DC04 01BB", "192.0.2.1", 56324)]
    [InlineData("21 21", "20010DB8000000000000000000000007 20010DB8000000000000000000000001 DC04 01BB", "2001:db8::7", 56324)]
    [InlineData("21 12", "C0000201 CB007101 DC04 01BB", "", 0)]
    [InlineData("21 22", "20010DB8000000000000000000000007 20010DB8000000000000000000000001 DC04 01BB", "", 0)]
    [InlineData("21 31", "2F746D702F73", "", 0)]
    [InlineData("21 32", "", "", 0)]
    [InlineData("21 00", "", "", 0)]
    [InlineData("21 00", "0102030405", "", 0)]
    [InlineData("21 10", "C0000201 CB007101 DC04 01BB", "", 0)]
    [InlineData("21 01", "", "", 0)]
    [InlineData("20 00", "", "", 0)]
    [InlineData("20 11", "C0000201 CB007101 DC04 01BB", "", 0)]
    [InlineData("20 11", "", "", 0)]
    [InlineData("20 FF", "FFFF", "", 0)]
    [InlineData("21 11", "C0000201 CB007101 DC04 01BB 030004DEADBEEF 04000100", "192.0.2.1", 56324)]
    [InlineData("21 21", "00000000000000000000FFFFC0000201 00000000000000000000FFFFC0000202 0001 0002", "192.0.2.1", 1)]
    public void Block_saysTheClient_howeverItIsCut(string command, string block, string client, int port)
    {
        var bytes = Block(command, block);
        Check(bytes, bytes.Length, client, port);
    }

    [Theory]
    [InlineData("11 11", "C0000201 CB007101 DC04 01BB")]
    [InlineData("31 11", "C0000201 CB007101 DC04 01BB")]
    [InlineData("22 11", "C0000201 CB007101 DC04 01BB")]
    [InlineData("2F 11", "C0000201 CB007101 DC04 01BB")]
    [InlineData("21 41", "")]
    [InlineData("21 13", "C0000201 CB007101 DC04 01BB")]
    [InlineData("21 11", "C0000201 CB007101 DC04 01")]
    [InlineData("21 11", "")]
    [InlineData("21 21", "20010DB8000000000000000000000007 20010DB8000000000000000000000001 DC04")]
    public void Block_thatIsMalformed_isSaidToBe(string command, string block) => CheckMalformed(Block(command, block));

    [Theory]
    [InlineData(4096, "")]
    [InlineData(4097, "a PROXY header announces 4097 bytes, and at most 4096 are allowed")]
    [InlineData(65535, "a PROXY header announces 65535 bytes, and at most 4096 are allowed")]
    public void Block_longerThanItsLimit_isMalformed(ushort announced, string why)
    {
        var bytes = Block("20 00", "");
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(14), announced);
        var match = ProxyHeader.Parse(bytes, out var header, out var fault);
        Assert.Equal(why.Length > 0 ? ProxyHeaderMatch.Malformed : ProxyHeaderMatch.Whole, match);
        Assert.Equal((why, why.Length > 0 ? 0 : 16 + announced), (fault, header.Bytes));
    }

    [Fact]
    public void Noise_never_throws_and_what_is_sure_stays_so() =>
        Property.Holds(
            Gen.Int[0, Beginnings.Length - 1].Select(static index => Beginnings[index])
                .Select(Gen.Byte.Array[0, 130]),
            (begin, noise) =>
            {
                byte[] bytes = [.. Bytes.Latin(begin), .. noise];
                var whole = ProxyHeader.Parse(bytes, out var header, out var fault);
                Assert.Equal(whole == ProxyHeaderMatch.Malformed, fault.Length > 0);
                for (var length = 0; length < bytes.Length; length++)
                {
                    var part = ProxyHeader.Parse(bytes.AsSpan(0, length), out var early, out _);
                    Assert.True(part == ProxyHeaderMatch.NeedMore || (part == whole && early == header), $"{part} became {whole}");
                    Assert.True(part != ProxyHeaderMatch.NeedMore || length < ProxyHeader.MaxHeldBytes, "more had to be held");
                }
            },
            samples: 3_000);

    [Fact]
    public void Lines_and_blocks_of_random_addresses_are_read_as_written() =>
        Property.Holds(Gen.Byte.Array[16].Select(Gen.UShort), (address, port) =>
        {
            var client = new System.Net.IPAddress(address);
            var shown = Encoding.ASCII.GetBytes($"PROXY TCP6 {client} ::1 {port} 1\r\n");
            Assert.Equal(ProxyHeaderMatch.Whole, ProxyHeader.Parse(shown, out var line, out _));
            var body = Convert.ToHexString(address) + new string('0', 32) + port.ToString("X4", CultureInfo.InvariantCulture) + "0001";
            Assert.Equal(ProxyHeaderMatch.Whole, ProxyHeader.Parse(Block("21 21", body), out var block, out _));
            Assert.Equal((line.Client, line.Port), (block.Client, block.Port));
            Assert.Equal(port, line.Port);
        }, samples: 2_000);

    private static void Check(byte[] bytes, int length, string client, int port)
    {
        for (var more = 0; more < 3; more++)
        {
            byte[] first = [.. bytes, .. "NICK a\r\n"u8[..(more * 4)]];
            Assert.Equal(ProxyHeaderMatch.Whole, ProxyHeader.Parse(first, out var header, out var fault));
            Assert.Equal((client, port, length, ""),
                (header.Client.IsUnknown ? "" : header.Client.ToString(), header.Port, header.Bytes, fault));
        }

        for (var part = 0; part < length; part++)
        {
            var match = ProxyHeader.Parse(bytes.AsSpan(0, part), out var header, out _);
            Assert.True(match == ProxyHeaderMatch.NeedMore || (match == ProxyHeaderMatch.Whole && header.Bytes == length && part >= 16));
        }
    }

    private static void CheckMalformed(byte[] bytes)
    {
        Assert.Equal(ProxyHeaderMatch.Malformed, ProxyHeader.Parse(bytes, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    private static byte[] Block(string command, string block)
    {
        var body = Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal));
        return [.. ProxyHeader.BlockSignature, .. Convert.FromHexString(command.Replace(" ", "", StringComparison.Ordinal)),
            (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }
}
