using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Tls;

/// <summary>The TLS of one event loop: the certificates that new connections get, and the buffers that all share.</summary>
/// <remarks>
/// Another thread may replace the certificates, by one reference. Connections that have begun keep theirs. Everything else belongs to the
/// loop's thread.
/// </remarks>
public sealed class TlsServer
{
    private volatile TlsCertificates _current;

    /// <summary>Begins with these certificates. The caller has rehearsed them (see <see cref="TlsRehearsal"/>).</summary>
    public TlsServer(TlsCertificates certificates)
    {
        _current = certificates;
    }

    /// <summary>The certificates for the next connection. May be replaced from any thread.</summary>
    public TlsCertificates Current
    {
        get => _current;
        set => _current = value;
    }

    internal TlsBuffers Buffers { get; } = new();

    /// <summary>Puts TLS over an accepted channel.</summary>
    /// <param name="below">The channel with the ciphertext.</param>
    /// <param name="offers">The application protocols to offer.</param>
    /// <param name="isOptional">Whether a client may also talk without TLS, as its first byte shows.</param>
    public IChannel Wrap(IChannel below, TlsOffers offers, bool isOptional) => new TlsChannel(below, this, offers, isOptional);
}
