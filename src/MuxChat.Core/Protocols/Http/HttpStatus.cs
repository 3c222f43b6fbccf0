using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The status codes that the server sends (RFC 9110, section 15), and their phrases.</summary>
public enum HttpStatus
{
    /// <summary>The request has no fault so far.</summary>
    None = 0,

    /// <summary>The protocol changes (section 15.2.2).</summary>
    SwitchingProtocols = 101,

    /// <summary>The response holds what was asked for.</summary>
    Ok = 200,

    /// <summary>The body is a file now (section 15.3.2).</summary>
    Created = 201,

    /// <summary>There is nothing to say (section 15.3.5).</summary>
    NoContent = 204,

    /// <summary>The response holds the part that was asked for (section 15.3.7).</summary>
    PartialContent = 206,

    /// <summary>The client has the present version (section 15.4.5).</summary>
    NotModified = 304,

    /// <summary>The head breaks the grammar or a rule that protects the border between requests.</summary>
    BadRequest = 400,

    /// <summary>The token is missing or wrong (section 15.5.2).</summary>
    Unauthorized = 401,

    /// <summary>A page of another site asks for a WebSocket.</summary>
    Forbidden = 403,

    /// <summary>The path is not in the table.</summary>
    NotFound = 404,

    /// <summary>The method is known, but no resource has it.</summary>
    MethodNotAllowed = 405,

    /// <summary>The upload is not where the request takes it to be (section 15.5.10).</summary>
    Conflict = 409,

    /// <summary>An upload says no length (section 15.5.12).</summary>
    LengthRequired = 411,

    /// <summary>The file is another one than the request names (section 15.5.13).</summary>
    PreconditionFailed = 412,

    /// <summary>The request has a body, or a file is too large.</summary>
    ContentTooLarge = 413,

    /// <summary>The target is longer than <see cref="HttpLimits.TargetBytes"/>.</summary>
    UriTooLong = 414,

    /// <summary>The body is a form (section 15.5.16).</summary>
    UnsupportedMediaType = 415,

    /// <summary>The part that was asked for is beyond the end (section 15.5.17).</summary>
    RangeNotSatisfiable = 416,

    /// <summary>The request expects something (section 10.1.1).</summary>
    ExpectationFailed = 417,

    /// <summary>The bytes have another hash than the one that was given (section 15.5.21).</summary>
    Unprocessable = 422,

    /// <summary>The path is for WebSockets only (section 15.5.22).</summary>
    UpgradeRequired = 426,

    /// <summary>The head is longer than <see cref="HttpLimits.HeadBytes"/>, or has too many fields (RFC 6585, section 5).</summary>
    FieldsTooLarge = 431,

    /// <summary>The method is unknown, or the body has another transfer coding than chunked.</summary>
    NotImplemented = 501,

    /// <summary>The server is full, or a limit of the client's address is reached.</summary>
    ServiceUnavailable = 503,

    /// <summary>The major version is not 1.</summary>
    VersionNotSupported = 505,

    /// <summary>The disk is full (RFC 4918, section 11.5).</summary>
    InsufficientStorage = 507,
}

/// <summary>The phrases of the status codes.</summary>
internal static class HttpStatuses
{
    private static readonly byte[] LongTarget = Encoding.ASCII.GetBytes($"The target may have at most {HttpLimits.TargetBytes} bytes.\n");

    private static readonly byte[] LongHead = Encoding.ASCII.GetBytes(
        $"A head may have at most {HttpLimits.HeadBytes} bytes and {HttpLimits.Fields} fields.\n");

    /// <summary>The text for a client whose request has a fault.</summary>
    public static ReadOnlySpan<byte> Explain(HttpStatus status) => status switch
    {
        HttpStatus.LengthRequired => "A body needs its length: send Content-Length, as curl -T FILE does, and no Transfer-Encoding.\n"u8,
        HttpStatus.ContentTooLarge => "This server takes no request with a body here.\n"u8,
        HttpStatus.UriTooLong => LongTarget,
        HttpStatus.ExpectationFailed => "This server meets no such expectation here.\n"u8,
        HttpStatus.FieldsTooLarge => LongHead,
        HttpStatus.NotImplemented => "This server does not know the method or the transfer coding.\n"u8,
        HttpStatus.VersionNotSupported => "This server speaks HTTP/1.1.\n"u8,
        _ => "This is not a valid HTTP request.\n"u8,
    };

    /// <summary>The code and its phrase, as they appear in a status line.</summary>
    public static ReadOnlySpan<byte> LineOf(HttpStatus status) => status switch
    {
        HttpStatus.SwitchingProtocols => "101 Switching Protocols"u8,
        HttpStatus.Ok => "200 OK"u8,
        HttpStatus.Created => "201 Created"u8,
        HttpStatus.NoContent => "204 No Content"u8,
        HttpStatus.PartialContent => "206 Partial Content"u8,
        HttpStatus.NotModified => "304 Not Modified"u8,
        HttpStatus.BadRequest => "400 Bad Request"u8,
        HttpStatus.Unauthorized => "401 Unauthorized"u8,
        HttpStatus.Forbidden => "403 Forbidden"u8,
        HttpStatus.NotFound => "404 Not Found"u8,
        HttpStatus.MethodNotAllowed => "405 Method Not Allowed"u8,
        HttpStatus.Conflict => "409 Conflict"u8,
        HttpStatus.LengthRequired => "411 Length Required"u8,
        HttpStatus.PreconditionFailed => "412 Precondition Failed"u8,
        HttpStatus.ContentTooLarge => "413 Content Too Large"u8,
        HttpStatus.UriTooLong => "414 URI Too Long"u8,
        HttpStatus.UnsupportedMediaType => "415 Unsupported Media Type"u8,
        HttpStatus.RangeNotSatisfiable => "416 Range Not Satisfiable"u8,
        HttpStatus.ExpectationFailed => "417 Expectation Failed"u8,
        HttpStatus.Unprocessable => "422 Unprocessable Content"u8,
        HttpStatus.UpgradeRequired => "426 Upgrade Required"u8,
        HttpStatus.FieldsTooLarge => "431 Request Header Fields Too Large"u8,
        HttpStatus.NotImplemented => "501 Not Implemented"u8,
        HttpStatus.ServiceUnavailable => "503 Service Unavailable"u8,
        HttpStatus.VersionNotSupported => "505 HTTP Version Not Supported"u8,
        HttpStatus.InsufficientStorage => "507 Insufficient Storage"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This status is never sent."),
    };
}
