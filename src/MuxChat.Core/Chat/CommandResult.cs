namespace MuxChat.Core.Chat;

/// <summary>How a command ended: done, with the number its event has in the room (0 when it made none), or refused, with the reason in words.</summary>
/// <param name="Code">Why it was refused; <see cref="ErrorCode.None"/> when it was done.</param>
/// <param name="Message">What is wrong and what would be right; empty when it was done. Never holds text of the client's that was not checked.</param>
/// <param name="Seq">The event's number in its room; 0 for none.</param>
/// <param name="Position">Where its last event stands in the journal; 0 where there is none, or nothing to wait for.</param>
public readonly record struct CommandResult(ErrorCode Code, string Message, long Seq, long Position = 0)
{
    /// <summary>Whether somebody else says later how it ended: it is not answered now.</summary>
    public bool IsAnsweredLater { get; init; }

    /// <summary>What it costs of the flood budget beyond what every command costs: more work costs more.</summary>
    public int Price { get; init; }

    /// <summary>Done.</summary>
    public static CommandResult Done(long seq = 0) => new(ErrorCode.None, "", seq);

    /// <summary>Refused.</summary>
    public static CommandResult Refused(ErrorCode code, string message) => new(code, message, 0);

    /// <summary>Whether it was done.</summary>
    public bool IsDone => Code == ErrorCode.None;
}
