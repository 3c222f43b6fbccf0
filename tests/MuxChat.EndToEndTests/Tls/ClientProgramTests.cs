using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>OpenSSL's client, curl and irssi: each verifies the certificate that <c>muxchat cert</c> wrote.</summary>
[Trait("run", "deep")]
public sealed class ClientProgramTests(TlsServers servers) : IClassFixture<TlsServers>
{
    // The server's limit, see docs/LIMITS.md.
    private const int MaxEmptyRecords = 64;

    private string CertificateFile => servers.Certificate[1];

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_3", "-alpn", "h2,irc")]
    [InlineData("-tls1_3", "-servername", "chat.test", "-verify_hostname", "chat.test")]
    public void Openssl_talks_and_ends_in_order(params string[] options)
    {
        Require("openssl");
        var ended = Run("hello\n/quit\n", ["openssl", "s_client", "-quiet", "-verify_return_error", "-CAfile", CertificateFile, "-connect",
            $"{servers.Server.EndPoint("line+tls")}", .. options]);
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("* goodbye: you quit", ended.Output[^1]);
    }

    [Fact]
    public void Curl_gets_a_page()
    {
        Require("curl");
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "https://127.0.0.1:0"]);
        var port = server.EndPoint("https").Port;
        var ended = Run("", ["curl", "-sS", "--cacert", CertificateFile, "--resolve", $"chat.test:{port}:127.0.0.1", "-o", "/dev/null",
            "-w", "%{http_code} %{ssl_verify_result}", $"https://chat.test:{port}/"]);
        Assert.Equal("200 0", ended.OutputText);
    }

    [Fact]
    public void Openssl_changes_the_keys_in_the_middle_of_the_talk()
    {
        Require("openssl");
        var start = Programs.Command(["openssl", "s_client", "-tls1_3", "-verify_return_error", "-CAfile", CertificateFile, "-connect",
            $"{servers.Server.EndPoint("line+tls")}"]);
        start.RedirectStandardInput = true;
        using var client = new ProgramProcess(start);
        client.Output.WaitFor(static line => line.StartsWith("* Welcome to MuxChat!", StringComparison.Ordinal));

        // A line K asks for new keys of both sides, k for those of the client's side: RFC 8446, section 4.6.3.
        foreach (var key in (string[])["K", "k", "K"])
        {
            var before = client.Errors.Count;
            client.TypeLine(key);
            client.Errors.WaitFor(before, static line => line == "KEYUPDATE");
            client.TypeLine($"/ping after {key} {before}");
            client.Output.WaitFor(line => line == $"* pong after {key} {before}");
        }

        // Without data between them, only some are taken.
        for (var i = 0; i <= MaxEmptyRecords; i++)
        {
            var before = client.Errors.Count;
            client.TypeLine("k");
            client.Errors.WaitFor(before, static line => line == "KEYUPDATE");
        }

        client.WaitForExit();
    }

    [Fact]
    public void Irssi_talks_in_a_room_over_TLS()
    {
        Require("irssi");
        using var home = new DataFolder();

        // irssi compares names, and no addresses.
        var certificate = TlsServers.MakeCertificate(home.Path, "localhost");
        using var server = TlsServers.Start([.. certificate, "--listen", "ircs://127.0.0.1:0", "--listen", "line://127.0.0.1:0"]);
        File.WriteAllText(Path.Combine(home.Path, "config"), $$"""
            servers = ( { address = "localhost"; family = "inet"; port = "{{server.EndPoint("ircs").Port}}"; chatnet = "mux";
                autoconnect = "yes"; use_tls = "yes"; tls_verify = "yes"; tls_cafile = "{{certificate[1]}}"; } );
            chatnets = { mux = { type = "IRC"; nick = "irmgard"; }; };
            channels = ( { name = "#lobby"; chatnet = "mux"; autojoin = "yes"; } );
            """);
        using var alice = server.ConnectLines("line");
        alice.Send("/nick alice");
        alice.Sync();
        using var irssi = new TerminalProcess(["irssi"], $"--home={home.Path}");
        alice.ReadUntil(static line => line == "* irmgard joined #lobby");
        irssi.Type("/msg #lobby hello over TLS\r/window goto #lobby\r");
        alice.Expect("<irmgard> hello over TLS");
        alice.Send("good to hear");
        irssi.ReadTo("good to hear");
        irssi.Type("/quit done\r");
        alice.ReadUntil(static line => line.StartsWith("* irmgard quit", StringComparison.Ordinal));
        Assert.Equal(0, irssi.WaitForExit());
    }

    private static void Require(string program) => Assert.SkipUnless(Programs.IsInPath(program), $"{program} is not installed");

    private static ProgramRun Run(string input, IEnumerable<string> words)
    {
        var start = Programs.Command(words);
        start.RedirectStandardInput = true;
        return ProgramRun.Of(start, Guard.Ms, input);
    }
}
