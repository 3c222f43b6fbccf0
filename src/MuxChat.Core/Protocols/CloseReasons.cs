using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>Gives each reason its text, for the rooms and for the client.</summary>
public static class CloseReasons
{
    /// <summary>The text that the rooms of the client get; empty for none.</summary>
    public static string ForRooms(CloseReason reason) => reason switch
    {
        CloseReason.EndOfInput => "connection closed",
        CloseReason.Reset => "connection reset",
        CloseReason.SlowConsumer => "slow consumer",
        CloseReason.OutputCap => "slow consumer, with the server's output at its limit",
        CloseReason.IdleTimeout => "no answer to a ping",
        CloseReason.LoginTimeout => "did not log in",
        CloseReason.FrameOverrun => "sent an oversized line or frame",
        CloseReason.ProtocolErrors => "sent too many errors in a row",
        CloseReason.SpokeHttp => "spoke HTTP",
        CloseReason.SpokeTls => "spoke TLS",
        CloseReason.SpokeProxy => "sent a PROXY header",
        CloseReason.GatewayRefused => "asked for a gateway's rights",
        CloseReason.WebSocketClosed => "connection closed",
        CloseReason.WebSocketError => "broke a rule of WebSockets",
        CloseReason.WrongPassword => "wrong password",
        CloseReason.ServerStopping => "the server is stopping",
        CloseReason.InternalError => "internal error",
        _ => "",
    };

    /// <summary>The reason to close a client that speaks a foreign protocol.</summary>
    public static CloseReason For(ForeignProtocol foreign) => foreign switch
    {
        ForeignProtocol.Tls => CloseReason.SpokeTls,
        ForeignProtocol.Proxy => CloseReason.SpokeProxy,
        _ => CloseReason.SpokeHttp,
    };

    /// <summary>The text that the client gets before its connection closes; empty if it needs none or cannot be reached.</summary>
    public static string ForClient(CloseReason reason) => reason switch
    {
        CloseReason.Quit => "you quit",
        CloseReason.IdleTimeout => "no answer to a ping",
        CloseReason.LoginTimeout => "you did not log in",
        CloseReason.ProtocolErrors => "too many errors in a row",
        CloseReason.GatewayRefused => "WEBIRC is not taken from this client",
        CloseReason.WrongPassword => "wrong password",
        CloseReason.ServerStopping => "the server is stopping",
        CloseReason.InternalError => "internal error",
        _ => "",
    };
}
