namespace NBomber.Contracts;

/// <summary>A scenario as it was described. The defaults are those of NBomber's documentation.</summary>
public sealed record ScenarioProps
{
    public required string ScenarioName { get; init; }

    public required Func<IScenarioContext, Task<IResponse>> Run { get; init; }

    public Func<IScenarioInitContext, Task>? Init { get; init; }

    public Func<IScenarioInitContext, Task>? Clean { get; init; }

    public TimeSpan? WarmUpDuration { get; init; } = TimeSpan.FromSeconds(30);

    public IReadOnlyList<LoadSimulation> LoadSimulations { get; init; } = [new LoadSimulation.KeepConstant(1, TimeSpan.FromMinutes(1))];

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    public bool RestartIterationOnFail { get; init; } = true;

    public int MaxFailCount { get; init; } = 5_000;
}
