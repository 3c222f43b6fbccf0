namespace MuxChat.Storage.Recovery;

/// <summary>What was found when a segment was read from its beginning to its end, or to the first thing that is wrong.</summary>
internal sealed record SegmentReport
{
    /// <summary>The segment's number.</summary>
    public required long Number { get; init; }

    /// <summary>Its header, when that is right.</summary>
    public Format.SegmentHeader? Header { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The whole events from its beginning on.</summary>
    public long Events { get; init; }

    /// <summary>The number of the last batch that began before the end or what is wrong; 0 without any.</summary>
    public long LastBatch { get; init; }

    /// <summary>
    /// Everything before this offset was durable, as the last of those batches says; 0 without a batch, when not even the header is sure.
    /// </summary>
    public long SyncedUpTo { get; init; }

    /// <summary>Where the clean end begins that is the last record; null when the last record is none.</summary>
    public long? CleanEndAt { get; init; }

    /// <summary>Where the last start stands that has no clean end right before it; null without one.</summary>
    public long? UncleanStartAt { get; init; }

    /// <summary>Where the first thing stands that is no whole record; null when there is none.</summary>
    public long? BadAt { get; init; }

    /// <summary>What is wrong there, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// Whether something beyond that place proves that the place was durable once: then it is damage, else the end of
    /// a write that was not finished.
    /// </summary>
    public bool IsProvenDamage { get; init; }

    /// <summary>Whether there is no such file.</summary>
    public bool IsMissing { get; init; }

    /// <summary>What the disk said when it could not be read; then nothing else counts.</summary>
    public string? Unreadable { get; init; }
}

/// <summary>Something that had been durable, and is not as it was.</summary>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Offset">The first byte concerned.</param>
/// <param name="Reason">What is wrong, in words.</param>
internal sealed record Damage(long Segment, long Offset, string Reason)
{
    /// <summary>A segment that should be there.</summary>
    public static Damage Missing(long segment) => new(segment, 0, "the file is missing, but there are newer ones");

    /// <summary>
    /// What is wrong with a segment, or with the one before it as this one knows it; null when nothing is, or when it only has a torn end.
    /// </summary>
    /// <param name="report">What was found in the segment.</param>
    /// <param name="previous">What was found in the one before it; null for the first that is there.</param>
    /// <param name="isNewest">Whether none comes after it: all others were durable in whole before the next was made.</param>
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
