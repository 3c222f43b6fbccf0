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

    /// <summary>IRC: to be away, or back.</summary>
    Away,

    /// <summary>IRC: what the topic of a room is.</summary>
    AskTopic,

    /// <summary>IRC: who is in a room, by nick alone.</summary>
    Names,

    /// <summary>IRC: who somebody is.</summary>
    WhoIs,

    /// <summary>To change what a room lets whom do.</summary>
    Mode,

    /// <summary>To put somebody out of a room.</summary>
    Kick,

    /// <summary>To let somebody into a room.</summary>
    Invite,

    /// <summary>To become a server operator.</summary>
    Oper,

    /// <summary>To disconnect somebody.</summary>
    Kill,

    /// <summary>IRC: a part of logging in that has no answer of its own.</summary>
    User,

    /// <summary>IRC: capability negotiation.</summary>
    Capability,

    /// <summary>IRC: to be told who comes and goes.</summary>
    Monitor,

    /// <summary>IRC: what was said, or happened, in a room.</summary>
    ChatHistory,

    /// <summary>To begin to share a file, or to go on.</summary>
    Share,

    /// <summary>To send bytes of a file.</summary>
    Chunk,

    /// <summary>The files of a room.</summary>
    Files,

    /// <summary>A file, or a part of it.</summary>
    Get,

    /// <summary>To run a program of the admin's.</summary>
    Run,

    /// <summary>Something the server must refuse.</summary>
    Garbage,

    /// <summary>Something so long that the server must end the connection.</summary>
    Overrun,
}
