using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>A port that was opened for IRC alone, and the message of the day.</summary>
public sealed class IrcListenerTests
{
    [Theory]
    [EveryIo]
    public void Port_for_irc_lets_a_client_in_and_turns_a_browser_away(string io)
    {
        var motd = Path.GetTempFileName();
        File.WriteAllText(motd, "one\ntwo\n");
        try
        {
            using var server = ServerProcess.Start("--listen", "irc://127.0.0.1:0", "--io", io, "--motd", motd);
            using var first = new IrcClient(server.EndPoint("irc"));
            first.Send("NICK ann");
            first.Send("USER u 0 * :u");
            var welcome = first.Ping();
            Assert.Contains(":muxchat.local 001 ann :Welcome to the MuxChat network, ann!~u@localhost", welcome);
            Assert.Equal(
                [":muxchat.local 375 ann :- muxchat.local Message of the day -", ":muxchat.local 372 ann :- one",
                    ":muxchat.local 372 ann :- two", ":muxchat.local 376 ann :End of /MOTD command."],
                welcome[^4..]);

            using var browser = new IrcClient(server.EndPoint("irc"));
            browser.SendBytes("POST /quit HTTP/1.1\r\n\r\nQUIT\r\n"u8);
            Assert.StartsWith("HTTP/1.1 400 ", Encoding.ASCII.GetString(browser.ReadToEnd()), StringComparison.Ordinal);

            server.Signal("TERM");
            Assert.Equal("ERROR :Closing link: the server is stopping", first.Read());
            first.ExpectEnd();
            Assert.Equal(0, server.WaitForExit());
        }
        finally
        {
            File.Delete(motd);
        }
    }

    /// <summary>Telnet is spoken on lines only: what others read is not what the sender's own program shows.</summary>
    [Theory]
    [EveryIo]
    public void Telnet_in_a_message_is_not_utf8_and_nobody_hears_it(string io)
    {
        using var server = ServerProcess.Start("--listen", "irc://127.0.0.1:0", "--io", io);
        using var ann = new IrcClient(server.EndPoint("irc")).LogIn("ann", "standard-replies");
        using var bob = new IrcClient(server.EndPoint("irc")).LogIn("bob");
        ann.Send("JOIN #e");
        ann.Sync();
        bob.Send("JOIN #e");
        bob.Sync();
        ann.Ping();
        ann.SendBytes([.. "PRIVMSG #e :pay"u8, 0xFF, 0xFB, (byte)'9', 0xFF, 0xFD, (byte)'0', .. " to bob\r\n"u8]);
        Assert.StartsWith("FAIL PRIVMSG INVALID_UTF8 ", Assert.Single(ann.Ping()), StringComparison.Ordinal);
        ann.Send("PRIVMSG #e :after");
        Assert.EndsWith(" PRIVMSG #e :after", bob.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [EveryIo]
    public void Full_server_says_so_in_irc(string io)
    {
        using var server = ServerProcess.Start("--listen", "irc://127.0.0.1:0", "--io", io, "--max-clients", "1");
        using var first = new IrcClient(server.EndPoint("irc"));
        first.LogIn("ann");

        using var second = new IrcClient(server.EndPoint("irc"));

        Assert.Equal("ERROR :Closing link: the server is full (1 clients): try again later", second.Read());
        second.ExpectEnd();
        first.Sync();
    }
}
