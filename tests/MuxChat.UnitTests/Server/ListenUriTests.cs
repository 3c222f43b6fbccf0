using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.Server;
using MuxChat.Server.Options;

namespace MuxChat.UnitTests.Server;

public sealed class ListenUriTests
{
    [Theory]
    [InlineData("auto://127.0.0.1:7070", "auto", "127.0.0.1", 7070)]
    [InlineData("line+tcp://localhost:0", "line", "localhost", 0)]
    [InlineData("frame://[::1]:1", "frame", "::1", 1)]
    [InlineData("frame://[::1]:1?header=be32", "frame", "::1", 1)]
    [InlineData("frame://[::1]:1?header=le32", "frame?header=le32", "::1", 1)]
    [InlineData("upper+utf://a.example:65535", "upper+utf", "a.example", 65535)]
    [InlineData("upper+utf+tcp4://a.example:65535", "upper+utf", "a.example", 65535)]
    [InlineData("echo://127.0.0.1:7", "echo", "127.0.0.1", 7)]
    public void Stream_isRead(string given, string service, string host, int port)
    {
        var uri = ListenUri.Parse(given);
        Assert.Equal((service, host, port, false, false), (uri.Service, uri.Host, uri.Port, uri.IsDatagram, uri.IsUnix));
        Assert.Equal(given.Split('?')[0], uri.ToString());
    }

    [Theory]
    [InlineData("upper+udp://127.0.0.1:0", "upper", AddressFamily.Unspecified)]
    [InlineData("echo+udp6://[::]:0", "echo", AddressFamily.InterNetworkV6)]
    [InlineData("echo+udp4://localhost:0", "echo", AddressFamily.InterNetwork)]
    [InlineData("notify+udp://127.0.0.1:0?room=alerts", "notify", AddressFamily.Unspecified)]
    public void Datagrams_areRead(string given, string service, AddressFamily family)
    {
        var uri = ListenUri.Parse(given);
        Assert.Equal((service, true, family), (uri.Service, uri.IsDatagram, uri.Family));
    }

    [Theory]
    [InlineData("line+unix:///run/a.sock", "line", "/run/a.sock", "rw-rw----", null)]
    [InlineData("auto+unix:///run/a.sock?mode=0600", "auto", "/run/a.sock", "rw-------", null)]
    [InlineData("irc+unix:///run/a%20b.sock?mode=777&group=chat", "irc", "/run/a b.sock", "rwxrwxrwx", "chat")]
    [InlineData("frame+unix:///a?header=le32", "frame?header=le32", "/a", "rw-rw----", null)]
    [InlineData("upper+utf+unix:///a", "upper+utf", "/a", "rw-rw----", null)]
    [InlineData("line+unix:///run/with:colon/a", "line", "/run/with:colon/a", "rw-rw----", null)]
    public void Unix_isRead(string given, string service, string path, string mode, string? group)
    {
        var uri = ListenUri.Parse(given);
        Assert.Equal((service, path, mode, group), (uri.Service, uri.Path, Shown(uri.Mode), uri.Group));
        Assert.True(uri.IsUnix);
    }

    [Fact]
    public void Room_andKey_areRead()
    {
        var uri = ListenUri.Parse("notify+udp://127.0.0.1:7072?room=al%C3%A9rts&key=s%26t");
        Assert.Equal(("#alérts", "s&t"), (Encoding.UTF8.GetString(uri.Room), Encoding.UTF8.GetString(uri.Key)));
        Assert.Equal("notify+udp://127.0.0.1:7072", uri.ToString());
        Assert.Equal("notify+udp://127.0.0.1:9", uri.Format(new IPEndPoint(IPAddress.Loopback, 9)));
    }

    [Theory]
    [InlineData("auto://[::]:0?ipv4=on", true)]
    [InlineData("auto://[::]:0?ipv4=off", false)]
    [InlineData("auto://[::]:0", false)]
    public void Ipv4_onAnIpv6Socket_isRead(string given, bool takes) => Assert.Equal(takes, ListenUri.Parse(given).TakesIPv4);

    [Theory]
    [InlineData("")]
    [InlineData("7070")]
    [InlineData("127.0.0.1:7070")]
    [InlineData("gopher://127.0.0.1:7070")]
    [InlineData("://127.0.0.1:7070")]
    [InlineData("+tcp://127.0.0.1:7070")]
    [InlineData("tcp://127.0.0.1:7070")]
    [InlineData("unix:///a")]
    [InlineData("line+://127.0.0.1:7070")]
    [InlineData("line+sctp://127.0.0.1:7070")]
    [InlineData("line+tcp5://127.0.0.1:7070")]
    [InlineData("line+udp://127.0.0.1:7070")]
    [InlineData("notify://127.0.0.1:7070?room=a")]
    [InlineData("notify+unix:///a?room=a")]
    [InlineData("upper+utf+udp://127.0.0.1:7070")]
    [InlineData("frame?header=le32://127.0.0.1:7070")]
    [InlineData("LINE://127.0.0.1:7070")]
    public void Form_thatIsWrong_isToldWithTheRightOne(string given) =>
        Assert.Equal($"--listen {given.Split('?')[0]}: {ListenUri.Form}", Mistake(given));

    [Theory]
    [InlineData("line://127.0.0.1", "the port is missing: line://127.0.0.1:7070")]
    [InlineData("line://[::1]", "the port is missing: line://[::1]:7070")]
    [InlineData("ircs://chat.example?ipv4=on", "the port is missing: ircs://chat.example:7070")]
    [InlineData("line://127.0.0.1:", "a port is a whole number from 0 to 65535: line://127.0.0.1:7070")]
    [InlineData("line://127.0.0.1:80x", "a port is a whole number from 0 to 65535: line://127.0.0.1:7070")]
    [InlineData("line://127.0.0.1:65536", "a port is a whole number from 0 to 65535: line://127.0.0.1:7070")]
    [InlineData("line://[::1]:99999", "a port is a whole number from 0 to 65535: line://[::1]:7070")]
    [InlineData("line://127.0.0.1:-1", "a port is a whole number from 0 to 65535: line://127.0.0.1:7070")]
    [InlineData("line://127.0.0.1: 1", "a port is a whole number from 0 to 65535: line://127.0.0.1:7070")]
    [InlineData("line://127.0.0.1:70/", "a port is a whole number from 0 to 65535: line://127.0.0.1:7070")]
    [InlineData("line://", "the host is missing: line://127.0.0.1:7070")]
    [InlineData("line://:7070", "the host is missing: line://127.0.0.1:7070")]
    [InlineData("line://a b:7070", "the host is no address and no name: line://127.0.0.1:7070")]
    [InlineData("line://127.0.0.1/", "the host is no address and no name: line://127.0.0.1:7070")]
    [InlineData("line://::1", "an IPv6 address, and nothing else, is in brackets: line://[::1]:7070")]
    [InlineData("line://::1:7070", "an IPv6 address, and nothing else, is in brackets: line://[::1]:7070")]
    [InlineData("line://[127.0.0.1]:7070", "an IPv6 address, and nothing else, is in brackets: line://[::1]:7070")]
    [InlineData("line://[host]:70", "an IPv6 address, and nothing else, is in brackets: line://[::1]:7070")]
    [InlineData("line://[::1:70", "an IPv6 address, and nothing else, is in brackets: line://[::1]:7070")]
    [InlineData("line+tcp6://[127.0.0.1]", "an IPv6 address, and nothing else, is in brackets: line+tcp6://[::1]:7070")]
    [InlineData("line+tcp4://[::1]:70", "::1 is no IPv4 address")]
    public void Address_that_is_wrong_is_answered_by_what_is_wrong_with_it(string given, string says) =>
        Assert.Equal($"--listen {given.Split('?')[0]}: {says}", Mistake(given));

    [Theory]
    [InlineData("line+unix://run/a.sock", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix://", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix:///", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix:///a%00b", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix:///a?mode=rw", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=0888", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=4755", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=000", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?group=", "group takes a group, by name or number")]
    [InlineData("line+unix:///a?ipv4=on", "there is no option ipv4 here: line+unix has mode, group")]
    [InlineData("line://[::]:1?mode=0660", "there is no option mode here: line has ipv4")]
    [InlineData("line://[::]:1?header=le32", "there is no option header here: line has ipv4")]
    [InlineData("line://[::]:1?", "an option is NAME=VALUE: line has ipv4")]
    [InlineData("frame://[::]:1?header=le16", "header takes be32 or le32")]
    [InlineData("frame://[::]:1?header", "header takes be32 or le32")]
    [InlineData("line://[::]:1?ipv4=yes", "ipv4 takes on or off")]
    [InlineData("line+tcp4://localhost:1?ipv4=on", "there is no option ipv4 here: line+tcp4 has none")]
    [InlineData("line://127.0.0.1:1?ipv4=on", "there is no option ipv4 here: line has none")]
    [InlineData("line+tcp6://127.0.0.1:1", "127.0.0.1 is no IPv6 address")]
    [InlineData("frame://[::]:1?header=le32&header=be32", "an option is given twice: frame has header, ipv4")]
    [InlineData("notify+udp://[::]:1", "the room is missing: notify+udp://HOST:PORT?room=alerts")]
    [InlineData("notify+udp://[::]:1?key=a", "the room is missing: notify+udp://HOST:PORT?room=alerts")]
    [InlineData("upload://[::]:1", "the room is missing: upload://HOST:PORT?room=alerts")]
    [InlineData("upload+unix:///a", "the room is missing: upload+unix:///PATH?room=alerts")]
    [InlineData("upload://[::]:1?room=a&key=b", "an option is none of these: upload has room, ipv4; in a value, & is written %26")]
    [InlineData("notify+udp://[::]:1?room=a&key=", "key takes one word")]
    [InlineData("notify+udp://[::]:1?room=a&key=a%20b", "key takes one word")]
    [InlineData("echo+udp://[::]:1?room=a", "there is no option room here: echo+udp has ipv4")]
    public void Option_thatIsWrong_isToldWithTheRightOnes(string given, string says) =>
        Assert.Equal($"--listen {given.Split('?')[0]}: {says}", Mistake(given));

    [Fact]
    public void Room_thatIsNone_isToldWithTheRule() =>
        Assert.StartsWith(
            "--listen notify+udp://[::]:1: room takes a room: ", Mistake("notify+udp://[::]:1?room=a,b"), StringComparison.Ordinal);

    [Theory]
    [InlineData("notify+udp://[::]:1?room=a&key=hush%20hush")]
    [InlineData("notify+udp://[::]:1?key=hush&room=a,b")]
    [InlineData("notify+udp://[::]:1?room=a&key=x&hush=1")]
    [InlineData("notify+udp://[::]:1?room=a&key=x&hush")]
    [InlineData("notify+udp://[::]:1?room=a&key=x&key=hush")]
    [InlineData("notify+udp://127.0.0.1:1?room=a&key=hush&ipv4=on")]
    [InlineData("notify+udp://[::]:1?key=hush")]
    [InlineData("notify+udp://nowhere?room=a&key=hush")]
    [InlineData("notify://127.0.0.1:1?room=a&key=hush")]
    [InlineData("notify+udp//127.0.0.1:1?room=a&key=hush")]
    [InlineData("notify+udp://127.0.0.1:1?room=a&password=hush")]
    [InlineData("notify+udp://127.0.0.1:1?room=a&key:hush")]
    [InlineData("notify+udp://127.0.0.1:1?room=a&hush")]
    [InlineData("notify+udp://127.0.0.1:1&room=a&key=hush")]
    [InlineData("notify+udp://127.0.0.1:1/room=a&key=hush")]
    [InlineData("line://127.0.0.1:1?key=hush")]
    public void Key_isNeverShown(string given) => Assert.DoesNotContain("hush", Mistake(given), StringComparison.Ordinal);

    [Theory]
    [InlineData("auto://127.0.0.1:1", true)]
    [InlineData("line+tcp6://[::1]:1", true)]
    [InlineData("frame://127.0.0.1:1", true)]
    [InlineData("irc://127.0.0.1:1", true)]
    [InlineData("frame://127.0.0.1:1?header=le32", false)]
    [InlineData("utf://127.0.0.1:1", false)]
    [InlineData("echo://127.0.0.1:1", false)]
    [InlineData("upper+udp://127.0.0.1:1", false)]
    [InlineData("line+unix:///a", false)]
    public void Kinds_thatEveryModelServes_areTheChatOverTcp(string given, bool expected) =>
        Assert.Equal(expected, ListenUri.Parse(given).IsForEveryModel);

    [Fact]
    public void Name_isResolvedToTheFamilyAskedFor()
    {
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 5)], ListenUri.Parse("line+tcp4://localhost:5").Resolve());
        Assert.Equal([new IPEndPoint(IPAddress.IPv6Loopback, 5)], ListenUri.Parse("line+tcp6://[::1]:5").Resolve());
    }

    private static string Mistake(string given)
    {
        var error = Assert.Throws<StartupException>(() => ListenUri.Parse(given));
        Assert.Equal(StartupException.Usage, error.ExitCode);
        return error.Message;
    }

    private static string Shown(UnixFileMode mode) =>
        string.Concat(Enumerable.Range(0, 9).Select(bit => ((int)mode & (0x100 >> bit)) != 0 ? "rwx"[bit % 3] : '-'));
}
