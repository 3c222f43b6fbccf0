namespace NBomber.Contracts;

public enum ScenarioOperation
{
    Init = 0,
    Clean = 1,
    WarmUp = 2,
    Bombing = 3,
}

public sealed record ScenarioInfo
{
    public required string ScenarioName { get; init; }

    public int InstanceNumber { get; init; }

    public TimeSpan ScenarioDuration { get; init; }

    public ScenarioOperation ScenarioOperation { get; init; }
}
