namespace MuxChat.Core.Protocols.Http;

/// <summary>The head of one request, parsed. Its spans point into the frame, and are valid as long as the frame is.</summary>
/// <remarks>After a fault, only the fields that were read before it are set.</remarks>
internal ref struct HttpRequest
{
    /// <summary>The method.</summary>
    public HttpMethod Method { get; set; }

    /// <summary>The path of the target, without its query; an asterisk for the server as a whole.</summary>
    public ReadOnlySpan<byte> Path { get; set; }

    /// <summary>The query of the target, without its question mark; empty for none.</summary>
    public ReadOnlySpan<byte> Query { get; set; }

    /// <summary>The host and the port that the client asked for; empty only for HTTP/1.0.</summary>
    public ReadOnlySpan<byte> Authority { get; set; }

    /// <summary>Whether the version is 1.1 or a later minor one.</summary>
    public bool Is11 { get; set; }

    /// <summary>Whether the client wants to send another request (RFC 9112, section 9.3).</summary>
    public bool KeepsAlive { get; set; }

    /// <summary>Whether a body follows the head.</summary>
    public bool HasBody { get; set; }

    /// <summary>All field lines, each with its CR and LF.</summary>
    public ReadOnlySpan<byte> Lines { get; set; }

    /// <summary>The values of the fields of one name, which is given in lower case.</summary>
    public readonly HttpFields ValuesOf(ReadOnlySpan<byte> name) => new(Lines, name);
}

/// <summary>A method, as far as the server tells methods apart.</summary>
internal enum HttpMethod
{
    /// <summary>Not known yet, or unknown to the server.</summary>
    Unknown,

    /// <summary>GET (RFC 9110, section 9.3.1).</summary>
    Get,

    /// <summary>HEAD (section 9.3.2): GET without the body of the response.</summary>
    Head,

    /// <summary>Known, but no resource has it.</summary>
    Other,
}
