namespace MuxChat.LoadTests.Hosting;

/// <summary>Where and under what conditions a run was measured: all that somebody needs to doubt its figures.</summary>
internal sealed record MachineFacts
{
    /// <summary>The processor's model.</summary>
    public string Processor { get; init; } = "unknown processor";

    public int Processors { get; init; }

    /// <summary>The processors that this program may use, such as <c>0-3</c> (cpusets, taskset); empty where it cannot be told.</summary>
    public string AllowedProcessors { get; init; } = "";

    /// <summary>Which processors are two threads of one core (SMT), such as <c>0,1</c>; empty if none are, or it cannot be told.</summary>
    public IReadOnlyList<string> Siblings { get; init; } = [];

    /// <summary>Which processor the server and the load were bound to, or why they were not.</summary>
    public string Pinning { get; init; } = "";

    public string Kernel { get; init; } = "";

    public string Runtime { get; init; } = "";

    /// <summary>The server's file, its version with the commit, and whether it is native or compiled while it runs.</summary>
    public string Server { get; init; } = "";

    /// <summary>Other servers that were measured beside it, with their versions.</summary>
    public IReadOnlyList<string> Yardsticks { get; init; } = [];

    /// <summary>Environment variables that the server inherited and reads, as <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Average of runnable processes over the last minute, before the run; -1 where it cannot be told.</summary>
    public double LoadBefore { get; init; } = -1;

    /// <summary>Share of all processors' time that other programs used during the run; -1 where it cannot be told.</summary>
    public double OthersShare { get; init; } = -1;

    /// <summary>Share of all processors' time that the host of this virtual machine kept for others (steal); -1 if not known.</summary>
    public double StealShare { get; init; } = -1;

    /// <summary>What makes the figures doubtful, a sentence each.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>The facts, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Processor}, {Processors} processors{(Siblings.Count > 0 ? $" (one core: {string.Join("; ", Siblings)})" : "")}"
            + (AllowedProcessors.Length > 0 ? $", allowed: {AllowedProcessors}" : "");
        yield return Pinning;
        yield return $"{Kernel}, {Runtime}";
        yield return $"server: {Server}";
        if (Yardsticks.Count > 0)
        {
            yield return $"measured with it: {string.Join("; ", Yardsticks)}";
        }

        yield return $"load average before {Shown(LoadBefore, "0.00")}, other programs {Shown(OthersShare, "0%")}, "
            + $"steal {Shown(StealShare, "0.0%")}";
        if (Variables.Count > 0)
        {
            yield return $"inherited: {string.Join(", ", Variables)}";
        }
    }

    private static string Shown(double value, string format) =>
        value < 0 ? "unknown" : value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
}
