namespace MuxChat.Core.Metrics;

/// <summary>The figures of the admin's commands; a group of <see cref="MetricSet"/>. Without <c>--command</c> all are zero.</summary>
public sealed class CommandMetrics
{
    /// <summary>The command exited by itself.</summary>
    public const string Exited = "exited";

    /// <summary>A signal ended the command.</summary>
    public const string Signalled = "signalled";

    /// <summary>The command took too long.</summary>
    public const string TimeLimit = "time_limit";

    /// <summary>The command wrote too much.</summary>
    public const string OutputLimit = "output_limit";

    /// <summary>The command could not be started.</summary>
    public const string NotStarted = "not_started";

    /// <summary>The client went away.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Too many commands waited.</summary>
    public const string Busy = "busy";

    internal CommandMetrics() => All = [Outcomes, Running, Waiting, OutputBytes];

    /// <summary>The rows.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>Commands by outcome.</summary>
    public MetricFamily Outcomes { get; } = new(new("muxchat_commands_total"), MetricKind.Counter, "outcome",
        [Exited, Signalled, TimeLimit, OutputLimit, NotStarted, Cancelled, Busy],
        "Runs of commands that ended, by outcome; or that were refused because too many waited (busy).");

    /// <summary>Commands that run now.</summary>
    public Gauge Running { get; } = new(new("muxchat_commands_running"), "Commands that run now.");

    /// <summary>Commands that wait for their turn now.</summary>
    public Gauge Waiting { get; } = new(new("muxchat_commands_waiting"), "Commands that wait for their turn.");

    /// <summary>Bytes that commands have written.</summary>
    public Counter OutputBytes { get; } = new(new("muxchat_commands_output_bytes_total", "bytes"),
        "Bytes of output that were read from commands.");
}
