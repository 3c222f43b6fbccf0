namespace MuxChat.Core.Metrics;

/// <summary>All figures of a server, one row each: the registry. <c>/stats</c> shows some rows, and <c>/metrics</c> almost all.</summary>
/// <remarks>
/// A new metric is a row here, or in one of the groups, and the code that counts it. One set serves one chat and belongs to its serving
/// thread; see <see cref="Metric"/>. Reading costs the readers, never the hot paths: those only add to a field.
/// </remarks>
public sealed class MetricSet
{
    private Action? _refresh;

    /// <summary>Creates a set in which every figure is zero.</summary>
    public MetricSet()
    {
        All =
        [
            Clients, Rooms, LinesIn, LinesDelivered, Uptime, Io, Ticks, LongestTick, Allocated, Collections, DatagramsIn, DatagramsDropped,
            Resumes, HistoryBytes, TickWork, TickWait,
            .. Connections.All,
            .. Journal.All,
            .. Files.All,
            .. Commands.All,
            .. Process.All,
        ];
        Shown = [.. All.Where(static metric => metric.IsShown)];
    }

    /// <summary>The rows. Those that <c>/stats</c> shows are in its order.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>The rows that <c>/stats</c> shows, in its order.</summary>
    public IReadOnlyList<Metric> Shown { get; }

    /// <summary>The figures of connections and their bytes.</summary>
    public ConnectionMetrics Connections { get; } = new();

    /// <summary>The figures of the journal.</summary>
    public JournalMetrics Journal { get; } = new();

    /// <summary>The figures of shared files.</summary>
    public FileMetrics Files { get; } = new();

    /// <summary>The figures of the admin's commands.</summary>
    public CommandMetrics Commands { get; } = new();

    /// <summary>The figures of the process.</summary>
    public ProcessMetrics Process { get; } = new();

    /// <summary>Clients now.</summary>
    public Gauge Clients { get; } = new(new("", Shown: "clients"), "Clients connected now.");

    /// <summary>Rooms now, without those that are hidden or have no members.</summary>
    public Gauge Rooms { get; } = new(new("muxchat_rooms", Shown: "rooms"), "Rooms that have members and are not hidden.");

    /// <summary>Lines accepted since the start: said, <c>/me</c> and private ones.</summary>
    public Counter LinesIn { get; } = new(new("muxchat_lines_received_total", Shown: "lines_in"),
        "Lines accepted since the start: said in rooms, `/me` and private ones.");

    /// <summary>Copies of those lines queued for receivers since the start.</summary>
    public Counter LinesDelivered { get; } = new(
        new("muxchat_lines_delivered_total", Shown: "lines_delivered", Label: "delivered"),
        "Copies of those lines queued for recipients since the start.");

    /// <summary>Milliseconds since the start.</summary>
    public Gauge Uptime { get; } = new(new("", "ms", "uptime"), "Time since the start.");

    /// <summary>The I/O model in use now.</summary>
    public TextMetric Io { get; } = new(new("muxchat_io_info", Shown: "io"), "io", "The I/O model in use.");

    /// <summary>Turns of the event loop since the start; 0 with <c>--io threads</c> and <c>async</c>.</summary>
    public Counter Ticks { get; } = new(new("muxchat_ticks_total", Shown: "ticks"),
        "Ticks of the event loop since the start; 0 under `--io threads` and `async`, which have no loop.");

    /// <summary>The longest turn since the start, in microseconds, without the wait.</summary>
    public Gauge LongestTick { get; } = new(new("muxchat_tick_longest_seconds", "us", "longest_tick"),
        "The longest tick since the start, without the wait before it.");

    /// <summary>Bytes of managed memory allocated since the start.</summary>
    public Counter Allocated { get; } = new(new("muxchat_allocated_bytes_total", "bytes", "allocated"),
        "Managed memory allocated since the start.");

    /// <summary>Garbage collections since the start.</summary>
    public Counter Collections { get; } = new(new("muxchat_gc_collections_total", Shown: "collections"),
        "Garbage collections since the start.");

    /// <summary>Datagrams received since the start.</summary>
    public Counter DatagramsIn { get; } = new(new("muxchat_datagrams_received_total", Shown: "datagrams_in"),
        "Datagrams received over UDP since the start.");

    /// <summary>Datagrams dropped since the start.</summary>
    public Counter DatagramsDropped { get; } = new(new("muxchat_datagrams_dropped_total", Shown: "datagrams_dropped", Label: "dropped"),
        "Datagrams dropped since the start: over the rate of their address, refused by the service, or not to be answered.");

    /// <summary>Requests to resume a room, by outcome.</summary>
    public MetricFamily Resumes { get; } = new(new("muxchat_resumes_total"), MetricKind.Counter, "outcome",
        [ResumeOutcomes.Resumed, ResumeOutcomes.Gap, ResumeOutcomes.Refused],
        "Requests to resume a room: the missed events followed, or some are lost (gap), or the request was refused.");

    /// <summary>Bytes that all rooms' past takes in memory.</summary>
    public Gauge HistoryBytes { get; } = new(new("muxchat_history_bytes", "bytes"), "Memory that the past of all rooms takes.");

    /// <summary>How long ticks worked.</summary>
    public Histogram TickWork { get; } = new(new("muxchat_tick_work_seconds"), "Time that ticks of the event loop worked.");

    /// <summary>How long ticks waited for clients before they worked.</summary>
    public Histogram TickWait { get; } = new(new("muxchat_tick_wait_seconds"), "Time that ticks waited for clients before they worked.");

    /// <summary>Adds a step that brings gauges up to date before all figures are read. It runs on the serving thread.</summary>
    public void OnRefresh(Action step) => _refresh += step;

    /// <summary>Brings the gauges up to date whose owners count only when they are read.</summary>
    public void Refresh() => _refresh?.Invoke();
}
