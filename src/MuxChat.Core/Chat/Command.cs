using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>A request of a client. Its spans point into the client's frame and are valid only while the command runs.</summary>
/// <remarks>The spans are well-formed UTF-8 and otherwise unchecked, because the hub checks names and texts.</remarks>
public ref struct Command
{
    /// <summary>The kind of request. It decides which of the other fields are used.</summary>
    public CommandKind Kind;

    /// <summary>The target room; empty for the client's current room.</summary>
    public ReadOnlySpan<byte> Room;

    /// <summary>The nick of the person written to, or the new nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>The key of the room to enter; empty for none.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>The text, topic, modes, ping token, quit reason or help topic.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether <see cref="Text"/> was given at all, because an empty topic is not a missing one.</summary>
    public bool HasText;

    /// <summary>Whether a private text describes an action of the sender (<c>/me</c>).</summary>
    public bool IsAction;

    /// <summary>Whether the text is a notice, which no program may answer.</summary>
    public bool IsNotice;

    /// <summary>Receives a private message or tags as they were sent, for the sender to see; null for none.</summary>
    public IRecipient? Echo;

    /// <summary>Whether the sender gets a reply if the person written to is away.</summary>
    public bool TellsAway;

    /// <summary>
    /// Whether the sender of a private text gets <see cref="EventKind.Sent"/>, because its client does not show what it sends.
    /// </summary>
    public bool ShowsSent;

    /// <summary>Receives the result of each of several mode changes; null to get only the first refusal, as the command's result.</summary>
    public IModeAnswers? ModeAnswers;

    /// <summary>
    /// Sends what the client missed in the room that it resumes, before it enters; null to send nothing. The range is null if the room no
    /// longer holds all of it, and else valid only during the call.
    /// </summary>
    public Action<Room, HistoryRange?>? ShowMissed;

    /// <summary>
    /// Tags that the client's program attaches for other programs, as its protocol writes them. The chat passes
    /// them on unchanged, to clients whose protocol has tags.
    /// </summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>The id of the message to remove, as IRC writes it.</summary>
    public ReadOnlySpan<byte> MessageId;

    /// <summary>The arguments of a program, each with a NUL before it; empty for none.</summary>
    public ReadOnlySpan<byte> Arguments;

    /// <summary>The epoch that <see cref="After"/> belongs to; 0 if none was given.</summary>
    public long Epoch;

    /// <summary>The number of the last event that the client knows; 0 for the time before the first.</summary>
    public long After;

    /// <summary>The largest number of events wanted, or of bytes of a file; 0 if none was given.</summary>
    public int Limit;

    /// <summary>The id of a file or an upload, in hexadecimal; empty if none was given.</summary>
    public ReadOnlySpan<byte> FileId;

    /// <summary>The number of a file in a room; 0 if none was given.</summary>
    public long Number;

    /// <summary>The first byte of a part of a file.</summary>
    public long Offset;

    /// <summary>The length of a file in bytes plus 1; 0 if none was given.</summary>
    public long SizePlusOne;

    /// <summary>The client's own id for this request, which the answer repeats unchanged; empty for none.</summary>
    public ReadOnlySpan<byte> Id;
}

/// <summary>The kinds of request, common to all protocols.</summary>
public enum CommandKind
{
    /// <summary>Do nothing (an empty line, a pong). The command is accepted and needs no answer.</summary>
    None,

    /// <summary>Say a text in a room.</summary>
    Say,

    /// <summary>Perform an action in a room (<c>/me</c>).</summary>
    Act,

    /// <summary>Change the nick.</summary>
    Nick,

    /// <summary>Enter a room, creating it if it does not exist.</summary>
    Join,

    /// <summary>Leave a room.</summary>
    Part,

    /// <summary>List the rooms.</summary>
    Rooms,

    /// <summary>List a room's members.</summary>
    Who,

    /// <summary>Ask who a person is.</summary>
    WhoIs,

    /// <summary>Send a text to one person.</summary>
    Message,

    /// <summary>Send a text to the programs of a room's members (CTCP).</summary>
    Signal,

    /// <summary>Send tags without a text, for programs, to a room or to one person.</summary>
    Tag,

    /// <summary>Remove a message: a line of a room, or one that the client sent to a person.</summary>
    Redact,

    /// <summary>Give the reason for being away, or, without a text, come back.</summary>
    Away,

    /// <summary>Change the real name shown next to the nick.</summary>
    RealName,

    /// <summary>Show or set a room's topic.</summary>
    Topic,

    /// <summary>Show or change a room's modes.</summary>
    Modes,

    /// <summary>Remove a person from a room.</summary>
    Kick,

    /// <summary>Invite a person into a room.</summary>
    Invite,

    /// <summary>Ask for a room's history.</summary>
    History,

    /// <summary>Enter a room again and get all events missed since the last one known.</summary>
    Resume,

    /// <summary>Ask for a pong.</summary>
    Ping,

    /// <summary>Ask for the server's figures.</summary>
    Stats,

    /// <summary>Ask for help.</summary>
    Help,

    /// <summary>Leave the server.</summary>
    Quit,

    /// <summary>Give the server's password.</summary>
    Pass,

    /// <summary>Become a server operator.</summary>
    Oper,

    /// <summary>Disconnect a person (server operators).</summary>
    Kill,

    /// <summary>Change a room's modes from outside, or make a person its operator (server operators).</summary>
    Override,

    /// <summary>Read the message of the day again (server operators).</summary>
    Rehash,

    /// <summary>Write to all server operators and to all others who listen (server operators).</summary>
    Wallops,

    /// <summary>Begin or resume the upload of a file that is shared in a room.</summary>
    Share,

    /// <summary>Send the next bytes of an upload.</summary>
    Chunk,

    /// <summary>Give up an upload.</summary>
    Cancel,

    /// <summary>List the files of a room.</summary>
    Files,

    /// <summary>Get a file, or a part of one.</summary>
    Get,

    /// <summary>Run a program of the admin, or list them (server operators).</summary>
    Run,
}

/// <summary>The result of a command. It was done, with the number of its event in the room, or refused, with the reason in words.</summary>
/// <param name="Code">The reason for a refusal; <see cref="ErrorCode.None"/> if the command was done.</param>
/// <param name="Message">The fault and how to correct it; empty if the command was done. Never
/// contains unchecked text from the client.</param>
/// <param name="Seq">The event's number in its room; 0 if the command made no event.</param>
/// <param name="Position">The last event's position in the journal; 0 if there is no event, or nothing to wait for.</param>
public readonly record struct CommandResult(ErrorCode Code, string Message, long Seq, long Position = 0)
{
    /// <summary>The command's flood-budget cost in addition to the cost of every command. More work costs more.</summary>
    public int Price { get; init; }

    /// <summary>Returns the result of a command that was done.</summary>
    public static CommandResult Ok(long seq = 0) => new(ErrorCode.None, "", seq);

    /// <summary>Returns the result of a command that was refused.</summary>
    public static CommandResult Error(ErrorCode code, string message) => new(code, message, 0);

    /// <summary>Whether the command was done.</summary>
    public bool IsOk => Code == ErrorCode.None;
}

/// <summary>The reason for a refused request. The names, in snake case, are the codes on the wire, so they never change.</summary>
public enum ErrorCode
{
    /// <summary>The request was not refused.</summary>
    None,

    /// <summary>The command does not exist.</summary>
    UnknownCommand,

    /// <summary>A field that the command needs is missing.</summary>
    MissingField,

    /// <summary>A field has the wrong type or form.</summary>
    BadField,

    /// <summary>The frame is not one JSON object.</summary>
    BadJson,

    /// <summary>The bytes are not UTF-8.</summary>
    NotUtf8,

    /// <summary>The text holds a control character other than tab.</summary>
    ControlCharacter,

    /// <summary>The line, frame or text is too long.</summary>
    TooLong,

    /// <summary>The frame has length zero.</summary>
    EmptyFrame,

    /// <summary>The nick is not well formed.</summary>
    BadNick,

    /// <summary>Another person has the nick.</summary>
    NickTaken,

    /// <summary>The nick is not in use.</summary>
    UnknownNick,

    /// <summary>The room name is not well formed.</summary>
    BadRoom,

    /// <summary>The room does not exist.</summary>
    UnknownRoom,

    /// <summary>The client is not in the room.</summary>
    NotInRoom,

    /// <summary>The client is in as many rooms as it may be.</summary>
    TooManyRooms,

    /// <summary>The server has as many rooms as it may have.</summary>
    ServerRoomsFull,

    /// <summary>The server has as many clients as it may have.</summary>
    ServerFull,

    /// <summary>
    /// The command was done and everyone has heard of it, but its event is not stored, because the disk is full or broken.
    /// </summary>
    NotStored,

    /// <summary>The client's address has as many connections as it may have.</summary>
    TooManyConnections,

    /// <summary>The client's address connects too quickly.</summary>
    ConnectRate,

    /// <summary>Only an operator of the room may do that.</summary>
    NotRoomOperator,

    /// <summary>The client may not speak in the room.</summary>
    CannotSpeak,

    /// <summary>The client is banned from the room.</summary>
    Banned,

    /// <summary>Only invited persons may enter the room.</summary>
    InviteOnly,

    /// <summary>The room has a key, and the client did not give it.</summary>
    BadKey,

    /// <summary>The room has as many members as its operators allow.</summary>
    RoomFull,

    /// <summary>The person is not in the room.</summary>
    NotThere,

    /// <summary>The person is in the room already.</summary>
    AlreadyThere,

    /// <summary>The mode does not exist.</summary>
    UnknownMode,

    /// <summary>The list of masks is full.</summary>
    ListFull,

    /// <summary>The client must give the server's password first.</summary>
    PasswordNeeded,

    /// <summary>The password is wrong, or no operator has the name given with it.</summary>
    BadPassword,

    /// <summary>Only server operators may do that.</summary>
    NotOperator,

    /// <summary>The server has no operators.</summary>
    NoOperators,

    /// <summary>Too many requests of this kind are waiting, from all clients or from this one.</summary>
    Busy,

    /// <summary>The server could not reread the message of the day.</summary>
    RehashFailed,

    /// <summary>The server takes no files.</summary>
    FilesOff,

    /// <summary>There is no such file or upload, or the client may not see it.</summary>
    UnknownFile,

    /// <summary>The file is longer than the server takes.</summary>
    FileTooLarge,

    /// <summary>The content of a file has another hash than the client said.</summary>
    WrongHash,

    /// <summary>The disk is full or failed, and nothing was done.</summary>
    DiskFull,

    /// <summary>The server runs no program of that name.</summary>
    UnknownProgram,

    /// <summary>The server hit an internal error; the log has its number.</summary>
    InternalError,
}
