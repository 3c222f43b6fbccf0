namespace MuxChat.Core.Chat;

/// <summary>Why a request was refused. The names, in snake case, are the codes on the wire: they do not change.</summary>
public enum ErrorCode
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>No such command.</summary>
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

    /// <summary>A frame of length zero.</summary>
    EmptyFrame,

    /// <summary>The nick is not well formed.</summary>
    BadNick,

    /// <summary>Somebody else has the nick.</summary>
    NickTaken,

    /// <summary>Nobody has the nick.</summary>
    UnknownNick,

    /// <summary>The room name is not well formed.</summary>
    BadRoom,

    /// <summary>There is no such room.</summary>
    UnknownRoom,

    /// <summary>The client is not in the room.</summary>
    NotInRoom,

    /// <summary>The client is in as many rooms as it may be.</summary>
    TooManyRooms,

    /// <summary>The server has as many rooms as it may have.</summary>
    ServerRoomsFull,

    /// <summary>The server has as many clients as it may have.</summary>
    ServerFull,

    /// <summary>It was done, and everyone has heard it, but it is not stored: the disk is full or broken.</summary>
    NotStored,

    /// <summary>As many connections come from the client's address as may.</summary>
    TooManyConnections,

    /// <summary>Connections come from the client's address too quickly.</summary>
    ConnectRate,

    /// <summary>Only an operator of the room may do that.</summary>
    NotRoomOperator,

    /// <summary>The client may not speak in the room.</summary>
    CannotSpeak,

    /// <summary>The client is banned from the room.</summary>
    Banned,

    /// <summary>Only who is invited may enter the room.</summary>
    InviteOnly,

    /// <summary>The room has a key, and it was not given.</summary>
    BadKey,

    /// <summary>The room has as many members as its operators allow.</summary>
    RoomFull,

    /// <summary>The person is not in the room.</summary>
    NotThere,

    /// <summary>The person is in the room already.</summary>
    AlreadyThere,

    /// <summary>There is no such mode.</summary>
    UnknownMode,

    /// <summary>The list of masks is full.</summary>
    ListFull,

    /// <summary>The server's password must be given first.</summary>
    PasswordNeeded,

    /// <summary>The password is wrong, or nobody's.</summary>
    BadPassword,

    /// <summary>Only server operators may do that.</summary>
    NotOperator,

    /// <summary>Nobody can be a server operator.</summary>
    NoOperators,

    /// <summary>Too much of the kind is asked at the moment.</summary>
    Busy,

    /// <summary>What was to be read again could not be.</summary>
    RehashFailed,

    /// <summary>The program has made a mistake; its number stands in the log.</summary>
    InternalError,
}
