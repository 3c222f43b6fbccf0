namespace MuxChat.Storage;

/// <summary>The limits of a journal, with their defaults.</summary>
public sealed record JournalOptions
{
    private const long MiB = 1024 * 1024;
    private const long MinSegmentBytes = MiB;
    private const long MaxSegmentBytes = 64 * MiB;
    private const int SegmentsToRetain = 8;

    /// <summary>The promise of an acknowledgement: by default that the event is on the disk.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>
    /// The most bytes of all segments together: 1 GiB; 0 means no limit. Beyond that the oldest are deleted, but never the current one.
    /// </summary>
    public long RetainBytes { get; init; } = 1024 * MiB;

    /// <summary>The age at which a segment is deleted, counted from its newest event: zero means never.</summary>
    public TimeSpan RetainFor { get; init; } = TimeSpan.Zero;

    /// <summary>The newest events of each room restored at the start: 1,000.</summary>
    public int HistoryEvents { get; init; } = 1000;

    /// <summary>
    /// The length at which a new segment begins: 64 MiB, or 1/8 of <see cref="RetainBytes"/> if that is less, but at least 1 MiB.
    /// </summary>
    public long SegmentBytes
    {
        get => field > 0 ? field
            : Math.Clamp(RetainBytes == 0 ? MaxSegmentBytes : RetainBytes / SegmentsToRetain, MinSegmentBytes, MaxSegmentBytes);
        init;
    }

    /// <summary>Bytes waiting for the disk above which senders are slowed down: 8 MiB.</summary>
    public long BehindBytes { get; init; } = 8 * MiB;

    /// <summary>Bytes waiting for the disk above which further events are dropped: 32 MiB.</summary>
    public long BacklogBytes { get; init; } = 32 * MiB;

    /// <summary>The most bytes written and synced at once: 1 MiB.</summary>
    public int BatchBytes { get; init; } = (int)MiB;

    /// <summary>The pause before a full disk is tried again: one second.</summary>
    public TimeSpan FullRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The age at which a new segment begins, if <see cref="RetainFor"/> is set: 1/8 of that, but at least an hour.</summary>
    internal TimeSpan SegmentAge => RetainFor == TimeSpan.Zero
        ? TimeSpan.MaxValue
        : TimeSpan.FromTicks(Math.Max(RetainFor.Ticks / SegmentsToRetain, TimeSpan.TicksPerHour));
}

/// <summary>The promise of an acknowledgement.</summary>
public enum Durability
{
    /// <summary>The event is on the disk (fdatasync), and survives a power cut.</summary>
    Fsync,

    /// <summary>The operating system has the event. It survives any end of the process, but not a power cut.</summary>
    Os,

    /// <summary>No promise: the event is written, and no client waits for it.</summary>
    None,
}
