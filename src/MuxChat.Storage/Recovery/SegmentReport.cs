namespace MuxChat.Storage.Recovery;

/// <summary>The result of reading a segment from its beginning to its end, or to the first problem.</summary>
internal sealed record SegmentReport
{
    /// <summary>The segment's number.</summary>
    public required long Number { get; init; }

    /// <summary>The segment's header; null when it is invalid.</summary>
    public Format.SegmentHeader? Header { get; init; }

    /// <summary>The segment's length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Valid events before the end or the first problem.</summary>
    public long Events { get; init; }

    /// <summary>The number of the last batch that began before the end or the first problem; 0 without one.</summary>
    public long LastBatch { get; init; }

    /// <summary>
    /// The offset up to which all bytes were durable, according to the last batch. It is 0 without a
    /// batch, because then even the header may be lost.
    /// </summary>
    public long SyncedUpTo { get; init; }

    /// <summary>Offset of the batch with the clean end, if that is the last record; else null.</summary>
    public long? CleanEndAt { get; init; }

    /// <summary>Offset of the last start mark without a clean end right before it; null without one.</summary>
    public long? UncleanStartAt { get; init; }

    /// <summary>Offset of the first invalid record; null when there is none.</summary>
    public long? BadAt { get; init; }

    /// <summary>The problem at <see cref="BadAt"/>, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// Whether a later batch proves that the bad place was once durable. If so, it is damage; else it is the end of an unfinished write.
    /// </summary>
    public bool IsProvenDamage { get; init; }

    /// <summary>Whether the file does not exist.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The disk's error when the segment could not be read; the other members then have no meaning.</summary>
    public string? Unreadable { get; init; }
}

/// <summary>Bytes that were durable, and are now changed or missing.</summary>
/// <param name="Segment">The segment's number.</param>
/// <param name="Offset">Offset of the first bad byte.</param>
/// <param name="Reason">The problem, in words.</param>
internal sealed record Damage(long Segment, long Offset, string Reason)
{
    /// <summary>Returns the damage of a missing segment.</summary>
    public static Damage Missing(long segment) => new(segment, 0, "the file is missing, but there are newer ones");

    /// <summary>
    /// Returns the damage of a segment, or of the previous one as this one's header shows it. Returns null
    /// for a sound segment, and for one with only a torn end.
    /// </summary>
    /// <param name="report">The result of reading the segment.</param>
    /// <param name="previous">The result of reading the previous segment; null for the oldest.</param>
    /// <param name="isNewest">Whether the segment is the newest. Every other segment was durable before the next was created.</param>
    public static Damage? Of(SegmentReport report, SegmentReport? previous, bool isNewest)
    {
        if (report.BadAt is { } bad)
        {
            return !isNewest || report.IsProvenDamage ? new(report.Number, bad, report.Reason) : null;
        }

        if (previous is null || report.Header is not { } header || previous.Bytes == header.PreviousBytes)
        {
            return null;
        }

        return new(
            previous.Number,
            Math.Min(previous.Bytes, header.PreviousBytes),
            $"the file has {previous.Bytes} bytes, but had {header.PreviousBytes} when the next one was begun");
    }
}
