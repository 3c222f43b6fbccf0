using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>Alerts by one datagram, as members of the room read them on each protocol.</summary>
public sealed class NotifyTests(NotifyTests.Shared shared) : IClassFixture<NotifyTests.Shared>
{
    private const int MaxTextBytes = 4096;
    private const string From = "udp/localhost";

    [Fact]
    public void Alert_is_read_on_lines_json_and_irc_with_the_name_of_its_sender()
    {
        using var line = Member();
        using var frame = shared.Server.ConnectFrames();
        frame.Send("""{"type":"join","room":"#alerts"}""", """{"type":"part","room":"#lobby"}""");
        frame.Sync();
        using var irc = new IrcClient(shared.Server.EndPoint("irc")).LogIn("ann", "message-tags batch draft/chathistory");
        irc.Send("JOIN #alerts");
        irc.Sync();
        line.Sync();
        frame.Sync();
        Alert("s3cret backup done");
        line.Expect($"<{From}> backup done");
        frame.Expect($$"""{"type":"said","room":"#alerts","seq":"...","time":"...","from":"{{From}}","text":"backup done"}""");
        Assert.Matches($"^@([^ ]*;)?bot(;[^ ]*)? :{From}!notify@localhost PRIVMSG #alerts :backup done$", irc.Read());
        irc.Send("CHATHISTORY LATEST #alerts * 1");
        Assert.Matches($"^@([^ ]*;)?bot(;[^ ]*)? :{From}!{From}@history PRIVMSG #alerts :backup done$", irc.Ping()[1]);
    }

    [Theory]
    [InlineData("s3cret one\ntwo\r\nthree\0four\u001b[31m\u0085five", "one two  three four [31m  five")]
    [InlineData("s3cret   \t tab stays\t \n", "\t tab stays\t")]
    [InlineData("s3cret <alice> hello", "<alice> hello")]
    [InlineData("s3cret /quit", "/quit")]
    [InlineData("s3cret s3cret twice", "s3cret twice")]
    public void Text_is_mended(string datagram, string text)
    {
        using var line = Member();
        Alert(datagram);
        line.Expect($"<{From}> {text}");
        line.ExpectNothing();
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_replaced()
    {
        using var line = Member();
        shared.Sender.Send([.. "s3cret a"u8, 0xFF, .. "b"u8, 0xC3]);
        line.Expect($"<{From}> a\ufffdb\ufffd");
    }

    [Fact]
    public void Text_that_is_too_long_is_cut_between_characters()
    {
        using var line = Member();
        Alert("s3cret " + new string('世', 3000));
        var cut = line.ReadLine();
        Assert.Matches($"^<{From}> 世+ \\[cut\\]$", cut);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(cut[(From.Length + 3)..]), MaxTextBytes - 2, MaxTextBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s3cret")]
    [InlineData("s3cret ")]
    [InlineData("s3cret \n\r\n\0")]
    [InlineData("wrong text")]
    [InlineData("s3cretx text")]
    [InlineData("s3cre text")]
    [InlineData("S3CRET text")]
    [InlineData(" s3cret text")]
    [InlineData("s3cret\ttext")]
    [InlineData("s3cret\ntext")]
    public void Datagram_without_the_key_or_a_text_is_not_said(string datagram)
    {
        using var line = Member();
        Alert(datagram);

        // From the same socket: it comes after the one before.
        Alert("s3cret after it");
        line.Expect($"<{From}> after it");
    }

    [Fact]
    public void Room_without_members_remembers_an_alert()
    {
        Alert("s3cret remembered");
        Guard.Until(
            () =>
            {
                using var late = shared.Server.ConnectLines();
                late.Send("/join #alerts", "/history #alerts");
                return late.Ping().Any(line => line.EndsWith($"<{From}> remembered", StringComparison.Ordinal));
            },
            "a visitor who comes later reads the alert");
    }

    [Fact]
    public void Sender_hears_nothing_and_its_name_is_nobodys_nick()
    {
        using var line = Member();
        Alert("s3cret ping");
        line.Expect($"<{From}> ping");
        line.ExpectError($"/nick {From}", "a nick is 1 to 30 letters, ...");
        line.ExpectError($"/msg {From} hello", "a nick is 1 to 30 letters, ...");
        Assert.Null(shared.Sender.TryReceive(withinMs: 0));
    }

    private void Alert(string datagram) => shared.Sender.Send(datagram);

    // In the room of the alerts and no other, with nothing left to read.
    private LineClient Member()
    {
        var client = shared.Server.ConnectLines();
        client.Send("/join #alerts", "/part #lobby");
        client.Sync();
        return client;
    }

    public sealed class Shared : IDisposable
    {
        public Shared() => Sender = new DatagramClient(Server.EndPoint("notify+udp"));

        public ServerProcess Server { get; } = ServerProcess.Start(
            "--flood", "off", "--datagram-rate", "1000000", "--listen", "line://127.0.0.1:0", "--listen", "frame://127.0.0.1:0",
            "--listen", "irc://127.0.0.1:0", "--listen", "notify+udp://127.0.0.1:0?room=alerts&key=s3cret");

        public DatagramClient Sender { get; }

        public void Dispose()
        {
            Sender.Dispose();
            Server.Dispose();
        }
    }
}
