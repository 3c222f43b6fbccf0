using MuxChat.Core.Chat;

namespace MuxChat.Core.Conversations;

/// <summary>
/// How many lines or frames in a row could not be understood. What was understood ends the row, even when it was refused. A field of its conversation.
/// </summary>
internal struct ErrorRow
{
    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the request was wrong in itself, whoever else is there: the client could have known.</summary>
    public static bool IsClientsFault(ErrorCode code) =>
        IsNotUnderstood(code) || code is ErrorCode.MissingField or ErrorCode.BadField or ErrorCode.ControlCharacter or ErrorCode.BadNick or ErrorCode.BadRoom;

    /// <summary>Whether the request had no form or no sense: no client of either protocol sends many of those.</summary>
    public static bool IsNotUnderstood(ErrorCode code) =>
        code is ErrorCode.UnknownCommand or ErrorCode.BadJson or ErrorCode.NotUtf8 or ErrorCode.TooLong or ErrorCode.EmptyFrame;

    /// <summary>Counts how one ended.</summary>
    public void Note(ErrorCode code) => Length = IsNotUnderstood(code) ? Length + 1 : 0;
}
