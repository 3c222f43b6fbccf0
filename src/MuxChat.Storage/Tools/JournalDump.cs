namespace MuxChat.Storage.Tools;

/// <summary>How it went to go through a journal's events.</summary>
/// <param name="Trouble">What kept the disk from being read, in words; null when nothing did.</param>
/// <param name="Events">Events that were handed on.</param>
/// <param name="LostBytes">Bytes that belong to no whole record.</param>
/// <param name="FirstLost">Where the first of them are; null without any.</param>
public sealed record JournalDump(string? Trouble, long Events, long LostBytes, JournalDamage? FirstLost);
