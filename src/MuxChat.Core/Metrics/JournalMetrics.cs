namespace MuxChat.Core.Metrics;

/// <summary>The figures of the journal; a group of <see cref="MetricSet"/>.</summary>
/// <remarks>
/// Without <c>--data</c> all are zero, but for the first. The journal's thread hands its figures over with each batch, and the loop's
/// thread counts them here.
/// </remarks>
public sealed class JournalMetrics
{
    internal JournalMetrics() => All = [Up, BytesWritten, Sync, EventsLost];

    /// <summary>The rows.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>1 while the journal stores events; 0 while it does not. Without a journal it has no sample.</summary>
    public Gauge Up { get; } = new(new("muxchat_journal_up"),
        "1 if the journal stored its last events; 0 after a failure, and while the disk is full. Only with `--data`.")
    { IsOptional = true };

    /// <summary>Bytes of events stored.</summary>
    public Counter BytesWritten { get; } = new(new("muxchat_journal_written_bytes_total", "bytes"),
        "Bytes of events that the journal has stored since the start.");

    /// <summary>How long the disk took to make a batch durable.</summary>
    public Histogram Sync { get; } = new(new("muxchat_journal_sync_seconds"), "Time that the disk took to make a batch of events durable.");

    /// <summary>Events that were not stored.</summary>
    public Counter EventsLost { get; } = new(new("muxchat_journal_events_not_stored_total"),
        "Events since the start that the journal could not store.");
}
