using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>Everything a run leaves behind, as it is written to a file.</summary>
internal sealed record Report
{
    public required string Command { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Machine { get; init; }

    public required LoadSettings Settings { get; init; }

    public required IReadOnlyList<RunResult> Results { get; init; }

    /// <summary>The comparison's rows; empty for a scenario.</summary>
    public IReadOnlyList<ComparisonRow> Comparison { get; init; } = [];

    /// <summary>What the comparison means, in words.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public bool IsClean => Results.All(result => result.IsClean);
}
