namespace NBomber.Contracts;

public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }

    long InvocationNumber { get; }

    CancellationToken ScenarioCancellationToken { get; }

    void StopCurrentTest(string reason);
}
