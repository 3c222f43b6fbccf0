using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>The parts of IRC that know of TLS: mode Z, 671, 276, and strict transport security (IRCv3 sts).</summary>
public sealed class IrcOverTlsTests(TlsServers servers) : IClassFixture<TlsServers>
{
    [Fact]
    public void Client_over_TLS_has_mode_Z_and_all_see_671()
    {
        using var scene = new Scene(servers.Server);
        var alice = Login(scene.Track(servers.Server.ConnectIrc("irc+tls")), "alice");
        Assert.Contains($":{alice.Nick} MODE {alice.Nick} :+Z", Answers(alice, "PING 1", " PONG "), StringComparer.Ordinal);
        Assert.Contains($":muxchat.local 221 {alice.Nick} +Z", Answers(alice, $"MODE {alice.Nick}", " 221 "), StringComparer.Ordinal);
        Assert.Contains($":muxchat.local 221 {alice.Nick} +Z", Answers(alice, $"MODE {alice.Nick} -Z\r\nMODE {alice.Nick}", " 221 "));

        var bob = Login(scene.Track(new IrcClient(servers.Server.EndPoint("auto"))), "bob");
        var whoIs = Answers(bob, $"WHOIS {alice.Nick}", " 318 ");
        Assert.Contains($":muxchat.local 671 {bob.Nick} {alice.Nick} :is using a secure connection", whoIs);
        Assert.DoesNotContain(whoIs, Is276);
        Assert.DoesNotContain(Answers(alice, $"WHOIS {bob.Nick}", " 318 "), Is671);
        Assert.Contains($":muxchat.local 221 {bob.Nick} +", Answers(bob, $"MODE {bob.Nick}", " 221 "));
    }

    [Theory]
    [InlineData("irc+tls", "irc")]
    [InlineData("irc+tls", null)]
    [InlineData("auto+tls", null)]
    public void Fingerprint_of_a_client_certificate_is_shown_to_the_client_itself_only(string listener, string? protocol)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var scene = new Scene(servers.Server);
        var alice = scene.Track(new IrcClient(servers.Server.EndPoint(listener)));
        alice.StartTls("chat.test", certificate: certificate, protocols: protocol is null ? [] : [protocol]);
        Login(alice, "alice");
        var fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLower(CultureInfo.InvariantCulture);
        Assert.Contains($":muxchat.local 276 {alice.Nick} {alice.Nick} :has client certificate fingerprint {fingerprint}",
            Answers(alice, $"WHOIS {alice.Nick}", " 318 "));
        var bob = Login(scene.Track(servers.Server.ConnectIrc("irc+tls")), "bob");
        Assert.DoesNotContain(Answers(bob, $"WHOIS {alice.Nick}", " 318 "), Is276);
    }

    [Fact]
    public void Client_certificate_is_asked_for_only_if_the_admin_says_so()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alice", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "ircs://127.0.0.1:0"]);
        using var alice = new IrcClient(server.EndPoint("ircs"));
        alice.StartTls("chat.test", certificate: certificate, protocols: ["irc"]);
        Login(alice, "alice");
        var whoIs = Answers(alice, $"WHOIS {alice.Nick}", " 318 ");
        Assert.Contains(whoIs, Is671);
        Assert.DoesNotContain(whoIs, Is276);
    }

    [Fact]
    public void Policy_is_a_port_on_plain_connections_and_a_duration_over_TLS_for_names_on_the_list()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--sts", "Chat.Test", "--sts-duration-s", "300",
            "--listen", "irc://127.0.0.1:0", "--listen", "auto+tls://127.0.0.1:0", "--listen", "ircs://127.0.0.1:0"]);
        var port = server.EndPoint("ircs").Port;
        using var plain = new IrcClient(server.EndPoint("irc"));
        plain.Send("CAP LS 302");
        Assert.EndsWith($" sts=port={port}", plain.Read(), StringComparison.Ordinal);
        plain.Send("CAP REQ :sts");
        Assert.Equal(":muxchat.local CAP * NAK :sts", plain.Read());
        using var old = new IrcClient(server.EndPoint("irc"));
        old.Send("CAP LS");
        Assert.DoesNotContain("sts", old.Read(), StringComparison.Ordinal);

        foreach (var (name, has) in ((string, bool)[])[("chat.test", true), ("CHAT.test", true), ("other.test", false)])
        {
            using var secure = new IrcClient(server.EndPoint("ircs"));
            secure.StartTls(name);
            secure.Send("CAP LS 302");
            Assert.Equal(has, secure.Read().EndsWith(" sts=duration=300", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Policy_is_not_for_clients_that_could_not_follow_it()
    {
        using var folder = new DataFolder();
        using var server = TlsServers.Start([.. servers.Certificate, "--sts", "chat.test", "--proxy-from", "127.0.0.1",
            "--gateway", "127.0.0.2:" + SharedServers.Root["root:".Length..], "--listen", "auto://127.0.0.1:0",
            "--listen", "ircs://127.0.0.1:0", "--listen", $"irc+unix://{folder.Path}/irc"]);
        using var local = server.ConnectIrc("irc+unix");
        local.Send("CAP LS 302");
        Assert.DoesNotContain("sts=", local.Read(), StringComparison.Ordinal);

        // Whatever its own TLS is, it ends at the proxy.
        using var web = new IrcClient(server.EndPoint("auto"));
        web.SendBytes("GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"u8);
        web.SendBytes("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"u8);
        web.SendBytes([0x81, 0x8A, 0, 0, 0, 0, .. "CAP LS 302"u8, 0x88, 0x80, 0, 0, 0, 0]);
        var heard = Encoding.UTF8.GetString(web.ReadToEnd());
        Assert.Contains("CAP * LS :account-notify", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("sts=", heard, StringComparison.Ordinal);
    }

    [Fact]
    public void Port_for_sts_only_gives_the_policy_to_clients_that_understand_it()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--sts", "chat.test", "--listen", "irc://127.0.0.1:0?sts=only",
            "--listen", "ircs://127.0.0.1:0"]);
        using var old = new IrcClient(server.EndPoint("irc"));
        old.Send("CAP LS");
        Assert.Equal(":muxchat.local CAP * LS :", old.Read());
    }

    [Fact]
    public void Port_for_sts_only_names_the_other_port_and_lets_nobody_in()
    {
        using var server = TlsServers.Start([.. servers.Certificate, "--sts", "chat.test", "--listen", "irc://127.0.0.1:0?sts=only",
            "--listen", "ircs://127.0.0.1:0"]);
        var port = server.EndPoint("ircs").Port;
        using var knows = new IrcClient(server.EndPoint("irc"));
        knows.Send("CAP LS 302\r\nNICK a\r\nUSER a 0 * :a");
        Assert.Equal($":muxchat.local CAP * LS :sts=port={port}", knows.Read());
        knows.Send("CAP END");
        Assert.Equal($"ERROR :Closing link: use TLS, on port {port}", knows.Read());
        knows.ExpectEnd();

        using var old = new IrcClient(server.EndPoint("irc"));
        old.Send("NICK a\r\nUSER a 0 * :a");
        Assert.Equal($"ERROR :Closing link: use TLS, on port {port}", old.Read());
        old.ExpectEnd();
    }

    [Theory]
    [InlineData("--sts a b is no host name", "--sts", "a b", "--listen", "ircs://127.0.0.1:0")]
    [InlineData("--sts does nothing without a listener for IRC over TLS", "--sts", "a.test", "--listen", "line+tls://127.0.0.1:0")]
    [InlineData("--listen irc://127.0.0.1:0?sts=only needs --sts NAME", "--listen", "irc://127.0.0.1:0?sts=only")]
    [InlineData("--listen irc://127.0.0.1:0: sts takes only", "--listen", "irc://127.0.0.1:0?sts=on")]
    public void Mistake_in_a_policy_is_one_line_and_exit_code_2(string says, params string[] options) =>
        OneLine.Expect(OneLine.Usage, says, [.. servers.Certificate, .. options]);

    private static bool Is276(string line) => line.Contains(" 276 ", StringComparison.Ordinal);

    private static bool Is671(string line) => line.Contains(" 671 ", StringComparison.Ordinal);

    private static IrcClient Login(IrcClient client, string name)
    {
        client.Nick = Scene.NewNick(name);
        client.Send("NICK " + client.Nick);
        client.Send("USER x 0 * :x");
        return client;
    }

    private static List<string> Answers(IrcClient client, string request, string last)
    {
        client.Send(request);
        var lines = new List<string>();
        do
        {
            lines.Add(client.Read(last));
        }
        while (!lines[^1].Contains(last, StringComparison.Ordinal));
        return lines;
    }
}
