namespace MuxChat.UnitTests.Server;

/// <summary>Listen URIs that are none: one line that says what is right, exit code 2, and never the value of a key.</summary>
public sealed class ListenUriMistakeTests
{
    private const string Key = "s3cret";

    [Theory]
    [InlineData("line", "a listen URI is ")]
    [InlineData("://127.0.0.1:7070", "a listen URI is ")]
    [InlineData("gopher://127.0.0.1:70", "a listen URI is ")]
    [InlineData("line+sctp://127.0.0.1:70", "a listen URI is ")]
    [InlineData("line+tcp5://127.0.0.1:70", "a listen URI is ")]
    [InlineData("+tcp://127.0.0.1:70", "a listen URI is ")]
    [InlineData("line+udp://127.0.0.1:70", "a listen URI is ")]
    [InlineData("echo+utf+udp://127.0.0.1:70", "a listen URI is ")]
    [InlineData("notify://127.0.0.1:70?room=a", "a listen URI is ")]
    [InlineData("notify+unix:///a?room=a", "a listen URI is ")]
    [InlineData("line+utf://127.0.0.1:70", "a listen URI is ")]
    [InlineData("LINE://127.0.0.1:70", "a listen URI is ")]
    [InlineData("line://127.0.0.1", "a listen URI is ")]
    [InlineData("line://127.0.0.1:", "a listen URI is ")]
    [InlineData("line://127.0.0.1:70/", "a listen URI is ")]
    [InlineData("line://[::1]", "a listen URI is ")]
    [InlineData("line://[::1:70", "a listen URI is ")]
    [InlineData("line://[host]:70", "a listen URI is ")]
    [InlineData("line://a b:70", "a listen URI is ")]
    [InlineData("frame?header=le32://127.0.0.1:70", "a listen URI is ")]
    [InlineData("line+unix://", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix://chat.sock", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix:///run/", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("line+unix:///run/a%00b", "a Unix socket has an absolute path: line+unix:///run/muxchat.sock")]
    [InlineData("frame://127.0.0.1:70?header=le16", "header takes be32 or le32")]
    [InlineData("frame://127.0.0.1:70?header", "header takes be32 or le32")]
    [InlineData("line://127.0.0.1:70?header=be32", "there is no option header here: line has ipv4")]
    [InlineData("auto://127.0.0.1:70?header=le32", "there is no option header here: auto has ipv4")]
    [InlineData("line://[::]:70?ipv4=yes", "ipv4 takes on or off, for IPv6 addresses")]
    [InlineData("line+tcp4://127.0.0.1:70?ipv4=on", "ipv4 takes on or off, for IPv6 addresses")]
    [InlineData("line+unix:///a?ipv4=on", "there is no option ipv4 here: line+unix has mode, group")]
    [InlineData("line+unix:///a?mode=rw", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=0", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=000", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=1777", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?mode=0999", "mode takes permissions in octal, such as 0660")]
    [InlineData("line+unix:///a?group=", "there is no option group here: line+unix has mode, group")]
    [InlineData("line://127.0.0.1:70?mode=0660", "there is no option mode here: line has ipv4")]
    [InlineData("notify+udp://127.0.0.1:70", "the room is missing: notify+udp://HOST:PORT?room=alerts")]
    [InlineData("notify+udp://127.0.0.1:70?room=a b", "room takes a room: ")]
    [InlineData("notify+udp://127.0.0.1:70?room=", "room takes a room: ")]
    [InlineData("echo+udp://127.0.0.1:70?room=a", "there is no option room here: echo+udp has ipv4")]
    [InlineData("line://127.0.0.1:70?", "an option is NAME=VALUE: line has ipv4")]
    [InlineData("line://127.0.0.1:70?ipv6", "an option is NAME=VALUE: line has ipv4")]
    public void Bad_uri_is_one_line(string uri, string says)
    {
        var line = CommandLineRun.Of("--listen", uri).ExpectMistake();
        Assert.StartsWith($"muxchat: --listen {uri.Split('?')[0]}: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notify+udp://127.0.0.1:70?key=s3cret")]
    [InlineData("notify+udp://127.0.0.1:70?room=a&key=s3cret word")]
    [InlineData("notify+udp://127.0.0.1:70?room=a b&key=s3cret")]
    [InlineData("notify+udp://127.0.0.1:x?room=a&key=s3cret")]
    [InlineData("notify+tcp://127.0.0.1:70?room=a&key=s3cret")]
    [InlineData("notify+udp//127.0.0.1:70?room=a&key=s3cret")]
    [InlineData("notify+udp://127.0.0.1:70?room=a&password=s3cret")]
    [InlineData("notify+udp://127.0.0.1:70?room=a&key=s3cret&color=red")]
    [InlineData("notify+udp://127.0.0.1:70?room=a&key:s3cret")]
    [InlineData("notify+udp://127.0.0.1:70?room=a&s3cret")]
    [InlineData("notify+udp://127.0.0.1:70&room=a&key=s3cret")]
    [InlineData("notify+udp://127.0.0.1:70/room=a&key=s3cret")]
    [InlineData("line://127.0.0.1:70?key=s3cret")]
    public void Bad_uri_with_a_key_does_not_show_it(string uri) =>
        Assert.DoesNotContain(Key, CommandLineRun.Of("--listen", uri).ExpectMistake(), StringComparison.Ordinal);
}
