using NBomber.Contracts.Metrics;

namespace NBomber.Contracts.Stats;

public enum ReportFormat
{
    Txt = 0,
    Html = 1,
    Csv = 2,
    Md = 3,
}

public sealed record ThresholdResult(string ScenarioName, string StepName, string CheckExpression, bool IsFailed);

public sealed record NodeStats
{
    private const string Obsolete = "This property is obsolete. Please use ScenarioStats and StepStats to retrieve this data instead.";

    public required ScenarioStats[] ScenarioStats { get; init; }

    public required MetricStats Metrics { get; init; }

    public ThresholdResult[] Thresholds { get; init; } = [];

    public PluginData[] PluginsData { get; init; } = [];

    public TimeSpan Duration { get; init; }

    [Obsolete(Obsolete)]
    public int AllRequestCount => AllOkCount + AllFailCount;

    [Obsolete(Obsolete)]
    public int AllOkCount => ScenarioStats.Sum(static one => one.Ok.Request.Count);

    [Obsolete(Obsolete)]
    public int AllFailCount => ScenarioStats.Sum(static one => one.Fail.Request.Count);
}
