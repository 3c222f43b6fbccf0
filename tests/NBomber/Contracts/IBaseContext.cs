using NBomber.Contracts.Metrics;

namespace NBomber.Contracts;

public interface IBaseContext
{
    void RegisterMetric(ICounter counter);

    void StopCurrentTest(string reason);
}
