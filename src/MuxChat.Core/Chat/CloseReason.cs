namespace MuxChat.Core.Chat;

/// <summary>The reason for the end of a connection.</summary>
public enum CloseReason
{
    /// <summary>The connection does not end.</summary>
    None,

    /// <summary>The client quit.</summary>
    Quit,

    /// <summary>The client closed its side.</summary>
    EndOfInput,

    /// <summary>The connection was reset or broke.</summary>
    Reset,

    /// <summary>The client did not read the data sent to it.</summary>
    SlowConsumer,

    /// <summary>Queued output exceeded the server-wide cap, and this client had the most.</summary>
    OutputCap,

    /// <summary>The client did not answer a ping.</summary>
    IdleTimeout,

    /// <summary>The client did not log in, in a protocol with a login.</summary>
    LoginTimeout,

    /// <summary>The client sent a line or frame of more than <c>FrameLimits.OverrunFactor</c> times its limit.</summary>
    FrameOverrun,

    /// <summary>The client sent too many lines or frames in a row that the server could not understand.</summary>
    ProtocolErrors,

    /// <summary>The client spoke HTTP.</summary>
    SpokeHttp,

    /// <summary>The client spoke TLS.</summary>
    SpokeTls,

    /// <summary>The connection could not open: its TLS handshake failed, or what comes before it.</summary>
    HandshakeFailed,

    /// <summary>The connection did not open in time.</summary>
    HandshakeTimeout,

    /// <summary>The peer sent a PROXY header, and it is no listed proxy.</summary>
    SpokeProxy,

    /// <summary>The client's real address, which a proxy or gateway named, is over its limits of connections.</summary>
    AddressLimit,

    /// <summary>The client asked for a gateway's rights in a way or from an address that has none.</summary>
    GatewayRefused,

    /// <summary>The last response of an HTTP connection was sent.</summary>
    HttpDone,

    /// <summary>The client's HTTP request was refused.</summary>
    HttpRefused,

    /// <summary>The head of an HTTP request was not complete in time.</summary>
    HttpHeadTimeout,

    /// <summary>No HTTP request came for too long.</summary>
    HttpIdle,

    /// <summary>The client stopped sending the bytes of an upload, or sent them too slowly.</summary>
    UploadStalled,

    /// <summary>The header of an upload was refused, and where the next one begins is unknown.</summary>
    UploadRefused,

    /// <summary>The client closed its WebSocket.</summary>
    WebSocketClosed,

    /// <summary>The client broke a rule of the WebSocket protocol.</summary>
    WebSocketError,

    /// <summary>The server is stopping.</summary>
    ServerStopping,

    /// <summary>A server operator disconnected the client.</summary>
    Killed,

    /// <summary>The client gave a wrong password, or too many of them.</summary>
    WrongPassword,

    /// <summary>The server hit an internal error while it served the client.</summary>
    InternalError,
}
