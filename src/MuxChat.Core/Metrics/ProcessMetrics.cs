namespace MuxChat.Core.Metrics;

/// <summary>
/// The figures of the process, under the names that client libraries of this format use; a group of <see cref="MetricSet"/>.
/// </summary>
/// <remarks>The core knows no operating system: the server gives each figure its source.</remarks>
public sealed class ProcessMetrics
{
    internal ProcessMetrics() => All = [Build, Runtime, Cpu, ResidentBytes, OpenDescriptors, MaxDescriptors, StartTime];

    /// <summary>The rows.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>The version of the program.</summary>
    public TextMetric Build { get; } = new(new("muxchat_build_info"), "version", "The version of the server.");

    /// <summary>The version of the runtime.</summary>
    public TextMetric Runtime { get; } = new(new("muxchat_runtime_info"), "version", "The version of the .NET runtime.");

    /// <summary>Processor time of all threads.</summary>
    public Counter Cpu { get; } = new(new("process_cpu_seconds_total", "us"), "Processor time of the process, user and system.");

    /// <summary>Memory of the process that is in RAM.</summary>
    public Gauge ResidentBytes { get; } = new(new("process_resident_memory_bytes", "bytes"), "Memory of the process that is in RAM.");

    /// <summary>Descriptors that are open.</summary>
    public Gauge OpenDescriptors { get; } = new(new("process_open_fds"), "Open descriptors.");

    /// <summary>The limit of descriptors.</summary>
    public Gauge MaxDescriptors { get; } = new(new("process_max_fds"), "The limit of open descriptors.");

    /// <summary>Start of the process, since 1970-01-01 UTC.</summary>
    public Gauge StartTime { get; } = new(new("process_start_time_seconds", "ms"), "Start of the process, since 1970-01-01 UTC.");
}
