using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>OpenSSL's client and curl: each verifies the certificate that <c>muxchat cert</c> wrote.</summary>
[Trait("run", "deep")]
public sealed class ClientProgramTests(TlsServers servers) : IClassFixture<TlsServers>
{
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
        Assert.SkipUnless(Muxchat.Run(["--help"]).OutputText.Contains(" http", StringComparison.Ordinal), "this build serves no HTTP");
        using var server = TlsServers.Start([.. servers.Certificate, "--listen", "https://127.0.0.1:0"]);
        var port = server.EndPoint("https").Port;
        var ended = Run("", ["curl", "-sS", "--cacert", CertificateFile, "--resolve", $"chat.test:{port}:127.0.0.1", "-o", "/dev/null",
            "-w", "%{http_code} %{ssl_verify_result}", $"https://chat.test:{port}/"]);
        Assert.Equal("200 0", ended.OutputText);
    }

    private static void Require(string program) => Assert.SkipUnless(Programs.IsInPath(program), $"{program} is not installed");

    private static ProgramRun Run(string input, IEnumerable<string> words)
    {
        var start = Programs.Command(words);
        start.RedirectStandardInput = true;
        return ProgramRun.Of(start, Guard.Ms, input);
    }
}
