namespace MuxChat.Core.Protocols;

/// <summary>What a client speaks that came to the wrong port, or was sent there by somebody.</summary>
public enum Stranger
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>HTTP (RFC 9112): a browser, or a page that makes one post to this port.</summary>
    Http,

    /// <summary>TLS (RFC 8446): nothing that comes can be read.</summary>
    Tls,
}
