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
    public readonly bool HasBody => LengthBytes > 0;

    /// <summary>The length of the body as the head says it, in bytes; -1 if the head does not say it.</summary>
    public long LengthBytes { get; set; }

    /// <summary>Whether the client waits for 100 before it sends the body (RFC 9110, section 10.1.1).</summary>
    public bool ExpectsContinue { get; set; }

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

    /// <summary>PUT (section 9.3.4): the bytes of an upload.</summary>
    Put,

    /// <summary>POST (section 9.3.3): a file that is new.</summary>
    Post,

    /// <summary>OPTIONS (section 9.3.7).</summary>
    Options,

    /// <summary>Known, but no resource has it.</summary>
    Other,
}
