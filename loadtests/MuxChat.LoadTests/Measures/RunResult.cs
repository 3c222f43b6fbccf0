using MuxChat.LoadTests.Audit;

namespace MuxChat.LoadTests.Measures;

/// <summary>What one measurement found.</summary>
internal sealed record RunResult
{
    /// <summary>What was measured, such as "broadcast" or "with 15,000 idle".</summary>
    public required string Name { get; init; }

    public required string Io { get; init; }

    public string Transport { get; init; } = "tcp";

    public required int Clients { get; init; }

    public int Senders { get; init; }

    public double Seconds { get; init; }

    public double LoginSeconds { get; init; }

    /// <summary>Lines said in the measured time.</summary>
    public long Sent { get; init; }

    /// <summary>Lines received in the measured time.</summary>
    public long Delivered { get; init; }

    public double DeliveredPerSecond => Seconds > 0 ? Delivered / Seconds : 0;

    /// <summary>Lines received per second of the server's processor time; 0 when that is not known.</summary>
    public double DeliveredPerCpuSecond => CpuSeconds > 0 ? Delivered / CpuSeconds : 0;

    public LatencyFigures Latency { get; init; } = new();

    public double UserSeconds { get; init; }

    public double SystemSeconds { get; init; }

    public double CpuSeconds => UserSeconds + SystemSeconds;

    public long ResidentRestKb { get; init; }

    public long ResidentLoadKb { get; init; }

    public int Threads { get; init; }

    public long ContextSwitches { get; init; }

    public long AllocatedBytes { get; init; }

    public long Collections { get; init; }

    public long LongestTickUs { get; init; }

    public AuditCounts Audit { get; init; } = new();

    /// <summary>Figures that only this scenario has, by name.</summary>
    public Dictionary<string, double> More { get; init; } = [];

    /// <summary>What failed beside the audit; empty when nothing did.</summary>
    public List<string> Failures { get; init; } = [];

    public bool IsClean => Audit.IsClean && Failures.Count == 0;
}
