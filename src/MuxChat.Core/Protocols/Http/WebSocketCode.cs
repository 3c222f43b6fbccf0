using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The codes of close frames that the server sends of its own accord (RFC 6455, section 7.4.1).</summary>
internal enum WebSocketCode
{
    /// <summary>The frame has no code. It is the echo of one without a code.</summary>
    NoCode = 0,

    /// <summary>The purpose is fulfilled: the user quit.</summary>
    Normal = 1000,

    /// <summary>The server is stopping.</summary>
    GoingAway = 1001,

    /// <summary>The client broke a rule of the protocol.</summary>
    ProtocolError = 1002,

    /// <summary>A message has the kind that the subprotocol does not have.</summary>
    WrongKind = 1003,

    /// <summary>A text is not UTF-8.</summary>
    NotUtf8 = 1007,

    /// <summary>The server does not want this client, for a reason of its own.</summary>
    Policy = 1008,

    /// <summary>A message is too long, or in too many fragments.</summary>
    TooBig = 1009,

    /// <summary>The server met an internal error.</summary>
    InternalError = 1011,
}

/// <summary>The codes for endings and mistakes, and their reasons in words.</summary>
internal static class WebSocketCodes
{
    /// <summary>Whether an endpoint may send this code (RFC 6455, section 7.4; the registry of IANA up to 1014).</summary>
    public static bool MayBeSent(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    /// <summary>The code for an ending that the server chose.</summary>
    public static WebSocketCode For(CloseReason reason) => reason switch
    {
        CloseReason.Quit or CloseReason.EndOfInput => WebSocketCode.Normal,
        CloseReason.ServerStopping => WebSocketCode.GoingAway,
        CloseReason.InternalError => WebSocketCode.InternalError,
        _ => WebSocketCode.Policy,
    };

    /// <summary>The reason of an ending in words; empty for none. A user who quits knows the reason.</summary>
    public static string Explain(CloseReason reason) => reason switch
    {
        CloseReason.Killed => "disconnected by an operator",
        CloseReason.Quit => "",
        _ => CloseReasons.ForClient(reason),
    };

    /// <summary>The code for a mistake of the client.</summary>
    public static WebSocketCode For(WebSocketMistake mistake) => mistake is WebSocketMistake.TooLong or WebSocketMistake.TooManyFragments
        ? WebSocketCode.TooBig : WebSocketCode.ProtocolError;

    /// <summary>A mistake in words.</summary>
    public static string Explain(WebSocketMistake mistake) => mistake switch
    {
        WebSocketMistake.ReservedBit => "a reserved bit is set",
        WebSocketMistake.UnknownOpcode => "unknown opcode",
        WebSocketMistake.NotMasked => "the frame is not masked",
        WebSocketMistake.BadLength => "the length is not in its shortest form",
        WebSocketMistake.BadControl => "a control frame is one frame of at most 125 bytes",
        WebSocketMistake.BadFragment => "fragment out of order",
        WebSocketMistake.TooLong => "the message is too long",
        _ => "the message has too many fragments",
    };
}
