using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>Why a connection ends.</summary>
public enum CloseReason
{
    /// <summary>It does not end.</summary>
    None,

    /// <summary>The client said goodbye.</summary>
    Quit,

    /// <summary>The client closed its side.</summary>
    EndOfInput,

    /// <summary>The connection was reset or broke.</summary>
    Reset,

    /// <summary>The client did not read what it was sent.</summary>
    SlowConsumer,

    /// <summary>More was queued for it than for any other when the server's cap on queued output was passed.</summary>
    OutputCap,

    /// <summary>The client did not answer a ping.</summary>
    IdleTimeout,

    /// <summary>The client did not log in, where its protocol has that.</summary>
    LoginTimeout,

    /// <summary>The client sent a line or frame without end.</summary>
    FrameOverrun,

    /// <summary>The client sent nothing but what could not be understood, and much of it.</summary>
    ProtocolErrors,

    /// <summary>The client spoke HTTP.</summary>
    SpokeHttp,

    /// <summary>The client spoke TLS.</summary>
    SpokeTls,

    /// <summary>The server stops.</summary>
    ServerStopping,

    /// <summary>A server operator closed it.</summary>
    Killed,

    /// <summary>The client gave a wrong password, or too many.</summary>
    WrongPassword,

    /// <summary>The program has made a mistake in serving the client.</summary>
    InternalError,
}

/// <summary>The one place where a reason becomes words: for the rooms that are told, and for the client itself.</summary>
public static class CloseReasons
{
    /// <summary>What the rooms are told.</summary>
    public static string ForRooms(CloseReason reason) => reason switch
    {
        CloseReason.EndOfInput => "connection closed",
        CloseReason.Reset => "connection reset",
        CloseReason.SlowConsumer => "slow consumer",
        CloseReason.OutputCap => "slow consumer, and the server's output is full",
        CloseReason.IdleTimeout => "no answer to a ping",
        CloseReason.LoginTimeout => "did not log in",
        CloseReason.FrameOverrun => "sent too much without an end",
        CloseReason.ProtocolErrors => "sent nothing but errors",
        CloseReason.SpokeHttp => "spoke HTTP",
        CloseReason.SpokeTls => "spoke TLS",
        CloseReason.WrongPassword => "gave wrong passwords",
        CloseReason.ServerStopping => "the server is stopping",
        CloseReason.InternalError => "internal error",
        _ => "",
    };

    /// <summary>Why a client that speaks something else is turned away.</summary>
    public static CloseReason For(ForeignProtocol foreign) => foreign == ForeignProtocol.Tls ? CloseReason.SpokeTls : CloseReason.SpokeHttp;

    /// <summary>Why a client ends that the chat has expelled.</summary>
    public static CloseReason For(Expulsion expulsion) => expulsion switch
    {
        Expulsion.Killed => CloseReason.Killed,
        Expulsion.WrongPassword => CloseReason.WrongPassword,
        _ => CloseReason.None,
    };

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
