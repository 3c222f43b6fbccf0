namespace MuxChat.Core.Protocols.Http;

/// <summary>A content coding (RFC 9110, section 8.4.1).</summary>
public enum HttpCoding
{
    /// <summary>The bytes as they are.</summary>
    Identity,

    /// <summary>The format of gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli,
}
