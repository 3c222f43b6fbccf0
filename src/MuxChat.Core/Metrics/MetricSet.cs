namespace MuxChat.Core.Metrics;

/// <summary>All figures of a server, one row each, in the order in which <c>/stats</c> shows them.</summary>
/// <remarks>
/// A new metric is a row here and the code that counts it; every protocol shows all rows. One set serves one chat and belongs to its
/// serving thread; see <see cref="Metric"/>.
/// </remarks>
public sealed class MetricSet
{
    /// <summary>Creates a set in which every figure is zero.</summary>
    public MetricSet() => All =
    [
        Clients = new Gauge("clients", "", "Clients connected now."),
        Rooms = new Gauge("rooms", "", "Rooms that have members and are not hidden."),
        LinesIn = new Counter("lines_in", "", "Lines accepted since the start: said in rooms, `/me` and private ones."),
        LinesDelivered = new Counter("lines_delivered", "", "Copies of those lines queued for recipients since the start.", "delivered"),
        Uptime = new Gauge("uptime", "ms", "Time since the start."),
        Io = new TextMetric("io", "The I/O model in use."),
        Ticks = new Counter("ticks", "",
            "Ticks of the event loop since the start; 0 under `--io threads` and `async`, which have no loop."),
        LongestTick = new Gauge("longest_tick", "us", "The longest tick since the start, without the wait before it."),
        Allocated = new Gauge("allocated", "bytes", "Managed memory allocated since the start."),
        Collections = new Gauge("collections", "", "Garbage collections since the start."),
        DatagramsIn = new Counter("datagrams_in", "", "Datagrams received over UDP since the start."),
        DatagramsDropped = new Counter("datagrams_dropped", "",
            "Datagrams dropped since the start: over the rate of their address, refused by the service, or not to be answered.", "dropped"),
    ];

    /// <summary>The rows, in the order of <c>/stats</c>.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>Clients now.</summary>
    public Gauge Clients { get; }

    /// <summary>Rooms now, without those that are hidden or have no members.</summary>
    public Gauge Rooms { get; }

    /// <summary>Lines accepted since the start: said, <c>/me</c> and private ones.</summary>
    public Counter LinesIn { get; }

    /// <summary>Copies of those lines queued for receivers since the start.</summary>
    public Counter LinesDelivered { get; }

    /// <summary>Datagrams received since the start.</summary>
    public Counter DatagramsIn { get; }

    /// <summary>Datagrams dropped since the start.</summary>
    public Counter DatagramsDropped { get; }

    /// <summary>Milliseconds since the start.</summary>
    public Gauge Uptime { get; }

    /// <summary>The I/O model in use now.</summary>
    public TextMetric Io { get; }

    /// <summary>Turns of the event loop since the start; 0 with <c>--io threads</c> and <c>async</c>.</summary>
    public Counter Ticks { get; }

    /// <summary>The longest turn since the start, in microseconds, without the wait.</summary>
    public Gauge LongestTick { get; }

    /// <summary>Bytes of managed memory allocated since the start.</summary>
    public Gauge Allocated { get; }

    /// <summary>Garbage collections since the start.</summary>
    public Gauge Collections { get; }
}
