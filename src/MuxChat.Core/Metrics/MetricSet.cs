namespace MuxChat.Core.Metrics;

/// <summary>
/// All figures of a server, one row each, in the order in which <c>/stats</c> shows them. A new metric is a row here and the place that
/// counts it: every protocol shows what is here.
/// </summary>
/// <remarks>One set serves one chat, and belongs to the thread that serves it; see <see cref="Metric"/>.</remarks>
public sealed class MetricSet
{
    /// <summary>Creates a set in which nothing has happened yet.</summary>
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
    ];

    /// <summary>The rows.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>See its row.</summary>
    public Gauge Clients { get; }

    /// <summary>See its row.</summary>
    public Gauge Rooms { get; }

    /// <summary>See its row.</summary>
    public Counter LinesIn { get; }

    /// <summary>See its row.</summary>
    public Counter LinesDelivered { get; }

    /// <summary>See its row.</summary>
    public Gauge Uptime { get; }

    /// <summary>See its row.</summary>
    public TextMetric Io { get; }

    /// <summary>See its row.</summary>
    public Counter Ticks { get; }

    /// <summary>See its row.</summary>
    public Gauge LongestTick { get; }

    /// <summary>See its row.</summary>
    public Gauge Allocated { get; }

    /// <summary>See its row.</summary>
    public Gauge Collections { get; }
}
