using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary><c>muxchat cert</c> through the built program, and the mistakes in the files that <c>--tls-cert</c> names.</summary>
public sealed class CertTests : IDisposable
{
    // Made by: openssl req -x509 -newkey ed25519 -nodes -days 36500 -subj /CN=ed.test
    private const string Ed25519Certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBOjCB7aADAgECAhQ8t2lNgS5WqB0kp/N4PBi4bX2T1jAFBgMrZXAwEjEQMA4G
        A1UEAwwHZWQudGVzdDAgFw0yNjExMjkyMjI4NTdaGA8yMTI2MTEwNTIyMjg1N1ow
        EjEQMA4GA1UEAwwHZWQudGVzdDAqMAUGAytlcAMhACL3DMXtw5xtmUE96iJ5qtzU
        d/1ethRFj+IeHO864Xlao1MwUTAdBgNVHQ4EFgQUvbW2ID+ObFG+N95u8TdReB81
        aOQwHwYDVR0jBBgwFoAUvbW2ID+ObFG+N95u8TdReB81aOQwDwYDVR0TAQH/BAUw
        AwEB/zAFBgMrZXADQQBe6TvwAdd4tpmTGUlHhxGECC/5YRb/daBeoThgRsXZRu5S
        rJE6XeTvX0FZ0ONezlu/rR361nNK822/BBvqjPsL
        -----END CERTIFICATE-----
        """;

    private const string Ed25519Key = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIK0ZrZs0HaiFDT7wvm2Y4ctObRv/Avp/NOEeBws1RBe6
        -----END PRIVATE KEY-----
        """;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Certificate_is_for_a_year_and_the_names_and_only_its_owner_reads_the_key()
    {
        var made = Muxchat.Run(["cert", _folder.Path, "--name", "chat.test", "--name", "10.1.2.3"]);
        Assert.Equal(0, made.ExitCode);
        var (certificate, key) = (Path.Combine(_folder.Path, "cert.pem"), Path.Combine(_folder.Path, "key.pem"));
        Assert.EndsWith("for chat.test, 10.1.2.3, localhost, 127.0.0.1, ::1", made.Output[0], StringComparison.Ordinal);
        Assert.Equal($"muxchat --tls-cert {certificate} --tls-key {key}", made.Output[^1]);

        using var read = X509Certificate2.CreateFromPemFile(certificate, key);
        Assert.True(read.MatchesHostname("chat.test") && read.MatchesHostname("localhost") && read.MatchesHostname("10.1.2.3"));
        Assert.False(read.MatchesHostname("other.test"));
        Assert.InRange((read.NotAfter - read.NotBefore).TotalDays, 365, 367);
        var fingerprint = Convert.ToHexString(read.GetCertHash(HashAlgorithmName.SHA256));
        Assert.Equal(fingerprint, made.Output[1].Split(": ")[1].Replace(":", "", StringComparison.Ordinal));
        Assert.Equal($"the same without colons, for WeeChat: {fingerprint}", made.Output[2]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }
    }

    [Theory]
    [InlineData("cert.pem", "key.pem")]
    [InlineData("key.pem", "cert.pem")]
    public void File_that_is_there_is_never_overwritten_and_no_half_of_a_pair_is_left(string there, string other)
    {
        var path = Path.Combine(_folder.Path, there);
        File.WriteAllText(path, "precious");
        var refused = Muxchat.Run(["cert", _folder.Path]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("already exists", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.False(File.Exists(Path.Combine(_folder.Path, other)));
    }

    [Fact]
    public void Wrong_name_is_one_line_and_exit_code_2() =>
        OneLine.Expect(OneLine.Usage, "cert: --name a b is no host name or IP address", ["cert", _folder.Path, "--name", "a b"]);

    [Theory]
    [InlineData("no certificate", "there is no certificate in PEM form in it", "nonsense", null)]
    [InlineData("no key", "there is no key in PEM form in it", null, "nonsense")]
    [InlineData("encrypted key", "the key is encrypted: decrypt it first", null, "-----BEGIN ENCRYPTED PRIVATE KEY-----")]
    [InlineData("cut certificate", "it cannot be read: ", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", null)]
    [InlineData("certificate without its end", "its certificate is cut off or malformed", "-----BEGIN CERTIFICATE-----\nMIIB\n", null)]
    [InlineData("Ed25519", "its key is neither RSA nor EC", Ed25519Certificate, Ed25519Key)]
    [InlineData("cut key", "its key is malformed, or belongs to another certificate", null,
        "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n")]
    public void File_that_cannot_be_used_is_one_line_and_exit_code_2(string what, string says, string? certificate, string? key)
    {
        string[] options = Make(what.Replace(' ', '-'));
        File.WriteAllText(options[1], certificate ?? File.ReadAllText(options[1]));
        File.WriteAllText(options[3], key ?? File.ReadAllText(options[3]));
        OneLine.Expect(OneLine.Usage, $"--tls-cert {options[1]} with --tls-key {options[3]}: {says}", options);
    }

    [Fact]
    public void Key_of_another_certificate_is_one_line_and_exit_code_2()
    {
        string[] first = Make("first");
        string[] second = Make("second");
        OneLine.Expect(OneLine.Usage, $"--tls-cert {first[1]} with --tls-key {second[3]}: its key is malformed, or belongs to another",
            ["--tls-cert", first[1], "--tls-key", second[3]]);
    }

    [Fact]
    public void Directory_without_a_name_is_one_line_and_exit_code_2()
    {
        var refused = Muxchat.Run(["cert", ""]);
        Assert.Equal((2, "muxchat: cert: DIR is empty: name a directory, such as certs"), (refused.ExitCode, refused.ErrorText));
    }

    [Fact]
    public void Missing_file_is_one_line_and_exit_code_2() => OneLine.Expect(OneLine.Usage,
        "cannot read --tls-cert /no/such/file: ", ["--tls-cert", "/no/such/file", "--tls-key", "/no/such/file"]);

    private string[] Make(string name) => Tls.TlsServers.MakeCertificate(Path.Combine(_folder.Path, name), $"{name}.test");
}
