namespace MuxChat.Storage;

/// <summary>A segment that is not written to any more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="NewestUnixMs">When its newest event happened; null as long as that is not known.</param>
internal sealed record SealedSegment(long Number, long Bytes, long? NewestUnixMs);
