using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.UnitTests.Core;
using MuxChat.UnitTests.Core.Loop;

namespace MuxChat.UnitTests.Sockets.Channels;

/// <summary>A connection from a proxy, over a channel in memory: what is read before the header's end, and what is handed on.</summary>
public sealed class ProxyChannelTests
{
    private const string Line = "PROXY TCP4 192.0.2.1 203.0.113.1 56324 443\r\n";
    private const string Rest = "NICK alice\r\nUSER a 0 * :a\r\n";

    // Version 2 over IPv4, with 300 bytes of additional fields.
    private static readonly string Block = "\r\n\r\n\0\r\nQUIT\n!\u0011\u0001\u0038"
        + "\u00C0\u0000\u0002\u0001\u00CB\u0000\u0071\u0001\u00DC\u0004\u0001\u00BB" + new string('x', 300);

    public static TheoryData<string, string> Headers => new()
    {
        { Line, "192.0.2.1:56324" },
        { Block, "192.0.2.1:56324" },
        { "PROXY UNKNOWN\r\n", "" },
        { "\r\n\r\n\0\r\nQUIT\n \0\0\0", "" },
        { "", "" },
        { "\r\n", "" },
        { "PROX", "" },
        { "\r\n\r\n\0\r\nQUIT", "" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Bytes_behindTheHeader_areHandedOn_whateverTheCut(string header, string client)
    {
        var isHeader = client.Length > 0 || header.Length > 14;
        var all = Bytes.Latin(header + Rest);
        for (var cut = 1; cut < all.Length; cut++)
        {
            Check([all[..cut], all[cut..]]);
        }

        Check([all]);
        Check([.. all.Select(static one => new[] { one })]);

        void Check(byte[][] pieces)
        {
            var channel = new ProxyChannel(new FakeChannel());
            var read = ReadAll(channel, pieces, out var status);
            Assert.Equal((isHeader ? Rest : header + Rest, ChannelStatus.WouldBlock), (Bytes.Latin(read), status));
            Assert.Equal((false, "", client), (channel.IsOpening, channel.OpeningFault, channel.Forwarded?.ToString() ?? ""));
        }
    }

    [Fact]
    public void Malformed_header_breaks_the_channel_and_says_why()
    {
        var channel = new ProxyChannel(new FakeChannel());
        Assert.Empty(ReadAll(channel, [Bytes.Latin("PROXY TCP4 nonsense\r\nNICK a\r\n")], out var status));
        Assert.Equal((ChannelStatus.Broken, true, "a PROXY line is malformed"), (status, channel.IsOpening, channel.OpeningFault));
    }

    [Fact]
    public void Peer_that_goes_away_before_its_header_is_at_its_end()
    {
        var inner = new FakeChannel { PeerHasClosed = true };
        var channel = new ProxyChannel(inner);
        inner.Type("PROXY TC");
        Assert.Equal(ChannelStatus.WouldBlock, channel.Receive(new byte[512], out _));
        Assert.Equal(ChannelStatus.EndOfInput, channel.Receive(new byte[512], out _));
        Assert.Equal((true, ""), (channel.IsOpening, channel.OpeningFault));
    }

    [Fact]
    public void Least_space_is_enough_for_every_header()
    {
        foreach (var header in (string[])[Line, Block])
        {
            var inner = new FakeChannel();
            var channel = new ProxyChannel(inner);
            foreach (var one in Bytes.Latin(header + "~"))
            {
                inner.Type([one]);
                var space = new byte[channel.MinReceiveBytes];
                Assert.NotEqual(ChannelStatus.Broken, channel.Receive(space, out var received));
                Assert.Equal(received == 0, channel.IsOpening || one != '~');
            }

            Assert.Equal(1, channel.MinReceiveBytes);
        }
    }

    private static byte[] ReadAll(ProxyChannel channel, byte[][] pieces, out ChannelStatus status)
    {
        var (space, read) = (new byte[512], new List<byte>());
        status = ChannelStatus.WouldBlock;
        foreach (var piece in pieces)
        {
            ((FakeChannel)channel.Below).Type(piece);
            do
            {
                status = channel.Receive(space, out var received);
                read.AddRange(space.AsSpan(0, received));
            }
            while (status == ChannelStatus.Ok || (status == ChannelStatus.WouldBlock && ((FakeChannel)channel.Below).BytesToRead > 0));
        }

        return [.. read];
    }
}
