using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MuxChat.Sockets.Tls;

/// <summary>Makes a certificate that no authority has signed, to try TLS or for a server whose users compare its fingerprint.</summary>
public static class SelfSignedCertificate
{
    /// <summary>Extended key usage: a TLS server (RFC 5280, section 4.2.1.12).</summary>
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    /// <summary>The longest common name (RFC 5280, appendix A.1, ub-common-name).</summary>
    private const int MaxCommonName = 64;

    /// <summary>Makes a certificate with a new key on the curve P-256.</summary>
    /// <param name="names">The host names and IP addresses of the server: at least one.</param>
    /// <param name="from">When it begins to be valid.</param>
    /// <param name="until">When it expires.</param>
    /// <returns>The certificate and its key, in PEM form.</returns>
    public static (string Certificate, string Key) Create(IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(names.FirstOrDefault(static name => name.Length <= MaxCommonName) ?? "muxchat");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUsage)], critical: false));
        using var made = request.CreateSelfSigned(from, until);
        return (made.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
