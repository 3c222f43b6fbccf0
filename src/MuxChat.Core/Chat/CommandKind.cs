namespace MuxChat.Core.Chat;

/// <summary>What a client can ask for, whatever its protocol.</summary>
public enum CommandKind
{
    /// <summary>Nothing (an empty line, a pong): it is taken and needs no answer.</summary>
    None,

    /// <summary>Say a text in a room.</summary>
    Say,

    /// <summary>Do something in a room (<c>/me</c>).</summary>
    Act,

    /// <summary>Take another nick.</summary>
    Nick,

    /// <summary>Enter a room, making it if there is none.</summary>
    Join,

    /// <summary>Leave a room.</summary>
    Part,

    /// <summary>List the rooms.</summary>
    Rooms,

    /// <summary>List a room's members.</summary>
    Who,

    /// <summary>Send a text to one person.</summary>
    Message,

    /// <summary>Say something to the programs of those who are in a room.</summary>
    Signal,

    /// <summary>Send what programs tell each other, without a text, to a room or to one person.</summary>
    Tag,

    /// <summary>Say why one is away, or, without a text, that one is back.</summary>
    Away,

    /// <summary>Call oneself something else beside the nick.</summary>
    RealName,

    /// <summary>Show or set a room's topic.</summary>
    Topic,

    /// <summary>Show or change a room's modes.</summary>
    Modes,

    /// <summary>Put somebody out of a room.</summary>
    Kick,

    /// <summary>Let somebody into a room.</summary>
    Invite,

    /// <summary>Ask for a room's past.</summary>
    History,

    /// <summary>Enter a room again where one left off: with all that was missed.</summary>
    Resume,

    /// <summary>Ask for a pong.</summary>
    Ping,

    /// <summary>Ask for the server's figures.</summary>
    Stats,

    /// <summary>Ask for help.</summary>
    Help,

    /// <summary>Leave.</summary>
    Quit,

    /// <summary>Give the server's password.</summary>
    Pass,

    /// <summary>Become a server operator.</summary>
    Oper,

    /// <summary>Disconnect somebody (server operators).</summary>
    Kill,

    /// <summary>Change a room's modes from without, or make somebody its operator (server operators).</summary>
    Override,

    /// <summary>Read the message of the day again (server operators).</summary>
    Rehash,

    /// <summary>Write to all server operators and whoever listens (server operators).</summary>
    Wallops,
}
