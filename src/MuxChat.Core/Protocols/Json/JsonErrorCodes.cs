using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The error codes on the wire. They are part of the protocol and do not change.</summary>
internal static class JsonErrorCodes
{
    public static ReadOnlySpan<byte> NameOf(ErrorCode code) => code switch
    {
        ErrorCode.UnknownCommand => "unknown_command"u8,
        ErrorCode.MissingField => "missing_field"u8,
        ErrorCode.BadField => "bad_field"u8,
        ErrorCode.BadJson => "bad_json"u8,
        ErrorCode.NotUtf8 => "not_utf8"u8,
        ErrorCode.ControlCharacter => "control_character"u8,
        ErrorCode.TooLong => "too_long"u8,
        ErrorCode.EmptyFrame => "empty_frame"u8,
        ErrorCode.BadNick => "bad_nick"u8,
        ErrorCode.NickTaken => "nick_taken"u8,
        ErrorCode.UnknownNick => "unknown_nick"u8,
        ErrorCode.BadRoom => "bad_room"u8,
        ErrorCode.UnknownRoom => "unknown_room"u8,
        ErrorCode.NotInRoom => "not_in_room"u8,
        ErrorCode.TooManyRooms => "too_many_rooms"u8,
        ErrorCode.ServerRoomsFull => "server_rooms_full"u8,
        ErrorCode.ServerFull => "server_full"u8,
        ErrorCode.NotStored => "not_stored"u8,
        ErrorCode.TooManyConnections => "too_many_connections"u8,
        ErrorCode.ConnectRate => "connect_rate"u8,
        ErrorCode.NotRoomOperator => "not_room_operator"u8,
        ErrorCode.CannotSpeak => "cannot_speak"u8,
        ErrorCode.Banned => "banned"u8,
        ErrorCode.InviteOnly => "invite_only"u8,
        ErrorCode.BadKey => "bad_key"u8,
        ErrorCode.RoomFull => "room_full"u8,
        ErrorCode.NotThere => "not_there"u8,
        ErrorCode.AlreadyThere => "already_there"u8,
        ErrorCode.UnknownMode => "unknown_mode"u8,
        ErrorCode.ListFull => "list_full"u8,
        ErrorCode.PasswordNeeded => "password_needed"u8,
        ErrorCode.BadPassword => "bad_password"u8,
        ErrorCode.NotOperator => "not_operator"u8,
        ErrorCode.NoOperators => "no_operators"u8,
        ErrorCode.Busy => "busy"u8,
        ErrorCode.RehashFailed => "rehash_failed"u8,
        ErrorCode.FilesOff => "files_off"u8,
        ErrorCode.UnknownFile => "unknown_file"u8,
        ErrorCode.FileTooLarge => "file_too_large"u8,
        ErrorCode.WrongHash => "wrong_hash"u8,
        ErrorCode.DiskFull => "disk_full"u8,
        ErrorCode.UnknownProgram => "unknown_program"u8,
        ErrorCode.InternalError => "internal_error"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "This code has no name on the wire."),
    };
}
