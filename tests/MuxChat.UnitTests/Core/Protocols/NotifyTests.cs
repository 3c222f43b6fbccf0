using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Notify;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>What a datagram becomes in a room.</summary>
public sealed class NotifyTests
{
    private readonly ProtocolConnectionFixture _bench = new(chat: new ChatLimits { TextBytes = 64 });

    [Theory]
    [InlineData("disk full", "disk full")]
    [InlineData("disk full\n", "disk full")]
    [InlineData("  disk\r\nfull\r\n\r\n", "disk  full")]
    [InlineData("two\nlines\ttab", "two lines\ttab")]
    [InlineData("\u001b[31mred\u0007\u007f", "[31mred")]
    [InlineData("nul\0nul", "nul nul")]
    [InlineData("c1\u0085c1", "c1  c1")]
    [InlineData("grüße, 世界 \U0001F600", "grüße, 世界 \U0001F600")]
    [InlineData("/quit", "/quit")]
    [InlineData("<alice> hi\n<bob> hi", "<alice> hi <bob> hi")]
    [InlineData(":alice!a@b QUIT\r\n", ":alice!a@b QUIT")]
    public void Text_isMended(string sent, string heard)
    {
        var member = _bench.StartLine();
        Assert.Equal(DatagramResult.Done, Notify(Bytes.Utf8(sent)));
        Assert.Equal($"<udp/192.0.2.7> {heard}\n", member.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \r\n\0\u007f")]
    public void Datagram_withoutAText_isRefused(string sent)
    {
        var member = _bench.StartLine();
        Assert.Equal(DatagramResult.Refused, Notify(Bytes.Utf8(sent)));
        Assert.Equal("", member.Read());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xFF, (byte)'b' }, "a\uFFFDb")]
    [InlineData(new byte[] { 0xC3 }, "\uFFFD")]
    [InlineData(new byte[] { 0xC2 }, "\uFFFD")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "\uFFFD\uFFFD\uFFFD")]
    public void Bytes_thatAreNotUtf8_areReplaced(byte[] sent, string heard)
    {
        var member = _bench.StartLine();
        Assert.Equal(DatagramResult.Done, Notify(sent));
        Assert.Equal($"<udp/192.0.2.7> {heard}\n", member.Read());
    }

    [Theory]
    [InlineData(64, "x", 64, "")]
    [InlineData(65, "x", 58, " [cut]")]
    [InlineData(65_507, "x", 58, " [cut]")]
    [InlineData(40, "\U0001F600", 14, " [cut]")]
    public void Text_thatIsTooLong_isCutAtACharacter(int times, string letter, int kept, string end)
    {
        var member = _bench.StartLine();
        Notify(Bytes.Utf8(string.Concat(Enumerable.Repeat(letter, times))));
        Assert.Equal($"<udp/192.0.2.7> {string.Concat(Enumerable.Repeat(letter, kept))}{end}\n", member.Read());
    }

    [Theory]
    [InlineData("s3cret disk full", DatagramResult.Done, "disk full")]
    [InlineData("s3cret  disk", DatagramResult.Done, "disk")]
    [InlineData("s3cret", DatagramResult.Refused)]
    [InlineData("s3cret ", DatagramResult.Refused)]
    [InlineData("s3cre disk", DatagramResult.WrongKey)]
    [InlineData("s3crets disk", DatagramResult.WrongKey)]
    [InlineData("S3CRET disk", DatagramResult.WrongKey)]
    [InlineData(" s3cret disk", DatagramResult.WrongKey)]
    [InlineData("s3cret\ndisk", DatagramResult.WrongKey)]
    [InlineData("", DatagramResult.WrongKey)]
    [InlineData("disk s3cret", DatagramResult.WrongKey)]
    public void Key_isTheFirstWord(string sent, DatagramResult expected, string heard = "")
    {
        var member = _bench.StartLine();
        Assert.Equal(expected, Notify(Bytes.Utf8(sent), "s3cret"));
        Assert.Equal(heard.Length == 0 ? "" : $"<udp/192.0.2.7> {heard}\n", member.Read());
    }

    [Fact]
    public void Room_withoutMembers_remembersTheLine()
    {
        Assert.Equal(DatagramResult.Done, Notify("first"u8.ToArray(), room: "#alerts"));
        Assert.Equal(DatagramResult.Done, Notify("second"u8.ToArray(), room: "#alerts"));
        Assert.Equal(1, _bench.Hub.RoomCount);
        var visitor = _bench.StartLine();
        visitor.Say("/join alerts\n");
        var lines = visitor.ReadLines();
        Assert.Contains(lines, static line => line.EndsWith("<udp/192.0.2.7> first", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.EndsWith("<udp/192.0.2.7> second", StringComparison.Ordinal));

        // The room has no other visitor, and a line is no setting: its first visitor is its operator.
        visitor.Say("/mode +m\n");
        Assert.Contains(visitor.ReadLines(), static line => line.Contains("set the modes of #alerts: +m", StringComparison.Ordinal));
    }

    [Fact]
    public void Modes_ofTheRoom_doNotKeepAnAlertOut()
    {
        var member = _bench.StartLine();
        member.Say("/join alerts\n/mode +mnisk key\n");
        member.Read();
        Assert.Equal(DatagramResult.Done, Notify("disk full"u8.ToArray(), room: "#alerts"));
        Assert.Equal("[#alerts] <udp/192.0.2.7> disk full\n", member.Read());
    }

    [Fact]
    public void Server_thatIsFullOfRooms_refusesForANewOne()
    {
        var bench = new ProtocolConnectionFixture(chat: new ChatLimits { Rooms = 2 });
        bench.StartLine().Say("/join other\n");
        Assert.Equal(DatagramResult.Refused, Notify("disk full"u8.ToArray(), room: "#alerts", bench: bench));
        Assert.Equal(DatagramResult.Done, Notify("disk full"u8.ToArray(), room: "#other", bench: bench));
    }

    [Fact]
    public void Name_isNoNickOfAnyone()
    {
        var member = _bench.StartLine();
        member.Say("/nick udp/192.0.2.7\n/msg udp/192.0.2.7 hello\n");
        Assert.All(member.ReadLines(), static line => Assert.StartsWith("! a nick is ", line, StringComparison.Ordinal));
        Notify("x"u8.ToArray());
        Assert.Equal(1, _bench.Hub.PersonCount);
    }

    [Fact]
    public void Line_onIrc_comesFromTheSenderAsABot()
    {
        var irc = _bench.Start(_bench.Irc);
        irc.Say("CAP REQ :message-tags\r\nNICK irc\r\nUSER irc 0 * :i\r\nCAP END\r\nJOIN #lobby\r\n");
        irc.Read();
        Notify("disk full"u8.ToArray());
        var line = irc.Read();
        Assert.Contains(" :udp/192.0.2.7!notify@host PRIVMSG #lobby :disk full\r\n", line, StringComparison.Ordinal);
        Assert.Contains("bot", line.Split(' ')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ofThePast_onIrc_hasItsSender()
    {
        Notify("disk full"u8.ToArray());
        var irc = _bench.Start(_bench.Irc);
        irc.Say("NICK irc\r\nUSER irc 0 * :i\r\nJOIN #lobby\r\n");
        Assert.Matches(@":udp/192\.0\.2\.7!udp/192\.0\.2\.7@history NOTICE #lobby :\[[-0-9]+ [:0-9]+\] <udp/192\.0\.2\.7> disk full\r\n",
            irc.Read());
    }

    private DatagramResult Notify(byte[] datagram, string key = "", string room = "#lobby", ProtocolConnectionFixture? bench = null) =>
        new NotifyDatagrams((bench ?? _bench).Hub, Bytes.Utf8(room), Bytes.Utf8(key)).Handle(datagram, new Sender());

    private sealed class Sender : IDatagramSender
    {
        public int Port => 40_000;

        public string DescribeAddress() => "192.0.2.7";

        public byte[] DescribeHost() => "host"u8.ToArray();
    }
}
