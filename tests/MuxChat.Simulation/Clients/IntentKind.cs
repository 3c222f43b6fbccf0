namespace MuxChat.Simulation.Clients;

/// <summary>What a client wants with a request.</summary>
internal enum IntentKind
{
    Say,
    Act,
    Topic,
    Nick,
    Join,
    Part,
    Message,
    Ping,
    Who,
    Rooms,
    Stats,
    Help,
    Quit,

    /// <summary>What happened, or was said, in a room.</summary>
    History,

    /// <summary>To enter a room again, with all that was missed.</summary>
    Resume,

    /// <summary>Something the server must refuse.</summary>
    Garbage,

    /// <summary>Something so long that the server must end the connection.</summary>
    Overrun,
}
