using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.EndToEndTests.Tls;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Proxies;

/// <summary>
/// Clients behind a proxy that sends PROXY headers. All connections come from this machine, which is listed as a proxy or not.
/// </summary>
public sealed class ProxyTests(TlsServers tls) : IClassFixture<TlsServers>
{
    private const string Line4 = "PROXY TCP4 192.0.2.1 127.0.0.1 56324 7070\r\n";
    private const string Line6 = "PROXY TCP6 2001:db8::7 ::1 56324 7070\r\n";
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";
    private const string Block4 = Signature + "!\u0011\0\u000c\u00c0\0\u0002\u0001\u007f\0\0\u0001\u00dc\u0004\u001b\u009e";
    private const string Local = Signature + "\u0020\0\0\0";

    /// <summary>A header, and the address that the client has then.</summary>
    public static TheoryData<string, string> Headers => new()
    {
        { Line4, "192.0.2.1" },
        { Line6, "2001:db8::7" },
        { Block4, "192.0.2.1" },
        { "PROXY UNKNOWN\r\n", "127.0.0.1" },
        { "PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", "127.0.0.1" },
        { Local, "127.0.0.1" },
        { Signature + "!1\0\u0002/x", "127.0.0.1" },
        { Signature + "!\u0012" + Block4[14..], "127.0.0.1" },
        { "", "127.0.0.1" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Client_has_the_address_that_its_proxy_names_wherever_the_header_is_cut(string header, string address)
    {
        using var server = Start();
        var bytes = Encoding.Latin1.GetBytes(header);
        Check(whole => whole.SendBytes(bytes));
        Check(dripping => Array.ForEach(bytes, one => dripping.SendBytes([one])));

        void Check(Action<IrcClient> begin)
        {
            using var client = new IrcClient(server.EndPoint("auto"));
            begin(client);
            Assert.Equal(address, AddressOf(client.LogIn(Scene.NewNick("a"))));
        }
    }

    [Fact]
    public void Client_is_served_for_every_place_where_its_first_bytes_are_cut_in_two()
    {
        using var server = Start("--flood", "off", "--connect-rate", "100000");
        foreach (var header in (string[])[Line4, Block4])
        {
            var bytes = Encoding.Latin1.GetBytes(header + "NICK {0}\r\nUSER u 0 * :u\r\nWHOIS {0}\r\n");
            for (var cut = 1; cut < bytes.Length; cut++)
            {
                using var client = new IrcClient(server.EndPoint("auto"));
                var nick = $"n{cut}";
                client.SendBytes(Fill(bytes.AsSpan(0, cut), nick));
                client.SendBytes(Fill(bytes.AsSpan(cut), nick));
                client.Send("QUIT");
            }

            // The last one has its answers, so those before it have been served too.
            using var last = new IrcClient(server.EndPoint("auto"));
            last.SendBytes(Encoding.Latin1.GetBytes(header));
            Assert.Equal("192.0.2.1", AddressOf(last.LogIn("last")));
        }
    }

    [Fact]
    public void Header_comes_before_every_protocol()
    {
        using var server = Start();
        using var scene = new Scene(server);
        var alice = scene.Track(server.ConnectLines());
        alice.SendBytes(Encoding.Latin1.GetBytes(Line4));
        scene.Enter(alice, "alice");
        var robot = scene.Track(server.ConnectFrames());
        robot.SendBytes(Encoding.Latin1.GetBytes(Block4));
        var bob = scene.Track(server.ConnectLines("auto"));
        bob.SendBytes(Encoding.Latin1.GetBytes(Block4));
        bob.Send("/ping first");
        Assert.Contains("* pong first", bob.ReadUntil(line => line == "* pong first"));
        robot.Sync();
        alice.ExpectNothing();
    }

    [Fact]
    public void Limits_count_the_real_address_and_never_the_proxys()
    {
        using var server = Start("--max-per-ip", "1", "--connect-rate", "2", "--limit-loopback", "on", "-v");
        using var scene = new Scene(server);
        for (var i = 0; i < 5; i++)
        {
            scene.Line("direct");
        }

        var first = scene.Track(server.ConnectLines());
        first.SendBytes(Encoding.Latin1.GetBytes(Line4));
        first.Expect("* Welcome to MuxChat! ...");
        Expect("! your address has 1 connections, the maximum: close one first", Block4);
        var other = scene.Track(server.ConnectLines());
        other.SendBytes(Encoding.Latin1.GetBytes(Line6));
        other.Expect("* Welcome to MuxChat! ...");
        first.Send("/quit");
        first.ReadToEnd();
        first.Dispose();
        server.Errors.WaitFor(line => line.Contains("closed 192.0.2.1:56324 via 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains("Quit", StringComparison.Ordinal));
        Expect("* Welcome to MuxChat! ...", Line4);
        Expect("! your address connects too often (at most 2 times a minute): wait a minute", Line4);
        Assert.Contains(server.Errors.Lines, line =>
            line.Contains("turned 192.0.2.1:56324 via 127.0.0.1:", StringComparison.Ordinal));

        void Expect(string told, string header)
        {
            using var client = server.ConnectLines();
            client.SendBytes(Encoding.Latin1.GetBytes(header));
            client.Expect(told);
        }
    }

    [Fact]
    public void Header_comes_before_the_handshake_of_tls()
    {
        using var server = TlsServers.Start([.. tls.Certificate, "--proxy-from", "127.0.0.1", "--max-per-ip", "1", "--listen",
            "auto+tls://127.0.0.1:0", "--listen", "auto://127.0.0.1:0"]);
        foreach (var (listener, header, address) in new[]
        {
            ("auto+tls", Line4, "192.0.2.1"), ("auto", Block4.Replace("\u00c0\0\u0002\u0001", "\u00c0\0\u0002\u0002",
                StringComparison.Ordinal), "192.0.2.2"),
        })
        {
            using var client = new IrcClient(server.EndPoint(listener));
            client.SendBytes(Encoding.Latin1.GetBytes(header));
            client.StartTls();
            Assert.Equal(address, AddressOf(client.LogIn(Scene.NewNick("a"))));

            // A second one of this address gets no handshake. On auto the server does not know yet that it wants one.
            using var second = new IrcClient(server.EndPoint(listener));
            second.SendBytes(Encoding.Latin1.GetBytes(header));
            Assert.Equal(listener == "auto", second.ReadToEnd().Length > 0);
        }
    }

    [Fact]
    public void Listed_peer_that_says_nothing_is_closed_in_time()
    {
        using var server = Start("--handshake-s", "1");
        using var client = server.ConnectLines();
        Assert.Empty(client.ReadToEnd());
        Assert.NotNull(server.Errors.WaitFor(static line => line.Contains("did not open: its time was up", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("PROXY nonsense\r\n", "a PROXY line is malformed")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 99999\r\n", "a PROXY line is malformed")]
    [InlineData(Signature + "1\u0011\0\0", "a PROXY header has version 3")]
    [InlineData(Signature + "!\u0011\u00ff\u00ff", "a PROXY header announces 65535 bytes, and at most 4096 are allowed")]
    public void Malformed_header_is_closed_and_logged(string header, string why)
    {
        using var server = Start();
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        using var client = server.ConnectLines("auto");
        client.SendBytes([.. Encoding.Latin1.GetBytes(header), .. "hello\n"u8]);
        client.ReadToEnd();
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains($"{client.LocalName} did not open: {why}", StringComparison.Ordinal)));
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Header_of_an_unlisted_peer_is_refused_and_no_word_of_it_is_said(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        (string, string)[] all = [("auto", Line4), ("auto", Block4), ("line", Line6), ("line", Local)];
        foreach (var (listener, header) in all)
        {
            using var client = server.ConnectLines(listener);
            client.SendBytes(Encoding.Latin1.GetBytes(header + "hello\r\n"));
            Assert.EndsWith("ERROR no PROXY header is taken from this address\r\n", Encoding.UTF8.GetString(client.ReadToEnd()),
                StringComparison.Ordinal);
        }

        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains("it sent a PROXY header, and --proxy-from does not list its address", StringComparison.Ordinal)));
        Assert.DoesNotContain(alice.Ping(), line => line.Contains('<', StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_addresses_of_the_block_are_proxies()
    {
        using var server = ServerProcess.Start("--proxy-from", "127.0.0.2", "--proxy-from", "10.0.0.0/8");
        using var client = server.ConnectLines();
        client.SendBytes(Encoding.Latin1.GetBytes(Line4));
        Assert.EndsWith("ERROR no PROXY header is taken from this address\r\n", Encoding.UTF8.GetString(client.ReadToEnd()),
            StringComparison.Ordinal);
    }

    internal static string AddressOf(IrcClient client)
    {
        client.Send("WHOIS " + client.Nick);
        var shown = client.Ping().Single(line => line.Contains(" 378 ", StringComparison.Ordinal));
        return shown[(shown.LastIndexOf(' ') + 1)..];
    }

    private static ServerProcess Start(params string[] options) => ServerProcess.Start(["--proxy-from", "127.0.0.1", .. options]);

    private static byte[] Fill(ReadOnlySpan<byte> pattern, string nick) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(pattern).Replace("{0}", nick, StringComparison.Ordinal));
}
