namespace MuxChat.Core.Chat;

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
