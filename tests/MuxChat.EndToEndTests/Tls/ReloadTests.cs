using System.Security.Cryptography.X509Certificates;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Metrics;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>New certificates while the server runs, by SIGHUP and by REHASH: connections stay, and a bad file changes nothing.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly string[] _options;

    public ReloadTests()
    {
        _options = TlsServers.MakeCertificate(_folder.Path, "old.test");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hang_up_signal_reads_certificates_and_message_again_and_touches_no_connection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        var motd = Path.Combine(_folder.Path, "motd");
        File.WriteAllText(motd, "old words\n");
        using var server = TlsServers.Start([.. _options, "--listen", "line+tls://127.0.0.1:0", "--motd", motd]);
        using var alice = server.ConnectLines("line+tls");
        alice.ReadUntil(static line => line == "* old words");
        Assert.Equal("CN=old.test", alice.ServerCertificate!.Subject);

        Replace("new.test");
        File.WriteAllText(motd, "new words\n");
        server.Signal("HUP");
        Assert.NotNull(server.Errors.WaitFor(static line => line.EndsWith("files were read again: done", StringComparison.Ordinal)));
        using var bob = server.ConnectLines("line+tls");
        bob.ReadUntil(static line => line == "* new words");
        Assert.Equal("CN=new.test", bob.ServerCertificate!.Subject);
        alice.Sync();

        File.WriteAllText(_options[1], "nonsense");
        server.Signal("HUP");
        Assert.NotNull(server.Errors.WaitFor(static line => line.Contains("the old certificates stay: ", StringComparison.Ordinal)
            && line.Contains("there is no certificate in PEM form", StringComparison.Ordinal)));
        using var carol = server.ConnectLines("line+tls");
        Assert.Equal("CN=new.test", carol.ServerCertificate!.Subject);
        alice.Sync();
        bob.Sync();
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Rehash_reads_certificates_again_and_tells_the_operator_of_a_bad_file()
    {
        using var server = TlsServers.Start(
            [.. _options, "--listen", "line+tls://127.0.0.1:0", "--oper", SharedServers.Root]);
        using var alice = server.ConnectLines("line+tls");
        alice.Send("/oper root secret");
        alice.ReadUntil(static line => line == "* you are a server operator");
        Replace("new.test");
        alice.Send("/rehash");
        alice.ReadUntil(static line => line == "* the server's files were read again");
        using var bob = server.ConnectLines("line+tls");
        Assert.Equal("CN=new.test", bob.ServerCertificate!.Subject);
        File.Delete(_options[3]);
        alice.Send("/rehash");
        alice.ReadUntil(static line => line == "! a file of the server could not be read again: see the server's log");
        using var carol = server.ConnectLines("line+tls");
        Assert.Equal("CN=new.test", carol.ServerCertificate!.Subject);
    }

    [Fact]
    public async Task Expiry_on_the_metrics_page_is_that_of_the_certificates_in_use()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        var cancel = TestContext.Current.CancellationToken;
        using var server = TlsServers.Start([.. _options, "--listen", "line+tls://127.0.0.1:0", "--admin", "http://127.0.0.1:0"]);
        using var browser = new HttpClient { BaseAddress = new Uri($"http://{server.AdminEndPoint}") };
        async Task<double> ShownAsync() =>
            ExpositionText.Parse(await browser.GetStringAsync("/metrics", cancel))["muxchat_certificate_expiration_timestamp_seconds"];
        double Written() =>
            new DateTimeOffset(X509CertificateLoader.LoadCertificateFromFile(_options[1]).NotAfter.ToUniversalTime()).ToUnixTimeSeconds();
        Assert.Equal(Written(), await ShownAsync());
        var before = Written();
        while (Written() == before)
        {
            Replace("new.test");
        }

        server.Signal("HUP");
        server.Errors.WaitFor(static line => line.EndsWith("files were read again: done", StringComparison.Ordinal));
        Assert.Equal(Written(), await ShownAsync());
    }

    [Fact]
    public void Hang_up_signal_without_files_changes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var server = TlsServers.Start("--listen", "line://127.0.0.1:0");
        using var alice = server.ConnectLines();
        server.Signal("HUP");
        Assert.NotNull(server.Errors.WaitFor(
            static line => line.EndsWith("there is no --motd and no --tls-cert", StringComparison.Ordinal)));
        alice.Sync();
    }

    private void Replace(string name)
    {
        Array.ForEach(Directory.GetFiles(_folder.Path, "*.pem"), File.Delete);
        TlsServers.MakeCertificate(_folder.Path, name);
    }
}
