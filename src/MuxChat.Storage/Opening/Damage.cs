namespace MuxChat.Storage.Opening;

/// <summary>Something that had been durable, and is not as it was.</summary>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Offset">The first byte concerned.</param>
/// <param name="Reason">What is wrong, in words.</param>
internal sealed record Damage(long Segment, long Offset, string Reason)
{
    /// <summary>A segment that should be there.</summary>
    public static Damage Missing(long segment) => new(segment, 0, "the file is missing, and there are newer ones");

    /// <summary>What is wrong with a segment, or with the one before it as this one knows it; null when nothing is, or when it only has a torn end.</summary>
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
            $"the file has {previous.Bytes} bytes, and had {header.PreviousBytes} when the next one was begun");
    }
}
