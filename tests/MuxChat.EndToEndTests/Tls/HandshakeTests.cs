using System.Net.Sockets;
using System.Text;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>Handshakes that fail, stop in the middle, or come by the thousand.</summary>
public sealed class HandshakeTests(TlsServers servers) : IClassFixture<TlsServers>
{
    private const int HalfOpen = 1000;

    // The start of a ClientHello of TLS 1.2, of 512 bytes.
    private static readonly byte[] Part = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. new byte[20]];

    [Theory]
    [InlineData("line+tls", "GET / HTTP/1.1\r\n\r\n")]
    [InlineData("line+tls", "hello\n")]
    [InlineData("auto+tls", "\x80\x2e\x01\x00\x02")]
    [InlineData("irc+tls", "NICK x\r\n")]
    public void Client_without_TLS_on_a_TLS_listener_is_closed_and_hears_nothing(string listener, string said)
    {
        using var client = new LineClient(servers.Server.EndPoint(listener));
        client.SendBytes(Encoding.Latin1.GetBytes(said));
        client.ExpectEnd();
    }

    [Fact]
    public void Failed_handshake_is_one_line_of_the_log_with_the_address_and_the_reason()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "line+tls://127.0.0.1:0"]);
        using var first = new LineClient(server.EndPoint("line+tls"));
        first.SendBytes("hello\n"u8);
        first.ExpectEnd();
        using var second = new LineClient(server.EndPoint("line+tls"));
        second.SendBytes("hello\n"u8);
        second.ExpectEnd();
        var logged = server.Errors.WaitFor(static line => line.Contains("did not open", StringComparison.Ordinal));
        const string Why = "TLS: the client did not speak TLS";
        Assert.EndsWith($"the connection of {first.LocalName} did not open: {Why}", logged, StringComparison.Ordinal);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.Single(server.Errors.Lines, static line => line.Contains("did not open", StringComparison.Ordinal));
    }

    [Fact]
    public void Handshake_that_stops_in_the_middle_is_closed_in_time_without_a_word()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "line+tls://127.0.0.1:0", "--listen",
            "auto://127.0.0.1:0", "--handshake-s", "1"]);
        using var silent = new LineClient(server.EndPoint("line+tls"));
        using var half = new LineClient(server.EndPoint("auto"));
        half.SendBytes(Part);
        Assert.Empty(silent.ReadToEnd());
        Assert.Empty(half.ReadToEnd());
        Assert.NotNull(server.Errors.WaitFor(static line => line.Contains("did not open: its time was up", StringComparison.Ordinal)));
    }

    [Fact]
    public void Thousand_handshakes_that_stop_in_the_middle_do_not_disturb_those_who_talk()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "line+tls://127.0.0.1:0", "--listen",
            "line://127.0.0.1:0"]);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var bob = scene.Enter(scene.Track(server.ConnectLines("line+tls")), "bob");
        alice.Sync();
        var half = new List<Socket>();
        try
        {
            for (var i = 0; i < HalfOpen; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                half.Add(socket);
                socket.Connect(server.EndPoint("line+tls"));
                socket.Send(Part.AsSpan(0, i % Part.Length));
                if (i % 100 == 0)
                {
                    bob.Send($"line {i}");
                    alice.Expect($"<{bob.Nick}> line {i}");
                }
            }

            bob.Send("all are there");
            alice.Expect($"<{bob.Nick}> all are there");
            using var late = server.ConnectLines("line+tls");
            late.Expect("* Welcome to MuxChat! ...");
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }
        finally
        {
            half.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact]
    public void Full_server_says_nothing_before_a_handshake()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "line+tls://127.0.0.1:0", "--max-clients", "1"]);
        using var first = server.ConnectLines("line+tls");
        first.Expect("* Welcome to MuxChat! ...");
        using var second = new LineClient(server.EndPoint("line+tls"));
        Assert.Empty(second.ReadToEnd());
    }
}
