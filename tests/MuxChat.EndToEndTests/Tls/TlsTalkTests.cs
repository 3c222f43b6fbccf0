using System.Security.Authentication;
using System.Text;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>Clients over TLS talk as any others, with each other and with those without it.</summary>
public sealed class TlsTalkTests(TlsServers servers) : IClassFixture<TlsServers>
{
    private readonly ServerProcess _server = servers.Server;

    [Fact]
    public void Room_holds_clients_of_every_protocol_with_and_without_TLS()
    {
        using var scene = new Scene(_server);
        var plain = scene.Line("plain");
        var auto = scene.Enter(scene.Track(_server.ConnectLines("auto+tls")), "auto");
        var line = scene.Enter(scene.Track(_server.ConnectLines("line+tls")), "line");
        var robot = scene.Track(_server.ConnectFrames("frame+tls"));
        var irc = scene.Track(_server.ConnectIrc("ircs"));
        foreach (var client in (LineClient[])[plain, auto, line])
        {
            client.Send("hello from " + client.Nick);
            foreach (var other in ((LineClient[])[plain, auto, line]).Where(other => other != client))
            {
                other.Expect($"<{client.Nick}> hello from {client.Nick}");
            }
        }

        robot.Nick = Scene.NewNick("robot");
        robot.Send($$"""{"type":"nick","nick":"{{robot.Nick}}"}""", $$"""{"type":"join","room":"{{scene.Room}}"}""");
        plain.ReadUntil(line => line == $"* {robot.Nick} joined {scene.Room}");
        robot.Send($$"""{"type":"say","room":"{{scene.Room}}","text":"from a robot"}""");
        plain.Expect($"<{robot.Nick}> from a robot");
        irc.Nick = Scene.NewNick("irc");
        irc.Send("NICK " + irc.Nick);
        irc.Send("USER irc 0 * :irc");
        irc.Send("JOIN " + scene.Room);
        plain.ReadUntil(line => line == $"* {irc.Nick} joined {scene.Room}");
        irc.Send($"PRIVMSG {scene.Room} :from IRC");
        plain.Expect($"<{irc.Nick}> from IRC");
    }

    [Fact]
    public void Text_without_an_end_is_said_only_after_the_goodbye_of_TLS()
    {
        using var scene = new Scene(_server);
        var bob = scene.Line("bob");
        var alice = scene.Enter(scene.Track(_server.ConnectLines("line+tls")), "alice");
        alice.SendBytes("cut sho"u8);
        alice.Dispose();
        bob.Expect($"* {alice.Nick} quit: connection closed");
        scene.Forget(alice);
        var carol = scene.Enter(scene.Track(_server.ConnectLines("line+tls")), "carol");
        carol.SendBytes("goodbye"u8);
        carol.ShutdownSend();
        bob.Expect($"<{carol.Nick}> goodbye", $"* {carol.Nick} quit: connection closed");
        bob.ExpectNothing();
    }

    [Theory]
    [InlineData("auto", SslProtocols.Tls12)]
    [InlineData("auto", SslProtocols.Tls13)]
    [InlineData("auto+tls", SslProtocols.Tls12)]
    [InlineData("auto+tls", SslProtocols.Tls13)]
    public void Silent_client_is_greeted_and_speaks_either_version(string listener, SslProtocols version)
    {
        using var client = new LineClient(_server.EndPoint(listener));
        client.StartTls("chat.test", version);
        client.Expect("* Welcome to MuxChat! ...", "* you are in ...");
        Assert.Equal("CN=chat.test", client.ServerCertificate!.Subject);
        client.Send("/quit");
        Assert.Equal("* goodbye: you quit", client.ReadLinesToEnd()[^1]);
        Assert.False(client.WasReset);
    }

    [Theory]
    [InlineData("irc", "irc")]
    [InlineData("h2,http/1.1,irc", "irc")]
    [InlineData("h2,xmpp-client", "")]
    public void Application_protocol_that_is_not_offered_does_not_fail_the_handshake(string offered, string agreed)
    {
        using var client = new IrcClient(_server.EndPoint("ircs"));
        client.StartTls("chat.test", protocols: offered.Split(','));
        Assert.Equal(agreed, client.AgreedProtocol);
        client.Send("PING 1");
        Assert.Contains("PONG", client.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("auto+tls")]
    public void Silent_client_that_agreed_on_IRC_is_not_taken_for_a_person(string listener)
    {
        using var client = new IrcClient(_server.EndPoint(listener));
        client.StartTls("chat.test", protocols: ["irc"]);
        client.Send("MODE");
        Assert.Equal(":muxchat.local 451 * :You have not registered", client.Read());
    }

    [Fact]
    public void Auto_listener_with_a_certificate_serves_plain_clients_as_before()
    {
        using var silent = new LineClient(_server.EndPoint("auto"));
        silent.Expect("* Welcome to MuxChat! ...", "* you are in ...");
        using var robot = new FrameClient(_server.EndPoint("auto"));
        robot.Send("""{"type":"ping","id":"1"}""");
        robot.Sync();
    }

    [Fact]
    public void Handshake_after_a_greeting_is_turned_away_with_an_alert()
    {
        using var client = new LineClient(_server.EndPoint("auto"));
        client.Expect("* Welcome to MuxChat! ...");
        client.ReadUntil(static line => line.StartsWith("* you are in ", StringComparison.Ordinal));
        client.SendBytes([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]);
        Assert.Equal([21, 3, 1, 0, 2, 2, 40], Skip(client.ReadToEnd(), 21));
    }

    [Fact]
    public void Client_that_ends_its_side_gets_the_rest()
    {
        using var client = _server.ConnectLines("line+tls");
        client.Send("/ping 1");
        client.ShutdownSend();
        Assert.Contains("* pong 1", client.ReadLinesToEnd());
        Assert.False(client.WasReset);
    }

    [Fact]
    public void Long_texts_both_ways_come_whole_and_in_order()
    {
        using var echo = new LineClient(_server.EndPoint("echo+tls"), receiveBufferBytes: 4096);
        echo.StartTls();
        var said = string.Concat(Enumerable.Range(0, 20_000).Select(static n => $"line {n}\n"));
        Together.Run(
            () => echo.SendBytes(Encoding.ASCII.GetBytes(said)),
            () => Array.ForEach(said.Split('\n')[..^1], echo.Expect));
    }

    [Fact]
    public void Last_words_of_a_client_that_resets_are_heard()
    {
        using var scene = new Scene(_server);
        var alice = scene.Line("alice");
        var bob = scene.Enter(scene.Track(_server.ConnectLines("line+tls")), "bob");
        alice.Sync();
        bob.Send("one", "two", "three");
        bob.Reset();
        alice.Expect($"<{bob.Nick}> one", $"<{bob.Nick}> two", $"<{bob.Nick}> three");
        alice.ReadUntil(line => line.StartsWith($"* {bob.Nick} quit: connection ", StringComparison.Ordinal));
    }

    private static byte[] Skip(byte[] bytes, byte first) => bytes[Array.IndexOf(bytes, first)..];
}
