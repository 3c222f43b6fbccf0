namespace MuxChat.Core.Chat;

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

    /// <summary>The server hit an internal error; the log has its number.</summary>
    InternalError,
}
