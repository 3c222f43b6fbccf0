namespace MuxChat.LoadTests.Measures;

/// <summary>
/// One figure of a run: its name on the command line and in files, its heading in tables, and whether more of it is better. Tables, charts,
/// comparisons and thresholds all take their figures from here.
/// </summary>
/// <param name="Name">Its name, such as <c>p99</c>.</param>
/// <param name="Head">Its heading, with the unit.</param>
/// <param name="Unit">The unit that a threshold may name, such as <c>ms</c>; empty for a plain number.</param>
/// <param name="IsMoreBetter">Whether a larger value is better.</param>
/// <param name="Of">Reads it from a run, in that unit; null when the run does not know it.</param>
internal sealed record Figure(string Name, string Head, string Unit, bool IsMoreBetter, Func<RunResult, double?> Of)
{
    private const double KbPerMb = 1024;

    /// <summary>What the audit counts. All of them are 0 in a clean run.</summary>
    public static IReadOnlyList<Figure> Faults { get; } =
    [
        new("lost", "lost", "", false, static run => run.Audit.Lost),
        new("duplicated", "duplicated", "", false, static run => run.Audit.Duplicated),
        new("reordered", "reordered", "", false, static run => run.Audit.Reordered),
        new("corrupted", "corrupted", "", false, static run => run.Audit.Corrupted),
        new("refused", "refused", "", false, static run => run.Audit.Refused),
    ];

    /// <summary>What was measured.</summary>
    public static IReadOnlyList<Figure> Measured { get; } =
    [
        new("deliveries/cpu-s", "deliveries per cpu second", "", true, static run => run.CpuSeconds > 0 ? run.DeliveredPerCpuSecond : null),
        new("deliveries/s", "deliveries a second", "", true, static run => IfMeasured(run, run.DeliveredPerSecond)),
        Latency("p50", "latency p50, ms", static run => run.Latency.P50),
        Latency("p90", "latency p90, ms", static run => run.Latency.P90),
        Latency("p99", "latency p99, ms", static run => run.Latency.P99),
        Latency("p99.9", "latency p99.9, ms", static run => run.Latency.P999),
        Latency("max", "latency max, ms", static run => run.Latency.Max),
        new("login", "login of all, s", "s", false, static run => Known(run.LoginSeconds)),
        Latency("login-p50", "login p50, ms", static run => run.Logins.P50),
        Latency("login-p99", "login p99, ms", static run => run.Logins.P99),
        new("cpu", "server processor time, s", "s", false, static run => Known(run.CpuSeconds)),
        new("cpu-user", "of that in user mode, s", "s", false, static run => Known(run.UserSeconds)),
        new("cpu-system", "of that in the kernel, s", "s", false, static run => Known(run.SystemSeconds)),
        new("memory", "resident at rest, MB", "MB", false, static run => Known(run.ResidentRestKb / KbPerMb)),
        new("memory-load", "resident under load, MB", "MB", false, static run => Known(run.ResidentLoadKb / KbPerMb)),
        new("threads", "threads", "", false, static run => Known(run.Threads)),
        new("switches", "context switches per 1,000 deliveries", "", false, static run => run.SwitchesPerThousand),
        new("allocated", "allocated bytes per delivery", "", false,
            static run => run.Delivered > 0 ? (double?)run.AllocatedBytes / run.Delivered : null),
        new("collections", "garbage collections", "", false, static run => run.Collections),
        Latency("tick", "longest tick so far, ms", static run => run.LongestTickUs),
        Named("capacity", "capacity, lines a second", true),
        Named("capacity-deliveries", "capacity, deliveries a second", true),
        Named("after/before", "full window after the search against before", true),
        Named("logins/s", "logins a second", true),
        Named("logins/cpu-s", "logins per cpu second", true),
        Named("against-alone", "throughput against alone", true),
        Named("idle-bytes", "resident bytes per idle client", false),
        Named("throughput-slow", "throughput against all reading", true),
        Named("p99-slow", "p99 against all reading", false),
        Named("cut", "cut as slow consumers", true),
        Named("descriptors-before", "descriptors before", false),
        Named("descriptors-after", "descriptors after", false),
        new("lag-p99", "lag of the load p99, ms", "ms", false, static run => IfMeasured(run, run.Load.LagP99Us / 1000.0)),
        new("load-busy", "load generator busy, %", "%", false, static run => IfMeasured(run, run.Load.BusyShare * 100)),
    ];

    /// <summary>Every figure that there is.</summary>
    public static IReadOnlyList<Figure> All { get; } = [.. Measured, .. Faults];

    /// <summary>The figure of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Figure Get(string name) => Find(name) ?? throw new KeyNotFoundException($"there is no figure {name}");

    /// <summary>The figure of that name; null if there is none.</summary>
    public static Figure? Find(string name) => All.FirstOrDefault(figure => figure.Name == name);

    /// <summary>Shows a value with as many digits as it is good for.</summary>
    public static string Show(double? value) => value is { } known ? Numbers.Show(known) : "-";

    private static Figure Latency(string name, string head, Func<RunResult, long> microseconds) =>
        new(name, head, "ms", false, run => Known(microseconds(run) / 1000.0));

    private static Figure Named(string name, string head, bool isMoreBetter) =>
        new(name, head, "", isMoreBetter, run => run.More.TryGetValue(name, out var value) ? value : null);

    // A run that ended before it began to measure has no figures.
    private static double? IfMeasured(RunResult run, double value) => run.Seconds > 0 ? value : null;

    private static double? Known(double value) => value > 0 ? value : null;
}
