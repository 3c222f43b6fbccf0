using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MuxChat.Sockets.Tls;

/// <summary>One certificate of the server with its key and its chain, as read from PEM texts (RFC 7468). Immutable.</summary>
public sealed class TlsCertificate
{
    // Object identifiers of keys: RFC 3279, sections 2.3.1 and 2.3.5.
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EcKey = "1.2.840.10045.2.1";

    private TlsCertificate(X509Certificate2 certificate, SslStreamCertificateContext context)
    {
        Certificate = certificate;
        Context = context;
        Names = [.. NamesOf(certificate).Select(static name => name.ToLowerInvariant()).Distinct()];
    }

    /// <summary>The names of the server in it, in lower case; one may begin with <c>*.</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Its subject, as text.</summary>
    public string Subject => Certificate.Subject;

    /// <summary>When it is valid from, in UTC.</summary>
    public DateTime ValidFrom => Certificate.NotBefore.ToUniversalTime();

    /// <summary>When it expires, in UTC.</summary>
    public DateTime Expires => Certificate.NotAfter.ToUniversalTime();

    internal X509Certificate2 Certificate { get; }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Reads a certificate, the rest of its chain after it, and its key. Takes some 10 ms: never call it on the loop.</summary>
    /// <param name="certificates">The certificates, the server's first.</param>
    /// <param name="key">The key, not encrypted.</param>
    /// <param name="mistake">Why it cannot be used, as a phrase; empty on success.</param>
    public static TlsCertificate? TryRead(string certificates, string key, out string mistake)
    {
        mistake = MistakeIn(certificates, key);
        if (mistake.Length > 0)
        {
            return null;
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificates);
            mistake = chain.Count == 0 ? "its certificate is cut off or malformed"
                : !HasKnownKey(chain[0]) ? "its key is neither RSA nor EC" : "";
            if (mistake.Length > 0)
            {
                return null;
            }

            mistake = "its key is malformed, or belongs to another certificate";
            using var made = X509Certificate2.CreateFromPem(certificates, key);
            mistake = "";

            // Not every system's cipher can use a key that is in memory only.
            var own = OperatingSystem.IsLinux() ? new X509Certificate2(made)
                : X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
            chain.RemoveAt(0);

            // Offline: it must not ask other machines for the rest of the chain, or for revocations.
            return new TlsCertificate(own, SslStreamCertificateContext.Create(own, chain, offline: true));
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            mistake = mistake.Length > 0 ? mistake : $"it cannot be read: {error.Message}";
            return null;
        }
    }

    /// <summary>
    /// Returns the SHA-256 fingerprint of the first certificate in PEM form: hexadecimal bytes with colons, as users compare it.
    /// </summary>
    public static string FingerprintOf(string certificates)
    {
        using var first = X509Certificate2.CreateFromPem(certificates);
        var bytes = first.GetCertHash(HashAlgorithmName.SHA256).Select(static one => one.ToString("X2", CultureInfo.InvariantCulture));
        return string.Join(':', bytes);
    }

    private static string MistakeIn(string certificates, string key) =>
        !certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? "there is no certificate in PEM form in it"
        : key.Contains("ENCRYPTED", StringComparison.Ordinal) ? "the key is encrypted: decrypt it first"
        : !key.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? "there is no key in PEM form in it"
        : "";

    private static bool HasKnownKey(X509Certificate2 certificate) => certificate.GetKeyAlgorithm() is RsaKey or EcKey;

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names)
        {
            return names.EnumerateDnsNames();
        }

        return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? [name] : [];
    }
}
