namespace MuxChat.Core.Chat.Operators;

/// <summary>What came of a request to the desk.</summary>
/// <param name="IsDone">Whether the password was right, or the file was read.</param>
/// <param name="Motd">What was read: lines by LF, empty for none; null where that was not asked.</param>
public readonly record struct DeskOutcome(bool IsDone, byte[]? Motd = null);
