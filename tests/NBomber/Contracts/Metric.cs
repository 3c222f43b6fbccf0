using NBomber.Contracts.Metrics;

namespace NBomber.Contracts;

public static class Metric
{
    public static ICounter CreateCounter(string metricName, string unitOfMeasure) => new Counter(metricName, unitOfMeasure);
}
