using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat;

/// <summary>
/// One thing a client asks for. Its spans point into the client's frame and hold only while the command is executed; they are well-formed
/// UTF-8 and otherwise unchecked: the hub checks names and texts.
/// </summary>
public ref struct Command
{
    /// <summary>What is asked.</summary>
    public CommandKind Kind;

    /// <summary>The room meant; empty for the room the client is in at the moment.</summary>
    public ReadOnlySpan<byte> Room;

    /// <summary>The nick meant: of the person written to, or the new nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>What opens the room that is to be entered; empty for none.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>The text, topic, modes, ping token, quit reason or help topic.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether <see cref="Text"/> was given at all: an empty topic is not a missing one.</summary>
    public bool HasText;

    /// <summary>Whether a private text tells what somebody does.</summary>
    public bool IsAction;

    /// <summary>Whether a text is one that no program may answer.</summary>
    public bool IsNotice;

    /// <summary>Whether the sender is told when the person written to is away.</summary>
    public bool TellsAway;

    /// <summary>Who is told how each of several mode changes ended; null to be told the first refusal only, as a result.</summary>
    public IModeAnswers? ModeAnswers;

    /// <summary>
    /// What the client's program attaches for other programs, as its protocol writes it; passed on as it is, to those
    /// whose protocol has such things.
    /// </summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>The epoch that <see cref="After"/> belongs to; 0 when none was given.</summary>
    public long Epoch;

    /// <summary>The number of the last event known; 0 for the time before the first.</summary>
    public long After;

    /// <summary>How many events are wanted at the most; 0 when it was not said.</summary>
    public int Limit;

    /// <summary>How the client names this request in its own protocol, to be repeated in the answer as it is; empty for none.</summary>
    public ReadOnlySpan<byte> Id;
}

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

/// <summary>
/// How a command ended: done, with the number its event has in the room (0 when it made none), or refused, with the reason in words.
/// </summary>
/// <param name="Code">Why it was refused; <see cref="ErrorCode.None"/> when it was done.</param>
/// <param name="Message">What is wrong and what would be right; empty when it was done. Never holds text of the
/// client's that was not checked.</param>
/// <param name="Seq">The event's number in its room; 0 for none.</param>
/// <param name="Position">Where its last event stands in the journal; 0 where there is none, or nothing to wait for.</param>
public readonly record struct CommandResult(ErrorCode Code, string Message, long Seq, long Position = 0)
{
    /// <summary>Whether somebody else says later how it ended: it is not answered now.</summary>
    public bool IsAnsweredLater { get; init; }

    /// <summary>What it costs of the flood budget beyond what every command costs: more work costs more.</summary>
    public int Price { get; init; }

    /// <summary>Done.</summary>
    public static CommandResult Ok(long seq = 0) => new(ErrorCode.None, "", seq);

    /// <summary>Refused.</summary>
    public static CommandResult Error(ErrorCode code, string message) => new(code, message, 0);

    /// <summary>Whether it was done.</summary>
    public bool IsOk => Code == ErrorCode.None;
}
