namespace MuxChat.Storage;

/// <summary>How a journal is kept: its limits with their defaults.</summary>
public sealed record JournalOptions
{
    private const long MiB = 1024 * 1024;
    private const long MinSegmentBytes = MiB;
    private const long MaxSegmentBytes = 64 * MiB;
    private const int SegmentsToRetain = 8;

    /// <summary>What an acknowledgement promises: by default that the event is on the disk.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>
    /// All segments together may take this many bytes: 1 GiB; 0 is without limit. Beyond that the oldest are
    /// deleted, never the current one.
    /// </summary>
    public long RetainBytes { get; init; } = 1024 * MiB;

    /// <summary>A segment is deleted when all its events are older: zero is never.</summary>
    public TimeSpan RetainFor { get; init; } = TimeSpan.Zero;

    /// <summary>The newest events of each room that are given back at the start: 1,000.</summary>
    public int HistoryEvents { get; init; } = 1000;

    /// <summary>
    /// A segment that is this long is followed by a new one: 64 MiB, or an eighth of <see cref="RetainBytes"/> if
    /// that is less, but at least 1 MiB.
    /// </summary>
    public long SegmentBytes
    {
        get => field > 0 ? field
            : Math.Clamp(RetainBytes == 0 ? MaxSegmentBytes : RetainBytes / SegmentsToRetain, MinSegmentBytes, MaxSegmentBytes);
        init;
    }

    /// <summary>With this much waiting for the disk the journal is behind, and senders are slowed down: 8 MiB.</summary>
    public long BehindBytes { get; init; } = 8 * MiB;

    /// <summary>With this much waiting for the disk further events are given up: 32 MiB.</summary>
    public long BacklogBytes { get; init; } = 32 * MiB;

    /// <summary>The most that is written and synced in one go: 1 MiB.</summary>
    public int BatchBytes { get; init; } = (int)MiB;

    /// <summary>A full disk is tried again after this time: one second.</summary>
    public TimeSpan FullRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// With <see cref="RetainFor"/>, a segment is also followed by a new one when it was begun this long ago: an
    /// eighth of that, at least an hour.
    /// </summary>
    internal TimeSpan SegmentAge => RetainFor == TimeSpan.Zero
        ? TimeSpan.MaxValue
        : TimeSpan.FromTicks(Math.Max(RetainFor.Ticks / SegmentsToRetain, TimeSpan.TicksPerHour));
}

/// <summary>What an acknowledgement promises.</summary>
public enum Durability
{
    /// <summary>The event is on the disk (fdatasync): it survives the loss of power.</summary>
    Fsync,

    /// <summary>
    /// The event is with the operating system: it survives the end of the process, however it ends, not the loss of power.
    /// </summary>
    Os,

    /// <summary>Nothing: the event is written, and nobody waits for it.</summary>
    None,
}
