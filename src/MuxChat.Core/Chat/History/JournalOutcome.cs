namespace MuxChat.Core.Chat.History;

/// <summary>How it went with all events up to a position, from where the last outcome ended.</summary>
/// <param name="UpTo">The last position concerned.</param>
/// <param name="Status">How it went.</param>
public readonly record struct JournalOutcome(long UpTo, JournalStatus Status);
