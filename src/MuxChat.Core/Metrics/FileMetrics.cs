namespace MuxChat.Core.Metrics;

/// <summary>The figures of shared files; a group of <see cref="MetricSet"/>.</summary>
public sealed class FileMetrics
{
    internal FileMetrics() => All = [Kept, KeptBytes, Shared, Failed, ReceivedBytes, SentBytes];

    /// <summary>The rows.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>Files now.</summary>
    public Gauge Kept { get; } = new(new("muxchat_files"), "Shared files that the server keeps now.");

    /// <summary>Their bytes.</summary>
    public Gauge KeptBytes { get; } = new(new("muxchat_files_bytes", "bytes"), "Bytes of the shared files that the server keeps now.");

    /// <summary>Files shared since the start.</summary>
    public Counter Shared { get; } = new(new("muxchat_files_shared_total"), "Files shared since the start.");

    /// <summary>Uploads that ended without a file.</summary>
    public Counter Failed { get; } = new(new("muxchat_files_failed_total"),
        "Uploads since the start that ended without a file: wrong hash, full disk, or given up.");

    /// <summary>Bytes of files received.</summary>
    public Counter ReceivedBytes { get; } = new(new("muxchat_files_received_bytes_total", "bytes"),
        "Bytes of files received since the start.");

    /// <summary>Bytes of files sent.</summary>
    public Counter SentBytes { get; } = new(new("muxchat_files_sent_bytes_total", "bytes"), "Bytes of files sent since the start.");
}
