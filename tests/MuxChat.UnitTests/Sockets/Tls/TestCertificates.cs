using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MuxChat.Sockets.Tls;

namespace MuxChat.UnitTests.Sockets.Tls;

/// <summary>Certificates for tests, made once.</summary>
internal static class TestCertificates
{
    /// <summary>A certificate for <c>localhost</c> with an EC key.</summary>
    public static TlsCertificate Local { get; } = Read(Create("localhost", "127.0.0.1"));

    public static (string Certificate, string Key) Create(params string[] names) =>
        SelfSignedCertificate.Create(names, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));

    /// <summary>Makes a certificate with an RSA key.</summary>
    public static (string Certificate, string Key) CreateRsa(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static TlsCertificate Read((string Certificate, string Key) pem)
    {
        var read = TlsCertificate.TryRead(pem.Certificate, pem.Key, out var mistake);
        Assert.Equal("", mistake);
        return read!;
    }

    /// <summary>A server with these certificates; without any, with <see cref="Local"/>.</summary>
    public static TlsServer Server(params TlsCertificate[] certificates) =>
        new(new TlsCertificates(certificates.Length > 0 ? certificates : [Local]));
}
