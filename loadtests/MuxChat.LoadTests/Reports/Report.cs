using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Scenarios;

namespace MuxChat.LoadTests.Reports;

/// <summary>Everything a run leaves behind, as it is written to a file.</summary>
internal sealed record Report
{
    public required string Command { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// The same for the two reports of builds that ran in turn, round by round: their rounds can be compared in pairs. Empty otherwise.
    /// </summary>
    public string Session { get; init; } = "";

    public required MachineFacts Machine { get; init; }

    public required LoadSettings Settings { get; init; }

    public required IReadOnlyList<RunResult> Results { get; init; }

    /// <summary>The comparison's rows; empty for a scenario.</summary>
    public IReadOnlyList<ComparisonRow> Comparison { get; init; } = [];

    /// <summary>What the comparison means, in words.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The settings, and the machine, in lines.</summary>
    public IReadOnlyList<string> Facts() =>
    [
        Settings.Describe(Results[0].Scenario is "churn" && Comparison.Count == 0 ? "churn" : "")
            + (Comparison.Count > 0 ? " (some scenarios differ)" : ""),
        .. Machine.Lines(),
    ];

    /// <summary>What makes the figures doubtful, a sentence each: the machine, and a load generator that was the limit.</summary>
    public IReadOnlyList<string> Doubts =>
    [
        .. Machine.Doubts,
        .. Results.Where(static result => result.Load.Limit.Length > 0)
            .GroupBy(static result => result.Scenario)
            .Select(group => $"The load generator was the limit in {group.Count()} of "
                + $"{Results.Count(run => run.Scenario == group.Key)} runs of {group.Key} ({Counts(group)}). "
                + $"In one of them, {group.First().Load.Limit}."),
        .. Results.Where(static run => run.More.TryGetValue("after/before", out var ratio)
                && ratio is < 1 / RampScenario.Changed or > RampScenario.Changed)
            .GroupBy(static run => run.Scenario)
            .Select(static group => $"The machine changed during {Searches(group)}. In one of them, a full window "
                + $"moved {group.First().More["after/before"]:0%} after the search of what it had moved before."),
        .. Results.Where(static run => run.More.TryGetValue("capacity", out var capacity) && capacity == 0)
            .GroupBy(static run => run.Scenario)
            .Select(group => $"No rate passed in {Searches(group)}: the "
                + $"capacity is 0, because even with {Numbers.Show(group.First().Rate)} lines a second the p99 was above the limit."),
    ];

    /// <summary>Thresholds of <c>--fail-if</c> that were crossed, a line each.</summary>
    public IReadOnlyList<string> Crossed { get; init; } = [];

    /// <summary>Whether all went well: no fault in the audit, no failure, no threshold crossed.</summary>
    public bool IsClean => Results.All(static result => result.IsClean) && Crossed.Count == 0;

    /// <summary>The exit code that it means.</summary>
    public int ExitCode => Results.Any(static result => !result.IsClean) ? LoadCommandLine.Failed
        : Crossed.Count > 0 ? LoadCommandLine.CrossedThreshold : 0;

    private static string Searches(IGrouping<string, RunResult> runs) =>
        $"{runs.Count()} {(runs.Count() == 1 ? "search" : "searches")} ({Counts(runs)})";

    private static string Counts(IEnumerable<RunResult> runs) =>
        string.Join(", ", runs.GroupBy(static run => run.Io).Select(static same => $"{same.Key} {same.Count()}"));
}
