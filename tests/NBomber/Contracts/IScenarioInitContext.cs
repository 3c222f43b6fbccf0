using NBomber.Contracts.Metrics;

namespace NBomber.Contracts;

public interface IScenarioInitContext
{
    ScenarioInfo ScenarioInfo { get; }

    void RegisterMetric(ICounter counter);
}
