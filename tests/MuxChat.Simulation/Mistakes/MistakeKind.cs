namespace MuxChat.Simulation.Mistakes;

/// <summary>Where the program is made to throw.</summary>
internal enum MistakeKind
{
    /// <summary>A client's protocol is known, and its handler begins.</summary>
    Begin,

    /// <summary>A frame is about to be carried out.</summary>
    HandleBefore,

    /// <summary>A frame was carried out.</summary>
    HandleAfter,

    /// <summary>A frame is parsed.</summary>
    Parse,

    /// <summary>A request was carried out and is about to be answered.</summary>
    AnswerBefore,

    /// <summary>A long answer goes on.</summary>
    WriteMore,

    /// <summary>The time is asked that a client may take to log in: by timers, among others.</summary>
    Patience,

    /// <summary>A room's event is encoded for one wire format.</summary>
    Encode,

    /// <summary>What a client alone is told is encoded.</summary>
    EncodeForOne,

    /// <summary>That an event cannot be shown is encoded.</summary>
    EncodeInstead,

    /// <summary>A channel is read from.</summary>
    Receive,

    /// <summary>A channel is written to.</summary>
    Send,

    /// <summary>A channel is shut down.</summary>
    ShutDown,

    /// <summary>A channel is registered.</summary>
    Register,

    /// <summary>A channel's interest is set.</summary>
    Watch,

    /// <summary>It is asked whether a client wishes to hear of such things.</summary>
    Shows,

    /// <summary>A wire format is chosen for a client.</summary>
    FormatFor,

    /// <summary>A wire format is asked who is shown a room's event.</summary>
    HowShown,
}
