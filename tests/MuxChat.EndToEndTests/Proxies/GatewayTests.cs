using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MuxChat.EndToEndTests.Support;
using MuxChat.EndToEndTests.Tls;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Proxies;

/// <summary>IRC gateways, which name their clients' addresses with WEBIRC and prove themselves by a password.</summary>
public sealed class GatewayTests
{
    private const string Refused = "WEBIRC is not taken from this client";

    private static readonly string Gateway = "127.0.0.1:" + SharedServers.Root["root:".Length..];

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("0::7", "::7")]
    [InlineData("0::ffff:192.0.2.1", "192.0.2.1")]
    public void Client_has_the_address_that_its_gateway_names(string given, string shown)
    {
        using var server = ServerProcess.Start("--gateway", Gateway);
        foreach (var end in (string[])["", " :secure tls", " :"])
        {
            using var client = new IrcClient(server.EndPoint("auto"));
            client.Send($"WEBIRC secret gate host.example {given}{end}");
            Assert.Equal(shown, ProxyTests.AddressOf(client.LogIn(Scene.NewNick("a"))));
        }
    }

    [Theory]
    [InlineData("irc+tls", " :secure", "+Z")]
    [InlineData("irc+tls", " :tls secure", "+Z")]
    [InlineData("irc+tls", " :insecure secure=no", "+")]
    [InlineData("irc+tls", "", "+")]
    [InlineData("irc", " :secure", "+")]
    public void Client_is_secure_if_it_and_its_gateway_both_speak_TLS(string listener, string options, string modes)
    {
        using var folder = new DataFolder();
        string[] certificate = TlsServers.MakeCertificate(folder.Path, "chat.test");
        using var server = ServerProcess.Start(
            [.. certificate, "--gateway", Gateway, "--listen", $"{listener}://127.0.0.1:0", "--listen", "line://127.0.0.1:0"]);
        using var client = server.ConnectIrc(listener);
        client.Send($"WEBIRC secret gate host 192.0.2.1{options}");
        var nick = Scene.NewNick("a");
        client.LogIn(nick);
        client.Send($"MODE {nick}");
        Assert.Contains($":muxchat.local 221 {nick} {modes}", client.Ping());
    }

    [Fact]
    public void Client_behind_a_gateway_has_neither_the_gateways_certificate_nor_its_name_of_the_server()
    {
        using var folder = new DataFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = ServerProcess.Start([.. TlsServers.MakeCertificate(folder.Path, "chat.test"), "--tls-client-certs", "on",
            "--sts", "chat.test", "--gateway", Gateway, "--listen", "ircs://127.0.0.1:0"]);
        using var client = new IrcClient(server.EndPoint("ircs"));
        client.StartTls("chat.test", certificate: certificate, protocols: ["irc"]);
        client.Send("WEBIRC secret gate host 192.0.2.1 :secure");
        client.Send("CAP LS 302");
        Assert.DoesNotContain("sts=", client.Read(), StringComparison.Ordinal);
        client.Send("CAP END");
        var nick = Scene.NewNick("a");
        client.LogIn(nick);
        client.Send($"WHOIS {nick}");
        var whoIs = client.Ping();
        Assert.Contains(whoIs, static line => line.Contains(" 671 ", StringComparison.Ordinal));
        Assert.DoesNotContain(whoIs, static line => line.Contains(" 276 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Login_waits_for_the_answer_and_nothing_of_it_is_lost()
    {
        using var server = ServerProcess.Start("--gateway", Gateway);
        using var client = new IrcClient(server.EndPoint("auto"));
        client.SendBytes("WEBIRC secret gate host 192.0.2.1\r\nNICK ann\r\nUSER u 0 * :u\r\nJOIN #a\r\n"u8);
        client.Nick = "ann";
        Assert.Equal("192.0.2.1", ProxyTests.AddressOf(client));
    }

    [Theory]
    [InlineData("WEBIRC wrong gate host 192.0.2.1", "wrong password")]
    [InlineData("WEBIRC secret gate host nonsense", Refused)]
    [InlineData("WEBIRC secret gate host 192.0.2.1:80", Refused)]
    [InlineData("WEBIRC secret gate host 0.0.0.0", Refused)]
    [InlineData("WEBIRC secret gate host", Refused)]
    [InlineData("WEBIRC", Refused)]
    [InlineData("CAP LS 302|WEBIRC secret gate host 192.0.2.1", Refused)]
    [InlineData("NICK ann|WEBIRC secret gate host 192.0.2.1", Refused)]
    [InlineData("WEBIRC secret gate host 192.0.2.1|WEBIRC secret gate host 192.0.2.2", Refused)]
    [InlineData("NICK ann|USER u 0 * :u|JOIN #a|WEBIRC secret gate host 192.0.2.1", Refused)]
    public void Claim_that_is_wrong_or_late_ends_the_connection(string lines, string why)
    {
        using var server = ServerProcess.Start("--gateway", Gateway);
        using var client = new IrcClient(server.EndPoint("auto"));
        foreach (var line in lines.Split('|'))
        {
            client.Send(line);
        }

        client.TrySendBytes("NICK late\r\nUSER u 0 * :u\r\n"u8);
        var told = new List<string>();
        while (client.TryRead() is { } line)
        {
            told.Add(line);
        }

        Assert.Equal($"ERROR :Closing link: {why}", told[^1]);
        Assert.DoesNotContain(told, line => line.Contains("late", StringComparison.Ordinal));
    }

    [Fact]
    public void Others_than_gateways_are_refused_and_logged()
    {
        using var server = ServerProcess.Start("--gateway", "192.0.2.9" + Gateway[Gateway.IndexOf(':')..]);
        using var client = new IrcClient(server.EndPoint("auto"));
        client.Send("WEBIRC secret gate host 192.0.2.1");
        Assert.Equal($"ERROR :Closing link: {Refused}", client.Read());
        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains("it sent WEBIRC, which only a --gateway may send", StringComparison.Ordinal)));
    }

    [Fact]
    public void Wrong_password_is_logged_with_the_gateways_address()
    {
        using var server = ServerProcess.Start("--gateway", Gateway);
        using var client = new IrcClient(server.EndPoint("auto"));
        client.Send("WEBIRC wrong gate host 192.0.2.1");
        client.ReadToEnd();
        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains($"gateway {client.LocalName} gave a wrong password with WEBIRC", StringComparison.Ordinal)));
    }

    [Fact]
    public void Limits_count_the_client_and_never_the_gateway()
    {
        using var server = ServerProcess.Start("--gateway", Gateway, "--max-per-ip", "1", "--limit-loopback", "on", "-v");
        using var scene = new Scene(server);
        var clients = Enumerable.Range(1, 100).Select(number =>
        {
            var client = scene.Track(new IrcClient(server.EndPoint("auto")));
            client.Send($"WEBIRC secret gate host 192.0.2.{number}");
            return client;
        }).ToList();
        Assert.All(clients, client => client.LogIn(Scene.NewNick("c")));
        using var second = new IrcClient(server.EndPoint("auto"));
        second.Send("WEBIRC secret gate host 192.0.2.7");
        Assert.Contains("your address has 1 connections, the maximum", second.Read(), StringComparison.Ordinal);
        second.ReadToEnd();
        clients[6].Send("QUIT");
        clients[6].ReadToEnd();
        clients[6].Dispose();
        server.Errors.WaitFor(line => line.Contains("closed 192.0.2.7 via 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains("Quit", StringComparison.Ordinal));
        using var third = new IrcClient(server.EndPoint("auto"));
        third.Send("WEBIRC secret gate host 192.0.2.7");
        third.LogIn(Scene.NewNick("d"));
    }
}
