using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MuxChat.Sockets.Tls;

/// <summary>All certificates of a server, and the options for each client. Immutable, so that a reload replaces it as one.</summary>
/// <remarks>
/// The cipher shares its context among the connections with the same options. So there is one options object for each certificate and
/// application protocol, and no more.
/// </remarks>
public sealed class TlsCertificates
{
    private static readonly SslApplicationProtocol IrcProtocol = new("irc");

    private readonly Dictionary<string, Choices> _byName = [];
    private readonly Choices _first;

    /// <summary>Takes the certificates in the order in which the admin named them.</summary>
    /// <param name="certificates">The certificates.</param>
    /// <param name="asksClients">Whether a handshake asks IRC clients for a certificate.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TlsCertificates(IReadOnlyList<TlsCertificate> certificates, bool asksClients = false)
    {
        ArgumentOutOfRangeException.ThrowIfZero(certificates.Count);
        All = certificates;
        Choices[] choices = [.. certificates.Select(one => new Choices(one, asksClients))];
        _first = choices[0];
        foreach (var one in choices)
        {
            foreach (var name in one.Certificate.Names)
            {
                _byName.TryAdd(name, one);
            }
        }
    }

    /// <summary>The certificates.</summary>
    public IReadOnlyList<TlsCertificate> All { get; }

    /// <summary>When the first of them expires, in UTC.</summary>
    public DateTime Expires => All.Min(static one => one.Expires);

    /// <summary>Returns the options for a client: by the name that it asks for, else with the first certificate.</summary>
    /// <param name="hello">The client's first message.</param>
    /// <param name="offers">The application protocols of the listener.</param>
    internal SslServerAuthenticationOptions Choose(in ClientHello hello, TlsOffers offers)
    {
        var chosen = hello.ServerName.IsEmpty ? _first : Find(hello.ServerName);

        // A client that offers only other protocols gets in without one. A refusal would help no user.
        var isForIrc = (offers & TlsOffers.Irc) != 0;
        return isForIrc && hello.Offers(IrcProtocol.Protocol.Span) ? chosen.Irc
            : (offers & TlsOffers.Http) != 0 && hello.Offers(SslApplicationProtocol.Http11.Protocol.Span) ? chosen.Http
            : isForIrc ? chosen.IrcWithoutAlpn : chosen.Plain;
    }

    private Choices Find(ReadOnlySpan<byte> asked)
    {
        var name = Encoding.ASCII.GetString(asked).ToLowerInvariant();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return _byName.GetValueOrDefault(name) ?? (dot > 0 ? _byName.GetValueOrDefault("*" + name[dot..]) : null) ?? _first;
    }

    /// <summary>The options for one certificate.</summary>
    private sealed class Choices(TlsCertificate certificate, bool asksClients)
    {
        public TlsCertificate Certificate { get; } = certificate;

        public SslServerAuthenticationOptions Plain { get; } = OptionsFor(certificate, asks: false);

        /// <summary>
        /// For IRC clients that offer no protocol. They may show a certificate if they are asked. A browser would show its user a question.
        /// </summary>
        public SslServerAuthenticationOptions IrcWithoutAlpn { get; } = OptionsFor(certificate, asksClients);

        public SslServerAuthenticationOptions Irc { get; } = OptionsFor(certificate, asksClients, IrcProtocol);

        public SslServerAuthenticationOptions Http { get; } = OptionsFor(certificate, asks: false, SslApplicationProtocol.Http11);

        [SuppressMessage("Security", "CA5359", Justification = "The fingerprint is what counts. No authority vouches for users here.")]
        private static SslServerAuthenticationOptions OptionsFor(
            TlsCertificate certificate, bool asks, params SslApplicationProtocol[] protocols) => new()
            {
                ServerCertificateContext = certificate.Context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = protocols.Length > 0 ? [.. protocols] : null,
                ClientCertificateRequired = asks,
                RemoteCertificateValidationCallback = asks ? static (_, _, _, _) => true : null,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = asks ? WithoutNetwork() : null,
                AllowRenegotiation = false,
            };

        // The base library builds a chain, whatever use is made of it. It asks no network for certificates, but it reads those of the
        // machine again when they have changed.
        private static X509ChainPolicy WithoutNetwork() => new()
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            VerificationFlags = X509VerificationFlags.AllFlags,
        };
    }
}

/// <summary>The application protocols that a listener offers in a handshake (RFC 7301).</summary>
[Flags]
public enum TlsOffers
{
    /// <summary>None: its clients speak a protocol without a registered name.</summary>
    None = 0,

    /// <summary>IRC.</summary>
    Irc = 1,

    /// <summary>HTTP/1.1.</summary>
    Http = 2,
}
