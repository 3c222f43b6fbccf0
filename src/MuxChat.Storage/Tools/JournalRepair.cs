namespace MuxChat.Storage.Tools;

/// <summary>What a repair did.</summary>
/// <param name="Refused">Why it did nothing, or did not come to its end, in words; null when it did what there was to do.</param>
/// <param name="Segments">The segments that it changed, oldest first; none when nothing was wrong.</param>
public sealed record JournalRepair(string? Refused, IReadOnlyList<RepairedSegment> Segments);
