namespace MuxChat.Storage.Opening;

/// <summary>How it went to open a journal.</summary>
/// <param name="Status">Whether it is open.</param>
/// <param name="Message">Why not, with the file, the place and what to do, for people; empty when it is open.</param>
/// <param name="Session">The open journal; null when it is not.</param>
public sealed record JournalOpening(JournalOpeningStatus Status, string Message, JournalSession? Session);
