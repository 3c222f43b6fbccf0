using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>The one place where a reason becomes words: for the rooms that are told, and for the client itself.</summary>
public static class CloseReasons
{
    /// <summary>What the rooms are told.</summary>
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
        CloseReason.WrongPassword => "wrong password",
        CloseReason.ServerStopping => "the server is stopping",
        CloseReason.InternalError => "internal error",
        _ => "",
    };

    /// <summary>Why a client that speaks something else is turned away.</summary>
    public static CloseReason For(ForeignProtocol foreign) => foreign == ForeignProtocol.Tls ? CloseReason.SpokeTls : CloseReason.SpokeHttp;

    /// <summary>What the client is told before the connection is closed; empty when nothing can or need be said.</summary>
    public static string ForClient(CloseReason reason) => reason switch
    {
        CloseReason.Quit => "you quit",
        CloseReason.IdleTimeout => "no answer to a ping",
        CloseReason.LoginTimeout => "you did not log in",
        CloseReason.ProtocolErrors => "too many errors in a row",
        CloseReason.WrongPassword => "wrong password",
        CloseReason.ServerStopping => "the server is stopping",
        CloseReason.InternalError => "internal error",
        _ => "",
    };
}
