using MuxChat.LoadTests.Audit;

namespace MuxChat.LoadTests.Measures;

/// <summary>What one measurement found.</summary>
internal sealed record RunResult
{
    /// <summary>What was measured, such as "broadcast" or "with 15,000 idle".</summary>
    public required string Name { get; init; }

    /// <summary>The scenario that it belongs to.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>The round of a comparison, from 1; 0 without rounds.</summary>
    public int Round { get; init; }

    /// <summary>Whether it was the other build of the server, that of <c>--versus</c>.</summary>
    public bool IsVersus { get; init; }

    /// <summary>Whether the server was given all processors on purpose, and the load too.</summary>
    public bool IsOnAll { get; init; }

    /// <summary>How many processors the server could use; 0 when that is not known.</summary>
    public int Processors { get; init; }

    public required string Io { get; init; }

    public string Transport { get; init; } = "tcp";

    public required int Clients { get; init; }

    public int Senders { get; init; }

    public double Seconds { get; init; }

    public double LoginSeconds { get; init; }

    /// <summary>From when each client was to connect until it was in its room.</summary>
    public LatencyFigures Logins { get; init; } = new();

    /// <summary>Lines a second that were asked for; 0 for a full window.</summary>
    public double Rate { get; init; }

    /// <summary>Lines said in the measured time.</summary>
    public long Sent { get; init; }

    /// <summary>Lines received in the measured time.</summary>
    public long Delivered { get; init; }

    public double DeliveredPerSecond => Seconds > 0 ? Delivered / Seconds : 0;

    /// <summary>Lines received per second of the server's processor time; 0 when that is not known.</summary>
    public double DeliveredPerCpuSecond => CpuSeconds > 0 ? Delivered / CpuSeconds : 0;

    /// <summary>Lines received from the beginning of the warm-up until all had arrived.</summary>
    public long DeliveredInAll { get; init; }

    /// <summary>Of the lines that were due in the measured time, whenever they came.</summary>
    public LatencyFigures Latency { get; init; } = new();

    /// <summary>The same, whole: <see cref="Measures.Histogram.Encode"/>.</summary>
    public string Histogram { get; init; } = "";

    /// <summary>How it went over time.</summary>
    public IReadOnlyList<Sample> Series { get; init; } = [];

    /// <summary>The load generator's own figures.</summary>
    public LoadFigures Load { get; init; } = new();

    public double UserSeconds { get; init; }

    public double SystemSeconds { get; init; }

    /// <summary>Processor time of the server's process, user and system.</summary>
    public double CpuSeconds { get; init; }

    public long ResidentRestKb { get; init; }

    public long ResidentLoadKb { get; init; }

    public int Threads { get; init; }

    /// <summary>From the beginning of the warm-up until all had arrived.</summary>
    public long? ContextSwitches { get; init; }

    /// <summary>Context switches for each thousand of lines received in the same time.</summary>
    public double? SwitchesPerThousand => DeliveredInAll > 0 ? ContextSwitches * 1000.0 / DeliveredInAll : null;

    public long? AllocatedBytes { get; init; }

    public long? Collections { get; init; }

    public long LongestTickUs { get; init; }

    public AuditCounts Audit { get; init; } = new();

    /// <summary>Figures that only this scenario has, by name.</summary>
    public Dictionary<string, double> More { get; init; } = [];

    /// <summary>What failed beside the audit; empty when nothing did.</summary>
    public List<string> Failures { get; init; } = [];

    /// <summary>What went wrong, in one line.</summary>
    public string Faults => string.Join("; ", (string[])[.. Audit.IsClean ? [] : (string[])[Audit.DescribeFaults()], .. Failures]);

    public bool IsClean => Audit.IsClean && Failures.Count == 0;
}
